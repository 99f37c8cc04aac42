using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp;

/// <summary>An extended community (RFC 4360): eight octets, of which the first one or two say what the rest means.</summary>
/// <param name="Value">The eight octets as a number.</param>
public readonly partial record struct ExtendedCommunity(ulong Value) : IWireValue<ExtendedCommunity>
{
    private const byte TwoOctetAs = 0x00;
    private const byte Ipv4Address = 0x01;
    private const byte FourOctetAs = 0x02;
    private const byte OpaqueType = 0x03;
    private const byte NonTransitive = 0x40;
    private const byte TargetSubtype = 0x02;
    private const byte OriginSubtype = 0x03;
    private const byte BandwidthSubtype = 0x04;
    private const ulong PayloadMask = 0xFFFF_FFFF_FFFF;

    private ExtendedCommunity(byte type, byte subtype, ulong payload)
        : this(((ulong)type << 56) | ((ulong)subtype << 48) | payload)
    {
    }

    /// <summary>The first octet.</summary>
    public byte Type => (byte)(Value >> 56);

    /// <summary>The second octet, the subtype where the type has one.</summary>
    public byte Subtype => (byte)(Value >> 48);

    /// <summary>What is behind type and subtype: 48 bits.</summary>
    public ulong Payload => Value & PayloadMask;

    /// <summary>Whether it goes from AS to AS (RFC 4360 §2).</summary>
    public bool IsTransitive => (Type & NonTransitive) == 0;

    /// <summary>Whether it is a route target (RFC 4360 §4): who is to import the route.</summary>
    public bool IsRouteTarget => Type <= FourOctetAs && Subtype == TargetSubtype;

    /// <summary>Whether it is a route origin (RFC 4360 §5): the site the route comes from.</summary>
    public bool IsRouteOrigin => Type <= FourOctetAs && Subtype == OriginSubtype;

    /// <summary>Whether it is a link bandwidth, transitive or not.</summary>
    public bool IsLinkBandwidth => (Type & ~NonTransitive) == TwoOctetAs && Subtype == BandwidthSubtype;

    /// <summary>Whether it is opaque (RFC 4360 §3.3): the subtype alone says what the payload is.</summary>
    public bool IsOpaque => (Type & ~NonTransitive) == OpaqueType;

    /// <summary>The AS number in front of the local number (RFC 4360 §3.1, RFC 5668); null in one of another shape.</summary>
    public Asn? Asn => (Type & ~NonTransitive) switch
    {
        TwoOctetAs => new Asn((uint)(Payload >> 32)),
        FourOctetAs => new Asn((uint)(Payload >> 16)),
        _ => null,
    };

    /// <summary>The IPv4 address in front of the local number (RFC 4360 §3.2), made anew at each call; null in one of another shape.</summary>
    public IPAddress? Address => (Type & ~NonTransitive) == Ipv4Address
        ? new AddressBits(Payload << 16, 0).ToAddress(AddressFamily.InterNetwork)
        : null;

    /// <summary>The local number behind the AS number or address; null in one of another shape.</summary>
    public uint? Number => (Type & ~NonTransitive) switch
    {
        TwoOctetAs => (uint)Payload,
        Ipv4Address or FourOctetAs => (ushort)Payload,
        _ => null,
    };

    /// <summary>Makes a route target of an AS number and a local number.</summary>
    /// <param name="asn">The AS number.</param>
    /// <param name="number">The local number; at most 65535 in the four-octet shape.</param>
    /// <param name="fourOctetAs">The shape of RFC 5668 for a number below 65536 too, which needs it not.</param>
    /// <returns>The community.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The local number does not fit behind an AS number of four octets.</exception>
    public static ExtendedCommunity RouteTarget(Asn asn, uint number, bool fourOctetAs = false) =>
        WithAsn(TargetSubtype, asn, number, fourOctetAs);

    /// <summary>Makes a route target of an IPv4 address and a local number.</summary>
    /// <param name="address">An IPv4 address.</param>
    /// <param name="number">The local number.</param>
    /// <returns>The community.</returns>
    /// <exception cref="ArgumentException">The address is not IPv4.</exception>
    public static ExtendedCommunity RouteTarget(IPAddress address, ushort number) => WithAddress(TargetSubtype, address, number);

    /// <summary>Makes a route origin of an AS number and a local number.</summary>
    /// <param name="asn">The AS number.</param>
    /// <param name="number">The local number; at most 65535 in the four-octet shape.</param>
    /// <param name="fourOctetAs">The shape of RFC 5668 for a number below 65536 too, which needs it not.</param>
    /// <returns>The community.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The local number does not fit behind an AS number of four octets.</exception>
    public static ExtendedCommunity RouteOrigin(Asn asn, uint number, bool fourOctetAs = false) =>
        WithAsn(OriginSubtype, asn, number, fourOctetAs);

    /// <summary>Makes a route origin of an IPv4 address and a local number.</summary>
    /// <param name="address">An IPv4 address.</param>
    /// <param name="number">The local number.</param>
    /// <returns>The community.</returns>
    /// <exception cref="ArgumentException">The address is not IPv4.</exception>
    public static ExtendedCommunity RouteOrigin(IPAddress address, ushort number) => WithAddress(OriginSubtype, address, number);

    /// <summary>Makes a link bandwidth.</summary>
    /// <param name="asn">The AS that sets it; one above 65535 is written as AS_TRANS, as there are two octets for it.</param>
    /// <param name="bytesPerSecond">The bandwidth in octets a second, finite and not negative.</param>
    /// <param name="isTransitive">Type 0x00, which goes from AS to AS, instead of 0x40.</param>
    /// <param name="form">How the number is written; an integer is rounded, and at most 4294967295.</param>
    /// <returns>The community.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The bandwidth is negative or not finite.</exception>
    public static ExtendedCommunity LinkBandwidth(
        Asn asn, float bytesPerSecond, bool isTransitive = false, LinkBandwidthForm form = LinkBandwidthForm.Ieee754)
    {
        if (!float.IsFinite(bytesPerSecond) || bytesPerSecond < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(bytesPerSecond), bytesPerSecond, "A bandwidth is finite and not negative.");
        }

        var number = form == LinkBandwidthForm.Ieee754
            ? BitConverter.SingleToUInt32Bits(bytesPerSecond)
            : (uint)Math.Min(Math.Round((double)bytesPerSecond), uint.MaxValue);
        var shown = asn.IsTwoOctet ? asn : BgpSharp.Asn.Trans;
        return new(isTransitive ? TwoOctetAs : NonTransitive, BandwidthSubtype, ((ulong)shown.Value << 32) | number);
    }

    /// <summary>Makes an opaque community (RFC 4360 §3.3).</summary>
    /// <param name="subtype">The subtype.</param>
    /// <param name="payload">The payload, 48 bits.</param>
    /// <param name="isTransitive">Type 0x03, which goes from AS to AS, instead of 0x43.</param>
    /// <returns>The community.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The payload has more than 48 bits.</exception>
    public static ExtendedCommunity Opaque(byte subtype, ulong payload, bool isTransitive = true)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload, PayloadMask);
        return new((byte)(OpaqueType | (isTransitive ? 0 : NonTransitive)), subtype, payload);
    }

    /// <summary>Reads a link bandwidth.</summary>
    /// <param name="bytesPerSecond">Octets a second, when the result is true.</param>
    /// <param name="form">How the sender writes the number.</param>
    /// <returns>Whether it is a link bandwidth that is finite and not negative.</returns>
    public bool TryGetLinkBandwidth(out float bytesPerSecond, LinkBandwidthForm form = LinkBandwidthForm.Ieee754)
    {
        bytesPerSecond = !IsLinkBandwidth ? 0
            : form == LinkBandwidthForm.Ieee754 ? BitConverter.UInt32BitsToSingle((uint)Value)
            : (uint)Value;
        return IsLinkBandwidth && float.IsFinite(bytesPerSecond) && bytesPerSecond >= 0;
    }

    static int IWireValue<ExtendedCommunity>.WireLength => 8;

    static ExtendedCommunity IWireValue<ExtendedCommunity>.ReadFrom(ReadOnlySpan<byte> octets) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(octets));

    void IWireValue<ExtendedCommunity>.WriteTo(Span<byte> octets) => BinaryPrimitives.WriteUInt64BigEndian(octets, Value);

    private static ExtendedCommunity WithAsn(byte subtype, Asn asn, uint number, bool fourOctetAs)
    {
        if (asn.IsTwoOctet && !fourOctetAs)
        {
            return new(TwoOctetAs, subtype, ((ulong)asn.Value << 32) | number);
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, ushort.MaxValue);
        return new(FourOctetAs, subtype, ((ulong)asn.Value << 16) | number);
    }

    private static ExtendedCommunity WithAddress(byte subtype, IPAddress address, ushort number) =>
        new(Ipv4Address, subtype, ((ulong)BgpIdentifier.FromAddress(address).Value << 16) | number);
}
