using System.IO.Compression;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Matrix;

/// <summary>A feature that a router has not.</summary>
/// <param name="Why">In our words.</param>
/// <param name="Quote">In the router's: a line of its documentation, or what it printed.</param>
/// <param name="Source">Where that is from.</param>
/// <param name="ReadAsync">Reads the source on this machine: the quote has to be in it, white space aside.</param>
internal sealed record Lack(string Why, string Quote, string Source, Func<MatrixLab, Task<string>> ReadAsync)
{
    /// <summary>The router's documentation says so.</summary>
    /// <param name="why">In our words.</param>
    /// <param name="quote">In the router's.</param>
    /// <param name="file">A file of its package, which may be compressed.</param>
    public static Lack Documented(string why, string quote, string file) => new(why, quote, Path.GetFileNameWithoutExtension(file), async _ =>
    {
        await using var stream = File.OpenRead(file);
        using var reader = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    });

    /// <summary>The router refuses it.</summary>
    /// <param name="why">In our words.</param>
    /// <param name="quote">What it prints.</param>
    /// <param name="what">What it is given.</param>
    /// <param name="start">Starts a program of the router's, which has to end by itself.</param>
    public static Lack Refused(string why, string quote, string what, Func<Task<LabProcess>> start) => new(why, quote, $"given {what}", async _ =>
    {
        var program = await start();
        await program.WaitForExitAsync();
        return string.Join('\n', program.Lines);
    });

    public override string ToString() => $"{Why}: `{Quote}` ({Source})";
}
