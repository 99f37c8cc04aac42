namespace BgpSharp.Cli.Decode.Capture;

/// <summary>What all connections of a capture hold back together.</summary>
internal sealed class MemoryBudget(long limit)
{
    private long _used;

    public bool IsExceeded => _used > limit;

    public void Take(int octets) => _used += octets;

    public void Give(int octets) => _used -= octets;
}
