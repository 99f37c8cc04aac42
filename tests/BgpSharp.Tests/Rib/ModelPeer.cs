using System.Buffers.Binary;
using System.Net;

namespace BgpSharp.Tests.Rib;

/// <summary>
/// A peer that reads UPDATE octets on its own, without the library's decoder, and refuses what no peer should be sent:
/// the withdrawal of a prefix it was not told of.
/// </summary>
internal sealed class ModelPeer
{
    private const byte NextHopType = 3;
    private const byte MedType = 4;
    private const byte LocalPrefType = 5;
    private const byte ReachType = 14;
    private const byte UnreachType = 15;

    private readonly HashSet<IpPrefix> _stale = [];

    public Dictionary<IpPrefix, ModelRoute> Routes { get; } = [];

    public List<BgpFamily> EndOfRibs { get; } = [];

    public List<int> MessageLengths { get; } = [];

    public int Announcements { get; private set; }

    public int Withdrawals { get; private set; }

    /// <summary>W, A or E for each message, in order.</summary>
    public string Kinds { get; private set; } = "";

    public void Read(ReadOnlySpan<byte> octets)
    {
        while (octets.Length > 0)
        {
            octets[..16].IndexOfAnyExcept((byte)0xff).Should().Be(-1, "every message begins with the marker");
            octets[18].Should().BeOneOf([2, 5], "an Adj-RIB-Out makes UPDATEs, and the marks of a refresh");
            int length = BinaryPrimitives.ReadUInt16BigEndian(octets[16..]);
            MessageLengths.Add(length);
            if (octets[18] == 5)
            {
                ReadMark(octets[19..length]);
            }
            else
            {
                ReadUpdate(octets[19..length]);
            }

            octets = octets[length..];
        }
    }

    /// <summary>What was not sent again when a refresh ends, a peer would drop (RFC 7313 §4).</summary>
    private void ReadMark(ReadOnlySpan<byte> body)
    {
        var family = new BgpFamily(body[1], body[3]);
        if (body[2] == 1)
        {
            Kinds += '<';
            _stale.UnionWith(Routes.Keys.Where(prefix => prefix.Family == family));
        }
        else
        {
            Kinds += '>';
            _stale.Where(prefix => prefix.Family == family).Should().BeEmpty("everything was sent again, or withdrawn, before the end");
        }
    }

    private void ReadUpdate(ReadOnlySpan<byte> body)
    {
        int withdrawnLength = BinaryPrimitives.ReadUInt16BigEndian(body);
        var withdrawn = Prefixes(body.Slice(2, withdrawnLength), isV4: true);
        body = body[(2 + withdrawnLength)..];
        int attributesLength = BinaryPrimitives.ReadUInt16BigEndian(body);
        var attributes = Attributes(body.Slice(2, attributesLength));
        var announced = Prefixes(body[(2 + attributesLength)..], isV4: true);
        var nextHop = attributes.TryGetValue(NextHopType, out var octets) ? new IPAddress(octets) : null;
        if (attributes.TryGetValue(UnreachType, out var unreach))
        {
            unreach.AsSpan(0, 3).SequenceEqual((byte[])[0, 2, 1]).Should().BeTrue("only IPv6 unicast travels in MP attributes");
            withdrawn = Prefixes(unreach.AsSpan(3), isV4: false);
        }

        if (attributes.TryGetValue(ReachType, out var reach))
        {
            reach.AsSpan(0, 3).SequenceEqual((byte[])[0, 2, 1]).Should().BeTrue("only IPv6 unicast travels in MP attributes");
            nextHop = new IPAddress(reach.AsSpan(4, reach[3]));
            announced = Prefixes(reach.AsSpan(5 + reach[3]), isV4: false);
        }

        _stale.ExceptWith(withdrawn);
        _stale.ExceptWith(announced);
        if (withdrawn.Count == 0 && announced.Count == 0)
        {
            EndOfRibs.Add(unreach is null ? BgpFamily.Ipv4Unicast : BgpFamily.Ipv6Unicast);
        }

        Kinds += announced.Count > 0 ? 'A' : withdrawn.Count > 0 ? 'W' : 'E';
        foreach (var prefix in withdrawn)
        {
            Routes.Remove(prefix).Should().BeTrue($"a withdrawal of {prefix} must follow its announcement");
            Withdrawals++;
        }

        foreach (var prefix in announced)
        {
            Routes[prefix] = new ModelRoute(nextHop, Number(attributes, MedType), Number(attributes, LocalPrefType));
            Announcements++;
        }
    }

    private static uint? Number(Dictionary<byte, byte[]> attributes, byte type) =>
        attributes.TryGetValue(type, out var value) ? BinaryPrimitives.ReadUInt32BigEndian(value) : null;

    private static Dictionary<byte, byte[]> Attributes(ReadOnlySpan<byte> octets)
    {
        Dictionary<byte, byte[]> attributes = [];
        while (octets.Length > 0)
        {
            var isLong = (octets[0] & 0x10) != 0;
            var length = isLong ? BinaryPrimitives.ReadUInt16BigEndian(octets[2..]) : octets[2];
            var header = isLong ? 4 : 3;
            attributes.Add(octets[1], octets.Slice(header, length).ToArray());
            octets = octets[(header + length)..];
        }

        return attributes;
    }

    private static List<IpPrefix> Prefixes(ReadOnlySpan<byte> octets, bool isV4)
    {
        List<IpPrefix> prefixes = [];
        Span<byte> address = stackalloc byte[isV4 ? 4 : 16];
        while (octets.Length > 0)
        {
            var size = (octets[0] + 7) / 8;
            address.Clear();
            octets.Slice(1, size).CopyTo(address);
            prefixes.Add(IpPrefix.Create(new IPAddress(address), octets[0]));
            octets = octets[(1 + size)..];
        }

        return prefixes;
    }
}
