namespace BgpSharp.Cli.Decode.Capture;

/// <summary>A payload that came before what stands before it.</summary>
internal readonly record struct WaitingSegment(uint Sequence, byte[] Octets, DateTimeOffset? Time)
{
    public uint End => Sequence + (uint)Octets.Length;
}
