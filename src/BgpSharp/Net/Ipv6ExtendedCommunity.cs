using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp;

/// <summary>An IPv6 address specific extended community (RFC 5701): type, subtype, an IPv6 address and a number.</summary>
public readonly partial record struct Ipv6ExtendedCommunity : IWireValue<Ipv6ExtendedCommunity>
{
    private const byte TargetSubtype = 0x02;
    private const byte OriginSubtype = 0x03;
    private const byte NonTransitive = 0x40;

    private readonly ushort _kind;
    private readonly AddressBits _address;

    /// <summary>Makes a community.</summary>
    /// <param name="type">The first octet: 0x00, or 0x40 for one that stays within its AS.</param>
    /// <param name="subtype">The second octet, 2 for a route target, 3 for a route origin.</param>
    /// <param name="globalAdministrator">The IPv6 address.</param>
    /// <param name="localAdministrator">The number after the address.</param>
    /// <exception cref="ArgumentException">The address is not an IPv6 one.</exception>
    public Ipv6ExtendedCommunity(byte type, byte subtype, IPAddress globalAdministrator, ushort localAdministrator) =>
        (_kind, _address, LocalAdministrator) = ((ushort)((type << 8) | subtype), Bits(globalAdministrator), localAdministrator);

    private Ipv6ExtendedCommunity(ReadOnlySpan<byte> octets)
    {
        _kind = BinaryPrimitives.ReadUInt16BigEndian(octets);
        _address = AddressBits.Read(octets[2..18]);
        LocalAdministrator = BinaryPrimitives.ReadUInt16BigEndian(octets[18..]);
    }

    /// <summary>The first octet.</summary>
    public byte Type => (byte)(_kind >> 8);

    /// <summary>The second octet, the subtype.</summary>
    public byte Subtype => (byte)_kind;

    /// <summary>The number after the address.</summary>
    public ushort LocalAdministrator { get; }

    /// <summary>The address, made anew at each call.</summary>
    public IPAddress GlobalAdministrator => _address.ToAddress(AddressFamily.InterNetworkV6);

    /// <summary>Whether it goes from AS to AS.</summary>
    public bool IsTransitive => (Type & NonTransitive) == 0;

    /// <summary>Whether it is a route target (RFC 5701 §3).</summary>
    public bool IsRouteTarget => _kind == TargetSubtype;

    /// <summary>Whether it is a route origin (RFC 5701 §3).</summary>
    public bool IsRouteOrigin => _kind == OriginSubtype;

    /// <summary>Makes a route target.</summary>
    /// <param name="address">An IPv6 address.</param>
    /// <param name="number">The local number.</param>
    /// <returns>The community.</returns>
    /// <exception cref="ArgumentException">The address is not IPv6.</exception>
    public static Ipv6ExtendedCommunity RouteTarget(IPAddress address, ushort number) => new(0, TargetSubtype, address, number);

    /// <summary>Makes a route origin.</summary>
    /// <param name="address">An IPv6 address.</param>
    /// <param name="number">The local number.</param>
    /// <returns>The community.</returns>
    /// <exception cref="ArgumentException">The address is not IPv6.</exception>
    public static Ipv6ExtendedCommunity RouteOrigin(IPAddress address, ushort number) => new(0, OriginSubtype, address, number);

    static int IWireValue<Ipv6ExtendedCommunity>.WireLength => 20;

    static Ipv6ExtendedCommunity IWireValue<Ipv6ExtendedCommunity>.ReadFrom(ReadOnlySpan<byte> octets) => new(octets);

    void IWireValue<Ipv6ExtendedCommunity>.WriteTo(Span<byte> octets) => WriteTo(octets);

    private void WriteTo(Span<byte> octets)
    {
        BinaryPrimitives.WriteUInt16BigEndian(octets, _kind);
        _address.Write(octets[2..]);
        BinaryPrimitives.WriteUInt16BigEndian(octets[18..], LocalAdministrator);
    }

    private static AddressBits Bits(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? AddressBits.From(address)
            : throw new ArgumentException($"{address} is not an IPv6 address.", nameof(address));
    }
}
