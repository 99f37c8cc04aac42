using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>What <c>bgpsharp check</c> says of each cause, made to happen with a real router.</summary>
public sealed class ExplainTests
{
    private static readonly IPAddress Master = LabTopology.MasterAddress(1);
    private static readonly IPAddress Router = LabTopology.RouterAddress;

    [Fact]
    public async Task A_session_with_FRR_that_filters_everything_is_Established_and_that_this_cannot_be_seen_is_said()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await lab.StartRouterAsync(Frr("") with { BgpLines = ["bgp ebgp-requires-policy"] });

        var lines = await CheckAsync(lab, 0);

        lines.Should().Equal(
            $"{Router} AS 65001: Established",
            $"  The session with {Router} is Established: the peer has 0 prefixes from us, and announced 0 to us so far. Whether it uses what it has cannot be seen from here: a router may filter everything and say nothing.",
            $"  Look on the router. FRR: show bgp neighbors {Master} routes shows what it accepted from us; an external neighbor without a route-map in both directions gets and gives nothing there (bgp ebgp-requires-policy), which its summary shows as (Policy); show bgp neighbors {Master} advertised-routes what it sends us. BIRD: show route protocol NAME, show protocols all NAME counts what its import filter rejected.");
    }

    [Fact]
    public async Task Without_a_router_the_connection_is_refused()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);

        (await CheckAsync(lab)).Should().StartWith([
            $"{Router} AS 65001: Refused",
            $"  {Router} refuses the TCP connection: the host is there, and nothing listens at that port for us."]);
    }

    [Fact]
    public async Task A_router_whose_firewall_drops_the_packets_does_not_answer()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await lab.StartRouterAsync(Frr(""));
        await Ip.BatchAsync(lab.RouterNs, $"rule add to {Master} ipproto tcp blackhole");

        (await CheckAsync(lab)).Should().StartWith([$"{Router} AS 65001: NoAnswer"])
            .And.Contain(line => line.Contains("no TCP-MD5 password is set here, and a router that has one for us drops what is not signed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "password router-secret", "dropped [0-9]+ segments? with a TCP-MD5 signature where none was expected")]
    [InlineData("our-secret", "password router-secret", "dropped [0-9]+ segments? whose TCP-MD5 signature was made with another password")]
    [InlineData("our-secret", "", "dropped [0-9]+ segments? without the TCP-MD5 signature that is expected here")]
    public async Task A_password_that_differs_is_seen_by_what_the_kernel_dropped_when_FRR_dials(string? ours, string theirs, string said)
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await lab.StartRouterAsync(Frr(theirs));
        string[] more = [];
        if (ours is not null)
        {
            var directory = await lab.ConfigureAsync(lab.MasterNs(1), "secret", ours);
            more = ["--password-file", $"{directory}/secret"];
        }

        var lines = await CheckAsync(lab, 1, more);

        lines[0].Should().Be($"{Router} AS 65001: PasswordSuspected");
        lines[1].Should().MatchRegex(said);
        lines.Should().NotContain(line => line.Contains("-secret", StringComparison.Ordinal), "a password is never shown");
    }

    [Fact]
    public async Task A_router_in_another_AS_is_named_with_both_numbers_and_the_NOTIFICATION()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await lab.StartRouterAsync(Frr("") with { Asn = 65002 });

        var lines = await CheckAsync(lab);

        lines[0].Should().Be($"{Router} AS 65001: WrongPeerAs");
        (await File.ReadAllTextAsync(Path.Combine(Programs.Repository, "README.md"), TestContext.Current.CancellationToken)).Should().Contain(
            $"```\n$ bgpsharp check --peer {Router},65001 --local-as 65000\n{string.Join('\n', lines)}\n```", "the README shows what it prints");
    }

    [Fact]
    public async Task A_router_that_expects_another_AS_of_us_says_so()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await lab.StartRouterAsync(FrrOptions.Router(masters: 0) with { Neighbors = [new FrrNeighbor(Master, 65099)] });

        var lines = await CheckAsync(lab);

        lines[0].Should().Be($"{Router} AS 65001: WrongLocalAs");
        lines[1].Should().StartWith($"  {Router} expects us in another AS: our OPEN says AS 65000").And.Contain("Bad Peer AS (2/2)");
    }

    [Fact]
    public async Task A_router_without_a_common_family_is_a_capability_mismatch()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await lab.StartRouterAsync(Frr(""));

        var lines = await CheckAsync(lab, 1, "--family", "ipv6");

        lines[0].Should().Be($"{Router} AS 65001: CapabilityMismatch");
        lines[1].Should().Contain("ipv6-unicast").And.Contain("ipv4-unicast");
    }

    [Fact]
    public async Task A_neighbor_that_is_shut_down_with_a_text_in_FRR_is_quoted()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync(Frr(""));
        var check = lab.Start(lab.MasterNs(1), [.. Programs.Cli, "announce", LabTopology.VipPrefix, "--peer", $"{Router}", "--local-as", "65000", "--peer-as", "65001"]);
        await router.WaitForEstablishedAsync([Master]);

        await router.ConfigureBgpAsync($"neighbor {Master} shutdown message rack 7 maintenance");

        await check.WaitForLineAsync(line => line.Contains("rack 7 maintenance", StringComparison.Ordinal));
        (await CheckAsync(lab)).Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_router_that_does_not_know_this_host_closes_without_a_word()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await lab.StartRouterAsync(FrrOptions.Router(masters: 0));

        var lines = await CheckAsync(lab);

        lines[0].Should().Be($"{Router} AS 65001: ClosedByPeer");
        lines[1].Should().StartWith($"  {Router} closed the TCP connection without a NOTIFICATION");
        lines[2].Should().Contain($"no neighbor with the address that we come from ({Master})");
    }

    [Fact]
    public async Task BIRD_that_does_not_know_this_host_is_explained_too()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await BirdRouter.StartAsync(lab, lab.RouterNs, Bird("neighbor 198.51.100.99 as 65000; ipv4 { import all; export none; };"));

        (await CheckAsync(lab))[0].Should().BeOneOf($"{Router} AS 65001: ClosedByPeer", $"{Router} AS 65001: ShutDownByPeer");
    }

    [Fact]
    public async Task BIRD_with_an_IPv6_channel_alone_is_a_capability_mismatch()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await BirdRouter.StartAsync(lab, lab.RouterNs, Bird($"neighbor {Master} as 65000; ipv6 {{ import all; export none; }};"));

        (await CheckAsync(lab))[0].Should().Be($"{Router} AS 65001: CapabilityMismatch");
    }

    [Fact]
    public async Task FRR_with_TTL_security_that_this_side_lacks_leaves_the_session_waiting_and_TTL_security_is_named()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await lab.StartRouterAsync(Frr("ttl-security hops 1"));

        var lines = await CheckAsync(lab);

        lines[0].Should().NotContain("Established");
        lines.Should().Contain(line => line.Contains("ttlSecurityHops", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_router_two_hops_away_is_beyond_a_TTL_of_1()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await lab.StartRouterAsync(Frr(""));

        var lines = await CheckAsync(lab, 1, LabTopology.ClientAddress);

        lines[0].Should().Be($"{LabTopology.ClientAddress} AS 65001: TtlTooSmall");
    }

    [Fact]
    public async Task No_route_and_nobody_at_the_address_are_told_apart()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);

        var absent = await CheckAsync(lab, 1, IPAddress.Parse("198.51.100.77"));
        absent[0].Should().BeOneOf("198.51.100.77 AS 65001: NoRoute", "198.51.100.77 AS 65001: NoAnswer");
        string.Concat(absent).Should().Contain("in a subnet of this host").And.Contain("ip neigh show 198.51.100.77");

        await Ip.BatchAsync(lab.MasterNs(1), "route del default");
        var unreachable = await CheckAsync(lab, 1, IPAddress.Parse("203.0.113.77"), "--router-id", $"{Master}");
        unreachable[0].Should().Be("203.0.113.77 AS 65001: NoRoute");
        unreachable[1].Should().Contain("No route leads to it");
    }

    [Fact]
    public async Task A_source_address_that_is_not_on_this_host_is_named()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await lab.StartRouterAsync(Frr("passive"));

        var lines = await CheckAsync(lab, 1, "--local-address", "198.51.100.77");

        lines.Take(2).Should().Equal(
            $"{Router} AS 65001: SourceMissing",
            $"  The source of the session with {Router} is not on this host: 198.51.100.77 (Cannot assign requested address).");
    }

    [Fact]
    public async Task A_second_program_on_this_host_collides_with_the_first()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync(Frr("passive"));
        lab.Start(lab.MasterNs(1), [.. Programs.Cli, "announce", LabTopology.VipPrefix, "--peer", $"{Router}", "--local-as", "65000", "--peer-as", "65001"]);
        await router.WaitForEstablishedAsync([Master]);

        var lines = await CheckAsync(lab);

        lines.Take(3).Should().Equal(
            $"{Router} AS 65001: Collision",
            $"  {Router} has a session with this address already, and keeps that one: Cease, Connection Collision Resolution (6/7).",
            "  Does another program on this host, or another host with this address, speak BGP with it?");
        await router.WaitForEstablishedAsync([Master]);
    }

    private static FrrOptions Frr(string setting) => FrrOptions.Router(masters: 0) with
    {
        Neighbors = [new FrrNeighbor(Master, 65000, setting.Length > 0 ? [setting] : [])],
        ConnectRetry = 1,
        FamilyLines = [],
    };

    private static string Bird(string session) =>
        $$"""
        router id {{Router}};
        protocol device {}
        protocol bgp m1 { local {{Router}} as 65001; {{session}} }

        """;

    private static Task<IReadOnlyList<string>> CheckAsync(Lab lab, int code = 1, params string[] more) => CheckAsync(lab, code, Router, more);

    private static async Task<IReadOnlyList<string>> CheckAsync(Lab lab, int code, IPAddress peer, params string[] more)
    {
        var check = lab.Start(lab.MasterNs(1), [.. Programs.Cli, "check", "--peer", $"{peer},65001", "--local-as", "65000", .. more]);
        (await check.WaitForExitAsync()).Should().Be(code, check.Describe());
        return check.Lines;
    }
}
