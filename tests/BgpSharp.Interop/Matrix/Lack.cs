namespace BgpSharp.Interop.Matrix;

/// <summary>A feature that a router has not.</summary>
/// <param name="Why">In our words.</param>
/// <param name="Quote">In the router's: a line of its documentation, or what it printed.</param>
/// <param name="Source">Where that is from.</param>
/// <param name="ReadAsync">Reads the source on this machine: the quote has to be in it, white space aside.</param>
internal sealed record Lack(string Why, string Quote, string Source, Func<Task<string>> ReadAsync)
{
    public override string ToString() => $"{Why}: \"{Quote}\" ({Source})";
}
