using System.Globalization;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.ReadBack;

/// <summary>BIRD reads what we encode.</summary>
public sealed class BirdReadBackLab : ReadBackLab
{
    private BirdRouter _bird = null!;

    private protected override async Task StartRouterAsync() => _bird = await BirdRouter.StartAsync(Lab, Lab.RouterNs, $$"""
        log stderr { warning, error, auth, bug, fatal, remote };
        router id {{LabTopology.RouterAddress}};
        protocol device { }
        template bgp any {
          local {{LabTopology.RouterAddress}} as {{RouterAsn}};
          passive on;
          # AIGP is off towards external neighbors by default.
          ipv4 { import all; export none; aigp on; };
          ipv6 { import all; export none; aigp on; };
        }
        {{Protocol(SessionKind.External, ExternalAsn, "")}}
        # Only a member of a confederation takes confederation segments.
        {{Protocol(SessionKind.Internal, RouterAsn, $"confederation {ConfederationAsn};")}}
        {{Protocol(SessionKind.TwoOctet, ExternalAsn, "enable as4 off;")}}
        """ + '\n');

    private protected override async Task<ShownRoute?> ShowAsync(IpPrefix prefix, SessionKind session)
    {
        var lines = await _bird.ShowAsync($"show route table {Table(prefix.Family)} protocol {Name(session)} all where net = {prefix}");
        var attributes = Unfolded(lines).Where(line => line.StartsWith("\tBGP.", StringComparison.Ordinal)).Select(line => line.Trim()[4..]).ToArray();
        const string NextHop = "next_hop: ";
        return attributes.Length == 0
            ? null
            : new ShownRoute(
                attributes.Single(line => line.StartsWith(NextHop, StringComparison.Ordinal))[NextHop.Length..],
                string.Join(" | ", attributes.Where(line => !line.StartsWith(NextHop, StringComparison.Ordinal))));
    }

    private protected override async Task<int> CountAsync(BgpFamily family, SessionKind session)
    {
        // 12 of 12 routes for 12 networks in table master4
        var line = (await _bird.ShowAsync($"show route table {Table(family)} protocol {Name(session)} count"))[0];
        return int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>Whether a route from a session passes a filter of BIRD's.</summary>
    internal async Task<bool> PassesAsync(IpPrefix prefix, SessionKind session, string condition) =>
        (await _bird.ShowAsync($"show route table {Table(prefix.Family)} protocol {Name(session)} where net = {prefix} && {condition}"))
            .Any(line => line.StartsWith($"{prefix} ", StringComparison.Ordinal));

    private protected override string Describe() => _bird.Daemon.Describe();

    internal override IReadOnlyList<string> Complaints() => _bird.Daemon.Lines;

    // A long list of communities goes on in further lines, two tabs in.
    private static List<string> Unfolded(IReadOnlyList<string> lines)
    {
        List<string> unfolded = [];
        foreach (var line in lines)
        {
            if (line.StartsWith("\t\t", StringComparison.Ordinal))
            {
                unfolded[^1] += $" {line.Trim()}";
            }
            else
            {
                unfolded.Add(line.TrimEnd());
            }
        }
        return unfolded;
    }

    private static string Protocol(SessionKind session, uint asn, string more) =>
        $$"""protocol bgp {{Name(session)}} from any { neighbor {{LabTopology.MasterAddress((int)session)}} as {{asn}}; {{more}} }""";

    private static string Table(BgpFamily family) => family == BgpFamily.Ipv4Unicast ? "master4" : "master6";

    private static string Name(SessionKind session) => $"m{(int)session}";
}
