namespace BgpSharp.Wire;

/// <summary>Prefixes with path identifiers where they are agreed on.</summary>
internal readonly ref struct PathSource(ReadOnlySpan<BgpPath> paths) : INlriSource
{
    private readonly ReadOnlySpan<BgpPath> _paths = paths;

    public bool IsEmpty => _paths.IsEmpty;

    public int Write(ref NlriWriter writer) => writer.Write(_paths);
}
