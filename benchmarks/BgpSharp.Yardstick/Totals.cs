namespace BgpSharp.Yardstick;

/// <summary>What a run over the UPDATEs comes to; every program of the comparison has to come to the same.</summary>
internal struct Totals
{
    public long Updates;
    public long Prefixes;
    public long Malformed;
    public ulong Checksum;
}
