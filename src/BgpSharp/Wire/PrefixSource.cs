namespace BgpSharp.Wire;

/// <summary>Prefixes without path identifiers.</summary>
internal readonly ref struct PrefixSource(ReadOnlySpan<IpPrefix> prefixes) : INlriSource
{
    private readonly ReadOnlySpan<IpPrefix> _prefixes = prefixes;

    public bool IsEmpty => _prefixes.IsEmpty;

    public int Write(ref NlriWriter writer) => writer.Write(_prefixes);
}
