using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.ReadBack;

/// <summary>FRR reads what we encode.</summary>
public sealed class FrrReadBackLab : ReadBackLab
{
    // What the JSON says of a path apart from its attributes.
    private static readonly HashSet<string> NotAttributes =
        ["valid", "bestpath", "lastUpdate", "peer", "nexthops", "version", "pathFrom", "weight", "importCheckEnabled"];

    private const string AggregatorFault = "from a neighbor that can four octets, in a session without, FRR asks for an AGGREGATOR"
        + " of 6 octets, then reads 8, and resets the session over its own mistake";

    internal static readonly IReadOnlyDictionary<string, string> AggregatorsWithheld = new Dictionary<string, string>
    {
        ["old: aggregator"] = AggregatorFault,
        ["old: aggregator of four octets"] = AggregatorFault,
    };

    private FrrRouter _frr = null!;

    // A neighbor without capabilities has IPv4 unicast alone.
    internal override IReadOnlyList<BgpFamily> FamiliesOf(SessionKind session) =>
        session == SessionKind.TwoOctet ? [BgpFamily.Ipv4Unicast] : base.FamiliesOf(session);

    internal override IReadOnlyDictionary<string, string> Withheld => AggregatorsWithheld;

    private protected override async Task StartRouterAsync() => _frr = await Lab.StartRouterAsync(new FrrOptions
    {
        Asn = RouterAsn,
        RouterId = LabTopology.RouterAddress,
        Neighbors =
        [
            new FrrNeighbor(LabTopology.MasterAddress((int)SessionKind.External), ExternalAsn, "passive"),
            new FrrNeighbor(LabTopology.MasterAddress((int)SessionKind.Internal), RouterAsn, "passive"),
            new FrrNeighbor(LabTopology.MasterAddress((int)SessionKind.TwoOctet), ExternalAsn, "passive", "dont-capability-negotiate"),
        ],
        BgpLines =
        [
            "address-family ipv6 unicast",
            .. Sessions.Select(session => $" neighbor {LabTopology.MasterAddress((int)session)} activate"),
            "exit-address-family",
        ],
    });

    private protected override async Task<ShownRoute?> ShowAsync(IpPrefix prefix, SessionKind session)
    {
        using var json = await _frr.VtyshJsonAsync($"show bgp {Family(prefix.Family)} unicast {prefix} json");
        if (!json.RootElement.TryGetProperty("paths", out var paths))
        {
            return null;
        }
        var path = paths.EnumerateArray().Single();
        path.GetProperty("peer").GetProperty("peerId").GetString().Should().Be($"{LabTopology.MasterAddress((int)session)}");
        return new ShownRoute(
            string.Join(' ', path.GetProperty("nexthops").EnumerateArray().Select(hop => hop.GetProperty("ip").GetString())),
            string.Join(" | ", path.EnumerateObject().Where(p => !NotAttributes.Contains(p.Name)).Select(p => $"{p.Name}: {Text(p.Value)}")));
    }

    // An attribute with parts has them beside its text, too.
    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty("string", out var text) => text.GetString()!,
        JsonValueKind.Object => string.Join(' ', value.EnumerateObject().Select(part => Text(part.Value))),
        JsonValueKind.Array => string.Join(' ', value.EnumerateArray().Select(Text)),
        _ => value.ToString(),
    };

    private protected override async Task<int> CountAsync(BgpFamily family, SessionKind session)
    {
        using var json = await _frr.VtyshJsonAsync($"show bgp {Family(family)} unicast summary json");
        return json.RootElement.GetProperty("peers").TryGetProperty($"{LabTopology.MasterAddress((int)session)}", out var peer)
            ? peer.GetProperty("pfxRcd").GetInt32()
            : 0;
    }

    private protected override string Describe() => _frr.Bgpd.Describe();

    // A line of FRR about something wrong has an error code in brackets: [EC 33554434].
    // A connection that comes before zebra has told bgpd the interfaces, or that has gone when bgpd looks, is dropped with one,
    // before a message was read.
    internal override IReadOnlyList<string> Complaints() =>
        [.. _frr.Bgpd.Lines.Where(line => line.Contains("[EC ", StringComparison.Ordinal)
            && !line.Contains("nexthop_set failed", StringComparison.Ordinal)
            && !line.Contains("bgp_getsockname(): failed", StringComparison.Ordinal))];

    private static string Family(BgpFamily family) => family == BgpFamily.Ipv4Unicast ? "ipv4" : "ipv6";
}
