using System.Buffers.Binary;
using System.Net;

namespace BgpSharp;

/// <summary>An IPv6 address specific extended community (RFC 5701): type, subtype, an IPv6 address and a number.</summary>
public readonly record struct Ipv6ExtendedCommunity : IWireValue<Ipv6ExtendedCommunity>
{
    private readonly ushort _kind;
    private readonly ulong _high;
    private readonly ulong _low;

    private Ipv6ExtendedCommunity(ReadOnlySpan<byte> octets)
    {
        _kind = BinaryPrimitives.ReadUInt16BigEndian(octets);
        _high = BinaryPrimitives.ReadUInt64BigEndian(octets[2..]);
        _low = BinaryPrimitives.ReadUInt64BigEndian(octets[10..]);
        LocalAdministrator = BinaryPrimitives.ReadUInt16BigEndian(octets[18..]);
    }

    /// <summary>The first octet.</summary>
    public byte Type => (byte)(_kind >> 8);

    /// <summary>The second octet, the subtype.</summary>
    public byte Subtype => (byte)_kind;

    /// <summary>The number after the address.</summary>
    public ushort LocalAdministrator { get; }

    /// <summary>The address, made anew at each call.</summary>
    public IPAddress GlobalAdministrator
    {
        get
        {
            Span<byte> octets = stackalloc byte[16];
            BinaryPrimitives.WriteUInt64BigEndian(octets, _high);
            BinaryPrimitives.WriteUInt64BigEndian(octets[8..], _low);
            return new IPAddress(octets);
        }
    }

    static int IWireValue<Ipv6ExtendedCommunity>.WireLength => 20;

    static Ipv6ExtendedCommunity IWireValue<Ipv6ExtendedCommunity>.ReadFrom(ReadOnlySpan<byte> octets) => new(octets);

    void IWireValue<Ipv6ExtendedCommunity>.WriteTo(Span<byte> octets)
    {
        BinaryPrimitives.WriteUInt16BigEndian(octets, _kind);
        BinaryPrimitives.WriteUInt64BigEndian(octets[2..], _high);
        BinaryPrimitives.WriteUInt64BigEndian(octets[10..], _low);
        BinaryPrimitives.WriteUInt16BigEndian(octets[18..], LocalAdministrator);
    }
}
