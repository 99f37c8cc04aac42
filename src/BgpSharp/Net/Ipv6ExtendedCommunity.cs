using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp;

/// <summary>An IPv6 address specific extended community (RFC 5701): type, subtype, an IPv6 address and a number.</summary>
public readonly record struct Ipv6ExtendedCommunity : IWireValue<Ipv6ExtendedCommunity>
{
    private readonly ushort _kind;
    private readonly ulong _high;
    private readonly ulong _low;

    /// <summary>Makes a community.</summary>
    /// <param name="type">The first octet: 0x00, or 0x40 for one that stays within its AS.</param>
    /// <param name="subtype">The second octet, 2 for a route target, 3 for a route origin.</param>
    /// <param name="globalAdministrator">The IPv6 address.</param>
    /// <param name="localAdministrator">The number after the address.</param>
    /// <exception cref="ArgumentException">The address is not an IPv6 one.</exception>
    public Ipv6ExtendedCommunity(byte type, byte subtype, IPAddress globalAdministrator, ushort localAdministrator)
    {
        ArgumentNullException.ThrowIfNull(globalAdministrator);
        Span<byte> octets = stackalloc byte[16];
        if (globalAdministrator.AddressFamily != AddressFamily.InterNetworkV6 || !globalAdministrator.TryWriteBytes(octets, out _))
        {
            throw new ArgumentException($"{globalAdministrator} is not an IPv6 address.", nameof(globalAdministrator));
        }

        _kind = (ushort)((type << 8) | subtype);
        _high = BinaryPrimitives.ReadUInt64BigEndian(octets);
        _low = BinaryPrimitives.ReadUInt64BigEndian(octets[8..]);
        LocalAdministrator = localAdministrator;
    }

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
