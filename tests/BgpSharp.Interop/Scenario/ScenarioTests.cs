using System.Net;
using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Scenario;

/// <summary>Three masters announce one VIP and the router spreads over them, whatever happens to one of them.</summary>
public abstract class ScenarioTests(ScenarioLab lab)
{
    private static IPAddress Second => LabTopology.MasterAddress(2);

    [Fact]
    public async Task Three_masters_are_one_route_with_three_next_hops()
    {
        var peers = await lab.ReadyAsync();

        peers.Keys.Should().BeEquivalentTo(ScenarioLab.Everybody);
        peers.Values.Should().OnlyContain(p => p.State == "Established" && p.PrefixesReceived == 1);
        var route = (await lab.Router.Routes.GetAsync(LabTopology.VipPrefix)).Should().ContainSingle().Subject;
        route.Protocol.Should().Be("bgp");
        route.NextHops.Should().BeEquivalentTo(ScenarioLab.Everybody);
    }

    [Fact]
    public async Task A_terminated_master_drains_withdraws_ceases_closes_and_comes_back_when_started_again()
    {
        var before = await lab.ReadyAsync();
        var capture = await lab.Lab.CaptureAsync(filter: $"tcp port 179 and host {Second}");

        (await lab.Master(2).StopAsync(Signal.Terminate)).Should().Be(0, "a stop on request is no failure");

        await lab.Router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, ScenarioLab.Masters(1, 3));
        var sent = OfSession(await capture.WaitForCloseAsync(Second), CapturedKind.Notification);
        sent.Where(e => e.Kind != CapturedKind.Keepalive).Select(e => e.ToString()).Should().Equal(
            ["UPDATE announce 203.0.113.10/32", "UPDATE withdraw 203.0.113.10/32", "NOTIFICATION 6/2", "FIN"],
            "it is drained with GRACEFUL_SHUTDOWN first, and a reset could cost the router our last words");
        await capture.StopAsync();
        OthersStayed(before, await lab.Router.SummaryAsync());

        lab.StartMaster(2);

        OthersStayed(before, await lab.AllUpAsync());
    }

    [Fact]
    public async Task A_killed_master_leaves_the_route_and_comes_back_when_started_again()
    {
        var before = await lab.ReadyAsync();

        (await lab.Master(2).StopAsync(Signal.Kill)).Should().Be(128 + (int)Signal.Kill);

        await lab.Router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, ScenarioLab.Masters(1, 3));
        var after = await lab.Router.SummaryAsync();
        after[Second].ConnectionsDropped.Should().Be(before[Second].ConnectionsDropped + 1, "the kernel closed the connection");
        OthersStayed(before, after);

        lab.StartMaster(2);

        OthersStayed(before, await lab.AllUpAsync());
    }

    [Fact]
    public async Task A_clients_connections_are_answered_by_every_master()
    {
        const int Port = 6443, Connections = 60;
        await lab.ReadyAsync();
        using var first = lab.Lab.StartResponder(1, Port);
        using var second = lab.Lab.StartResponder(2, Port);
        using var third = lab.Lab.StartResponder(3, Port);

        var answers = await TcpClients.AskAsync(lab.Lab.ClientNs, new IPEndPoint(LabTopology.Vip, Port), Connections);

        answers.Keys.Should().BeEquivalentTo("m1", "m2", "m3");
        answers.Values.Sum().Should().Be(Connections);
    }

    [Fact]
    public async Task A_router_that_restarts_gets_every_session_and_next_hop_back()
    {
        await lab.ReadyAsync();

        await lab.Router.Bgpd.StopAsync(Signal.Kill);
        await lab.Router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
        await lab.Router.RestartBgpdAsync();

        var peers = await lab.AllUpAsync();
        peers.Values.Should().OnlyContain(p => p.ConnectionsEstablished == 1);
    }

    [Fact]
    public async Task Every_masters_path_carries_what_ECMP_needs_and_nothing_else()
    {
        for (var master = 1; master <= ScenarioLab.Count; master++)
        {
            var path = await PathFromAsync(master);

            path.GetProperty("origin").GetString().Should().Be("IGP");
            path.GetProperty("nexthops").EnumerateArray().Select(h => h.GetProperty("ip").GetString())
                .Should().Equal([$"{LabTopology.MasterAddress(master)}"], "the next hop defaults to the session's local address");
            foreach (var absent in (string[])["metric", "community", "extendedCommunity", "largeCommunity", "aggregatorAs", "originatorId"])
            {
                path.TryGetProperty(absent, out _).Should().BeFalse($"{absent} is not configured");
            }
        }
    }

    [Fact]
    public async Task A_started_master_sends_its_prefix_and_then_End_of_RIB()
    {
        await lab.ReadyAsync();
        await lab.Master(1).StopAsync(Signal.Kill);
        await lab.Router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, ScenarioLab.Masters(2, 3));
        var first = LabTopology.MasterAddress(1);
        var capture = await lab.Lab.CaptureAsync(filter: $"tcp port 179 and host {first}");

        lab.StartMaster(1);

        var all = await capture.WaitAsync(events => events.Any(e => e.Source.Equals(first) && e.ToString() == "UPDATE End-of-RIB"), "End-of-RIB");
        await capture.StopAsync();
        OfSession([.. all.Where(e => e.Source.Equals(first))], CapturedKind.Update).Select(e => e.ToString()).Should().StartWith(
            ["SYN", "OPEN", "KEEPALIVE", "UPDATE announce 203.0.113.10/32", "UPDATE End-of-RIB"]);
    }

    /// <summary>The router's path to the VIP as it got it from a master.</summary>
    private protected async Task<JsonElement> PathFromAsync(int master)
    {
        await lab.ReadyAsync();
        using var json = await lab.Router.VtyshJsonAsync($"show bgp ipv4 unicast {LabTopology.VipPrefix} json");
        return json.RootElement.GetProperty("paths").EnumerateArray()
            .Single(p => p.GetProperty("peer").GetProperty("peerId").GetString() == $"{LabTopology.MasterAddress(master)}").Clone();
    }

    /// <summary>The connection that has a message of this kind: FRR dials too, and a master's kernel refuses with RST.</summary>
    private static CapturedEvent[] OfSession(IReadOnlyList<CapturedEvent> sent, CapturedKind kind) =>
        [.. sent.Where(e => e.Connection == sent.First(first => first.Kind == kind).Connection)];

    private static void OthersStayed(IReadOnlyDictionary<IPAddress, FrrPeer> before, IReadOnlyDictionary<IPAddress, FrrPeer> after)
    {
        foreach (var other in ScenarioLab.Masters(1, 3))
        {
            after[other].ConnectionsDropped.Should().Be(before[other].ConnectionsDropped, "{0} has nothing to do with it", other);
            after[other].ConnectionsEstablished.Should().Be(before[other].ConnectionsEstablished, "its session is still the same");
            // FRR computes it anew from the uptime each time, so it may be a second off.
            after[other].EstablishedAt.Should().BeCloseTo(before[other].EstablishedAt!.Value, TimeSpan.FromSeconds(1));
        }
    }
}
