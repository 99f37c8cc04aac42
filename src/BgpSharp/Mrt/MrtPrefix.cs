namespace BgpSharp.Mrt;

internal static class MrtPrefix
{
    /// <summary>The prefix of whole address octets; none when the length does not fit them.</summary>
    public static IpPrefix From(ReadOnlySpan<byte> octets, int length) =>
        octets.IsEmpty || length > octets.Length * 8 ? default : IpPrefix.FromOctets(octets.Length == 4, octets, length);
}
