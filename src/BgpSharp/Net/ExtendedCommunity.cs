using System.Buffers.Binary;

namespace BgpSharp;

/// <summary>An extended community (RFC 4360): eight octets, of which the first one or two say what the rest means.</summary>
/// <param name="Value">The eight octets as a number.</param>
public readonly record struct ExtendedCommunity(ulong Value) : IWireValue<ExtendedCommunity>
{
    /// <summary>The first octet.</summary>
    public byte Type => (byte)(Value >> 56);

    /// <summary>The second octet, the subtype where the type has one.</summary>
    public byte Subtype => (byte)(Value >> 48);

    static int IWireValue<ExtendedCommunity>.WireLength => 8;

    static ExtendedCommunity IWireValue<ExtendedCommunity>.ReadFrom(ReadOnlySpan<byte> octets) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(octets));

    void IWireValue<ExtendedCommunity>.WriteTo(Span<byte> octets) => BinaryPrimitives.WriteUInt64BigEndian(octets, Value);
}
