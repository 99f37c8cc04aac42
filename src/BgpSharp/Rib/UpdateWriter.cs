using BgpSharp.Wire;

namespace BgpSharp.Rib;

// Stands in for the wire layer's writer until that one is there; nothing can be sent before.
internal static class UpdateWriter
{
    public static int WriteWithdrawals(Span<byte> destination, BgpFamily family, ReadOnlySpan<IpPrefix> prefixes, in WireContext context, out int taken) =>
        throw new NotSupportedException();

    public static int WriteAnnouncements(Span<byte> destination, BgpFamily family, EncodedAttributes attributes, ReadOnlySpan<IpPrefix> prefixes, in WireContext context, out int taken) =>
        throw new NotSupportedException();

    public static int WriteEndOfRib(Span<byte> destination, BgpFamily family) => throw new NotSupportedException();
}
