using System.Net;
using BgpSharp.Wire;
using CsCheck;

namespace BgpSharp.Tests.Properties;

/// <summary>Generators of everything an UPDATE of the codec's own families can carry.</summary>
internal static class BgpGen
{
    public static readonly Gen<WireContext> Context = Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, (wide, isInternal, addPath4, addPath6) =>
        new WireContext { FourOctetAsn = wide, IsInternal = isInternal, AddPathIpv4Unicast = addPath4, AddPathIpv6Unicast = addPath6 });

    private static readonly Gen<uint> s_smallNumber = Gen.Frequency((4, Gen.UInt[1, 65535]), (1, Gen.Const(Asn.Trans.Value)));
    private static readonly Gen<uint> s_number = Gen.Frequency((1, s_smallNumber), (1, Gen.UInt[65536, uint.MaxValue]));
    private static readonly Gen<IPAddress> s_host4 = Gen.Select(Gen.Byte[1, 223], Gen.Byte.Array[3], (first, rest) => new IPAddress([first, .. rest]));
    private static readonly Gen<IPAddress> s_host6 = Gen.Byte.Array[16].Select(octets => new IPAddress(octets));
    private static readonly Gen<IPAddress> s_linkLocal = Gen.Byte.Array[8].Select(octets => new IPAddress([0xFE, 0x80, 0, 0, 0, 0, 0, 0, .. octets]));
    private static readonly Gen<BgpIdentifier> s_identifier = Gen.UInt.Select(number => new BgpIdentifier(number));
    private static readonly byte[] s_unknownTypes = [.. Enumerable.Range(0, 256).Select(type => (byte)type).Where(type => !AttributeType.IsInterpreted(type))];

    private static readonly Gen<RawPathAttribute> s_other = Gen.Select(
        Gen.OneOf(s_unknownTypes), Gen.OneOf<byte>(0x80, 0xC0, 0xE0, 0xA0, 0xCF), Octets(300), (type, flags, value) => new RawPathAttribute(flags, type, value));

    // TLVs of AIGP of other types than the metric's.
    private static readonly Gen<byte[]> s_tlvs = Gen.Select(Gen.Byte[2, 255], Octets(9), (type, value) => (byte[])[type, 0, (byte)(3 + value.Length), .. value])
        .Array[0, 3].Select(tlvs => tlvs.SelectMany(tlv => tlv).ToArray());

    /// <summary>Up to so many octets.</summary>
    public static Gen<byte[]> Octets(int most) => Gen.Byte.Array[0, most];

    /// <summary>Paths of a family, each once: of a default route that is there again only one is kept.</summary>
    public static Gen<BgpPath[]> Paths(BgpFamily family, in WireContext context, int least, int most) =>
        Path(family, context).Array[least, most].Select(paths => paths.Distinct().ToArray());

    private static Gen<BgpPath> Path(BgpFamily family, in WireContext context)
    {
        var isV4 = family == BgpFamily.Ipv4Unicast;
        var prefix = Gen.Select(Gen.Byte.Array[isV4 ? 4 : 16], Gen.Int[1, isV4 ? 32 : 128], (octets, length) => IpPrefix.Create(new IPAddress(octets), length));
        return context.HasPathIds(family)
            ? Gen.Select(prefix, Gen.UInt, (one, id) => new BgpPath(one, id))
            : Gen.Frequency((50, prefix), (1, Gen.Const(IpPrefix.Parse(isV4 ? "0.0.0.0/0" : "::/0")))).Select(one => new BgpPath(one));
    }

    /// <summary>
    /// Paths of all segment types. Where AS4_PATH may be needed, which has no confederations, they only lead and have numbers
    /// of two octets (RFC 6793 §4.2.2).
    /// </summary>
    public static Gen<AsPath> AsPath(bool fourOctetAsn)
    {
        var confederation = Segment(fourOctetAsn ? s_number : s_smallNumber, AsPathSegmentType.ConfedSequence, AsPathSegmentType.ConfedSet);
        var plain = Segment(s_number, AsPathSegmentType.Sequence, AsPathSegmentType.Set);
        var rest = fourOctetAsn ? Gen.OneOf(confederation, plain) : plain;
        return Gen.Select(confederation.Array[0, 2], rest.Array[0, 5], (first, then) => BgpSharp.AsPath.FromSegments(Separate([.. first, .. then])));
    }

    /// <summary>Attributes as they go over a session, with a next hop for the family.</summary>
    public static Gen<BgpRouteAttributes> Attributes(BgpFamily family, WireContext context) =>
        Gen.Select(Plain(context), Lists, Rest(context), NextHops(family), Gen.Int[0, 63], (plain, lists, rest, hop, partial) =>
        {
            var whole = new BgpRouteAttributes(plain)
            {
                NextHop = hop.NextHop,
                LinkLocalNextHop = hop.LinkLocal,
                Communities = lists.Item1,
                ExtendedCommunities = lists.Item2,
                LargeCommunities = lists.Item3,
                Ipv6ExtendedCommunities = lists.Item4,
                OriginatorId = rest.OriginatorId,
                ClusterList = rest.ClusterList,
                Aigp = rest.Aigp,
                AigpTlvs = rest.AigpTlvs,
                OnlyToCustomer = rest.OnlyToCustomer,
                Others = rest.Others,
            };
            return new BgpRouteAttributes(whole) { Partial = (BgpPartialAttributes)partial & CanBePartial(whole) };
        });

    /// <summary>Whole UPDATEs: routes withdrawn and announced, of both families, and attributes of families not read.</summary>
    public static Gen<BgpUpdate> Update(WireContext context) => Gen.Select(
        Paths(BgpFamily.Ipv4Unicast, context, 0, 4), Paths(BgpFamily.Ipv6Unicast, context, 0, 4),
        Paths(BgpFamily.Ipv6Unicast, context, 0, 4), Paths(BgpFamily.Ipv4Unicast, context, 0, 4),
        Attributes(BgpFamily.Ipv6Unicast, context), s_host4, Octets(40), Octets(40),
        (withdrawn4, withdrawn6, announced6, announced4, attributes, nextHop, reach, unreach) =>
        {
            // As in a message: MP_REACH_NLRI first, and the attributes are the same but for the next hop.
            var classic = new BgpRouteAttributes(attributes) { NextHop = nextHop, LinkLocalNextHop = null };
            var first = announced6.Length > 0 ? attributes : announced4.Length > 0 ? classic : null;
            List<RawPathAttribute> others = [];
            if (announced6.Length == 0 && reach.Length > 0)
            {
                others.Add(new RawPathAttribute(0x80, AttributeType.MpReach, [0, 1, 128, 4, 198, 51, 100, 1, 0, .. reach]));
                first ??= new BgpRouteAttributes(attributes) { NextHop = null, LinkLocalNextHop = null };
            }

            if (withdrawn6.Length == 0 && unreach.Length > 0)
            {
                others.Add(new RawPathAttribute(0x80, AttributeType.MpUnreach, [0, 25, 70, .. unreach]));
            }

            var rest = new BgpUpdate.Rest
            {
                OtherFamilies = [.. others],
                SecondAttributes = announced6.Length > 0 && announced4.Length > 0 ? classic : null,
                SecondStart = announced6.Length,
            };
            return new BgpUpdate([.. withdrawn4, .. withdrawn6], [.. announced6, .. announced4], first, rest);
        });

    private static readonly Gen<(Community[], ExtendedCommunity[], LargeCommunity[], Ipv6ExtendedCommunity[])> Lists = Gen.Select(
        Gen.UInt.Select(number => new Community(number)).Array[0, 80],
        Gen.Byte.Array[8].Select(Read<ExtendedCommunity>).Array[0, 40],
        Gen.Byte.Array[12].Select(Read<LargeCommunity>).Array[0, 30],
        Gen.Byte.Array[20].Select(Read<Ipv6ExtendedCommunity>).Array[0, 15]);

    private static Gen<BgpRouteAttributes> Plain(WireContext context) => Gen.Select(
        Gen.Int[0, 2], AsPath(context.FourOctetAsn), Gen.Nullable(Gen.UInt), Gen.UInt, Gen.Bool, Gen.Nullable(Gen.Select(s_number, s_identifier)),
        (origin, path, med, localPref, isAtomic, aggregator) => new BgpRouteAttributes
        {
            Origin = (BgpOrigin)origin,
            AsPath = path,
            Med = med,
            LocalPref = context.IsInternal ? localPref : null,
            AtomicAggregate = isAtomic,
            Aggregator = aggregator is { } one ? new Aggregator(one.Item1, one.Item2) : null,
        });

    private static Gen<(BgpIdentifier? OriginatorId, BgpIdentifier[] ClusterList, ulong? Aigp, byte[] AigpTlvs, Asn? OnlyToCustomer, RawPathAttribute[] Others)> Rest(WireContext context) =>
        Gen.Select(
            Gen.Nullable(s_identifier), s_identifier.Array[0, 70], Gen.Nullable(Gen.ULong[0, ulong.MaxValue - 1]), s_tlvs, Gen.Nullable(Gen.UInt), s_other.Array[0, 4],
            (originator, clusters, aigp, tlvs, customer, others) => (
                context.IsInternal ? originator : null,
                context.IsInternal ? clusters : [],
                aigp,
                tlvs,
                customer is { } asn ? (Asn?)new Asn(asn) : null,
                others.DistinctBy(other => other.Type).ToArray()));

    // An IPv4 address, or an IPv6 address (RFC 8950) with or without a link-local one (RFC 2545 §3).
    private static Gen<(IPAddress NextHop, IPAddress? LinkLocal)> NextHops(BgpFamily family)
    {
        var six = Gen.Select(s_host6, Gen.Bool, s_linkLocal, (address, isPair, linkLocal) => (address, isPair ? linkLocal : null));
        return family == BgpFamily.Ipv6Unicast ? six : Gen.OneOf(six, s_host4.Select(address => (address, (IPAddress?)null)));
    }

    // A set of more than 255 numbers would be two sets.
    private static Gen<AsPathSegment> Segment(Gen<uint> number, params AsPathSegmentType[] types) => Gen.Select(
        Gen.OneOf(types), Gen.Frequency((20, number.Array[1, 8]), (1, number.Array[250, 255]), (1, number.Array[256, 600])),
        (type, numbers) => new AsPathSegment(type, numbers.Take(IsSet(type) ? byte.MaxValue : int.MaxValue).Select(one => new Asn(one))));

    // Two sequences of which the first is full are one (RFC 4271 §5.1.2).
    private static List<AsPathSegment> Separate(AsPathSegment[] segments)
    {
        List<AsPathSegment> apart = [];
        foreach (var segment in segments)
        {
            if (apart.Count == 0 || IsSet(segment.Type) || segment.Type != apart[^1].Type || apart[^1].Asns.Length % byte.MaxValue != 0)
            {
                apart.Add(segment);
            }
        }

        return apart;
    }

    private static bool IsSet(AsPathSegmentType type) => type is AsPathSegmentType.Set or AsPathSegmentType.ConfedSet;

    private static BgpPartialAttributes CanBePartial(BgpRouteAttributes attributes) =>
        (attributes.Aggregator is null ? 0 : BgpPartialAttributes.Aggregator)
        | (attributes.Communities.Count == 0 ? 0 : BgpPartialAttributes.Communities)
        | (attributes.ExtendedCommunities.Count == 0 ? 0 : BgpPartialAttributes.ExtendedCommunities)
        | (attributes.Ipv6ExtendedCommunities.Count == 0 ? 0 : BgpPartialAttributes.Ipv6ExtendedCommunities)
        | (attributes.LargeCommunities.Count == 0 ? 0 : BgpPartialAttributes.LargeCommunities)
        | (attributes.OnlyToCustomer is null ? 0 : BgpPartialAttributes.OnlyToCustomer);

    private static T Read<T>(byte[] octets)
        where T : struct, IWireValue<T> => T.ReadFrom(octets);
}
