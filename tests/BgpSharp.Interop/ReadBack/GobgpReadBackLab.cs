using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.ReadBack;

/// <summary>GoBGP reads what we encode. It has no setting that keeps it from four-octet AS numbers.</summary>
public sealed class GobgpReadBackLab : ReadBackLab
{
    private const int NextHopType = 3, MpReachType = 14;

    private GobgpRouter _gobgp = null!;

    internal override IReadOnlyList<SessionKind> Sessions => [SessionKind.External, SessionKind.Internal];

    private protected override async Task StartRouterAsync() => _gobgp = await GobgpRouter.StartAsync(Lab, Lab.RouterNs, $"""
        [global.config]
          as = {RouterAsn}
          router-id = "{LabTopology.RouterAddress}"
        {Neighbor(SessionKind.External, ExternalAsn)}
        {Neighbor(SessionKind.Internal, RouterAsn)}
        """ + '\n');

    private protected override async Task<ShownRoute?> ShowAsync(IpPrefix prefix, SessionKind session)
    {
        using var json = await _gobgp.RunJsonAsync("global", "rib", $"{prefix}", "-a", Family(prefix.Family));
        if (!json.RootElement.TryGetProperty($"{prefix}", out var paths))
        {
            return null;
        }
        var path = paths.EnumerateArray().Single();
        path.GetProperty("neighbor-ip").GetString().Should().Be(Address(session));
        var attributes = path.GetProperty("attrs").EnumerateArray().ToArray();
        var nextHop = attributes.Single(a => Type(a) is NextHopType or MpReachType).GetProperty("nexthop").GetString()!;
        return new ShownRoute(nextHop, string.Join(" | ", attributes.Where(a => Type(a) is not (NextHopType or MpReachType)).Select(a => a.GetRawText())));

        static int Type(JsonElement attribute) => attribute.GetProperty("type").GetInt32();
    }

    private protected override async Task<int> CountAsync(BgpFamily family, SessionKind session)
    {
        using var json = await _gobgp.RunJsonAsync("neighbor", Address(session), "adj-in", "-a", Family(family));
        return json.RootElement.EnumerateObject().Count();
    }

    private protected override string Describe() => _gobgp.Daemon.Describe();

    internal override IReadOnlyList<string> Complaints() =>
        [.. _gobgp.Daemon.Lines.Where(line => !line.Contains("\"level\":\"info\"", StringComparison.Ordinal))];

    private static string Neighbor(SessionKind session, uint asn) => $"""
        [[neighbors]]
          [neighbors.config]
            neighbor-address = "{Address(session)}"
            peer-as = {asn}
          [neighbors.transport.config]
            passive-mode = true
          [[neighbors.afi-safis]]
            [neighbors.afi-safis.config]
              afi-safi-name = "ipv4-unicast"
          [[neighbors.afi-safis]]
            [neighbors.afi-safis.config]
              afi-safi-name = "ipv6-unicast"
        """;

    private static string Address(SessionKind session) => LabTopology.MasterAddress((int)session).ToString();

    private static string Family(BgpFamily family) => family == BgpFamily.Ipv4Unicast ? "ipv4" : "ipv6";
}
