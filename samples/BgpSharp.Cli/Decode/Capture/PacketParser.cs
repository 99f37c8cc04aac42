using System.Buffers.Binary;

namespace BgpSharp.Cli.Decode.Capture;

/// <summary>Finds the TCP segment in a captured packet: link layer, VLAN tags, IPv4 or IPv6 with extension headers.</summary>
internal static class PacketParser
{
    private const ushort EtherTypeIpv4 = 0x0800;
    private const ushort EtherTypeIpv6 = 0x86DD;
    private const int VlanTagLength = 4;
    private const int MaximumExtensionHeaders = 16;
    private const byte Tcp = 6;

    /// <summary>Whether there is a segment; false for anything else, and for what is cut off before its payload.</summary>
    public static bool TryFindSegment(LinkType linkType, ReadOnlySpan<byte> packet, out TcpSegment segment)
    {
        segment = default;
        var ip = LinkPayload(linkType, packet);
        return ip is [>= 0x40 and < 0x50, ..] ? TryReadIpv4(ip, out segment)
            : ip is [>= 0x60 and < 0x70, ..] && TryReadIpv6(ip, out segment);
    }

    private static ReadOnlySpan<byte> LinkPayload(LinkType linkType, ReadOnlySpan<byte> packet) => linkType switch
    {
        // An IP version tells itself, whatever number the capturing system gives the family.
        LinkType.Null or LinkType.Loop => From(packet, 4),
        LinkType.Raw or LinkType.RawOfBsd or LinkType.RawOfOpenBsd or LinkType.Ipv4 or LinkType.Ipv6 => packet,
        LinkType.Ethernet => EtherPayload(packet, 12),
        LinkType.LinuxCooked => EtherPayload(packet, 14),
        LinkType.LinuxCooked2 => packet.Length < 20 ? default : AfterTags(BinaryPrimitives.ReadUInt16BigEndian(packet), packet[20..]),
        LinkType.CiscoHdlc => EtherPayload(packet, 2),
        LinkType.FrameRelay => FrameRelayPayload(packet),
        LinkType.Ppp => PppPayload(packet),
        LinkType.JuniperEthernet => JuniperPayload(packet),
        _ => default,
    };

    private static ReadOnlySpan<byte> From(ReadOnlySpan<byte> packet, int start) => packet.Length < start ? default : packet[start..];

    private static ReadOnlySpan<byte> EtherPayload(ReadOnlySpan<byte> packet, int typeAt) => packet.Length < typeAt + 2
        ? default
        : AfterTags(BinaryPrimitives.ReadUInt16BigEndian(packet[typeAt..]), packet[(typeAt + 2)..]);

    // 802.1Q, 802.1ad and the numbers used before it, as many as are stacked.
    private static ReadOnlySpan<byte> AfterTags(ushort etherType, ReadOnlySpan<byte> rest)
    {
        while (etherType is 0x8100 or 0x88A8 or 0x9100 or 0x9200 && rest.Length >= VlanTagLength)
        {
            etherType = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            rest = rest[VlanTagLength..];
        }

        return etherType is EtherTypeIpv4 or EtherTypeIpv6 ? rest : default;
    }

    // Two octets of address, then either Cisco's type or the NLPID for IP (RFC 2427 §4).
    private static ReadOnlySpan<byte> FrameRelayPayload(ReadOnlySpan<byte> packet) => packet switch
    {
        [_, _, 0x03, 0xCC or 0x8E, .. var ip] => ip,
        _ => EtherPayload(packet, 2),
    };

    // The address and control octets may be left out (RFC 1662 §3.2).
    private static ReadOnlySpan<byte> PppPayload(ReadOnlySpan<byte> packet) => packet switch
    {
        [0xFF, 0x03, 0x00, 0x21 or 0x57, .. var ip] => ip,
        [0x00, 0x21 or 0x57, .. var ip] => ip,
        [0x21 or 0x57, .. var ip] => ip,
        _ => default,
    };

    // A magic, flags, and with one of these a field of extensions with its length; without another the link layer is missing.
    private static ReadOnlySpan<byte> JuniperPayload(ReadOnlySpan<byte> packet)
    {
        const byte hasExtensions = 0x80;
        const byte hasNoLinkLayer = 0x02;
        if (packet is not [0x4D, 0x47, 0x43, var flags, .. var rest])
        {
            return default;
        }

        if ((flags & hasExtensions) != 0)
        {
            rest = rest.Length < 2 ? default : From(rest, 2 + BinaryPrimitives.ReadUInt16BigEndian(rest));
        }

        return (flags & hasNoLinkLayer) != 0 ? From(rest, 4) : EtherPayload(rest, 12);
    }

    private static bool TryReadIpv4(ReadOnlySpan<byte> ip, out TcpSegment segment)
    {
        segment = default;
        var headerLength = (ip[0] & 0x0F) * 4;
        if (headerLength < 20 || ip.Length < headerLength || ip[9] != Tcp)
        {
            return false;
        }

        // A later fragment has no TCP header; the first one is taken for as much of the segment as it has.
        if ((BinaryPrimitives.ReadUInt16BigEndian(ip[6..]) & 0x1FFF) != 0)
        {
            return false;
        }

        // 0 where the network card was to cut the packet; behind the length there may be padding.
        int totalLength = BinaryPrimitives.ReadUInt16BigEndian(ip[2..]);
        var end = totalLength == 0 ? ip.Length : Math.Min(totalLength, ip.Length);
        return end >= headerLength && TryReadTcp(ip[headerLength..end], ip.Slice(12, 4), ip.Slice(16, 4), out segment);
    }

    private static bool TryReadIpv6(ReadOnlySpan<byte> ip, out TcpSegment segment)
    {
        const int fixedHeader = 40;
        const byte fragment = 44;
        const byte authentication = 51;
        segment = default;
        if (ip.Length < fixedHeader)
        {
            return false;
        }

        int payloadLength = BinaryPrimitives.ReadUInt16BigEndian(ip[4..]);
        var rest = payloadLength == 0 ? ip[fixedHeader..] : ip[fixedHeader..Math.Min(ip.Length, fixedHeader + payloadLength)];
        var next = ip[6];
        for (var i = 0; i < MaximumExtensionHeaders && next is 0 or 43 or 60 or fragment or authentication; i++)
        {
            if (rest.Length < 8)
            {
                return false;
            }

            if (next == fragment && (BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) & 0xFFF8) != 0)
            {
                return false;
            }

            var length = next switch { fragment => 8, authentication => (rest[1] + 2) * 4, _ => (rest[1] + 1) * 8 };
            next = rest[0];
            rest = From(rest, length);
        }

        return next == Tcp && TryReadTcp(rest, ip.Slice(8, 16), ip.Slice(24, 16), out segment);
    }

    private static bool TryReadTcp(ReadOnlySpan<byte> tcp, ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, out TcpSegment segment)
    {
        const int fixedHeader = 20;
        segment = default;
        if (tcp.Length < fixedHeader)
        {
            return false;
        }

        var headerLength = (tcp[12] >> 4) * 4;
        if (headerLength < fixedHeader)
        {
            return false;
        }

        var sourcePort = BinaryPrimitives.ReadUInt16BigEndian(tcp);
        var destinationPort = BinaryPrimitives.ReadUInt16BigEndian(tcp[2..]);
        segment = new TcpSegment
        {
            Source = source.Length == 4 ? TcpEnd.Ipv4(source, sourcePort) : TcpEnd.Ipv6(source, sourcePort),
            Destination = source.Length == 4 ? TcpEnd.Ipv4(destination, destinationPort) : TcpEnd.Ipv6(destination, destinationPort),
            Sequence = BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]),
            Acknowledgement = BinaryPrimitives.ReadUInt32BigEndian(tcp[8..]),
            Flags = tcp[13],
            Payload = From(tcp, headerLength),
        };
        return true;
    }
}
