using System.Net;
using BgpSharp.Bfd;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Bfd;

/// <summary>BFD with FRR's bfdd (RFC 5880, 5881, 5883).</summary>
public sealed class FrrBfdTests
{
    private static readonly IPAddress Master = LabTopology.MasterAddress(1);

    [Fact]
    public async Task Up_timers_changed_from_both_sides_and_AdminDown_from_both_sides()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var frr = await FrrBfd.StartAsync(lab, router, Peer($"{Master}"));
        await using var side = new BfdSide(lab.MasterNs(1), LabTopology.RouterAddress);
        await side.WaitForUpAsync();
        var peer = await frr.WaitAsync("up", peer => peer.GetProperty("status").GetString() == "up");
        peer.GetProperty("remote-id").GetUInt32().Should().Be(side.Session.Status.LocalDiscriminator);

        side.Session.Update(BfdSide.Every(200, receive: 100, multiplier: 5));
        await side.WaitForUpAsync(200, 300);
        await frr.WaitAsync("our new timers", peer => peer.GetProperty("remote-transmit-interval").GetInt32() == 200
            && peer.GetProperty("remote-receive-interval").GetInt32() == 100 && peer.GetProperty("remote-detect-multiplier").GetInt32() == 5);
        await frr.ConfigurePeerAsync($"{Master}", "transmit-interval 300", "receive-interval 400", "detect-multiplier 4");
        await side.WaitForUpAsync(400, 1200);
        await frr.ConfigurePeerAsync($"{Master}", "transmit-interval 50", "receive-interval 50", "detect-multiplier 3");
        side.Session.Update(BfdSide.Fast);
        await side.WaitForUpAsync();
        side.Session.GetStatistics().TimesDown.Should().Be(0, "a change of timers is no failure");

        side.Session.AdminDown = true;
        await frr.WaitAsync("AdminDown heard", peer => peer.GetProperty("status").GetString() == "down"
            && peer.GetProperty("remote-diagnostic").GetString() == "administratively down");
        side.Session.AdminDown = false;
        await side.WaitForUpAsync();

        await frr.ConfigurePeerAsync($"{Master}", "shutdown");
        (await side.WaitForDownAsync()).IsPeerAdminDown.Should().BeTrue("FRR says that it is on purpose");
        await frr.ConfigurePeerAsync($"{Master}", "no shutdown");
        await side.WaitForUpAsync();
        side.Session.GetStatistics().PacketsDiscarded.Should().Be(0);
    }

    [Fact]
    public async Task A_stopped_peer_a_cut_link_and_a_link_cut_in_one_direction_are_found()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var frr = await FrrBfd.StartAsync(lab, router, Peer($"{Master}"));
        await using var side = new BfdSide(lab.MasterNs(1), LabTopology.RouterAddress);
        await side.NoticesAStopAndACutAsync(lab, frr.Daemon);

        // FRR hears nothing of us any more, and says so.
        await Firewall.DropAsync(lab.RouterNs, "input", "udp dport 3784");
        var down = await side.WaitForDownAsync();
        down.Diagnostic.Should().Be(BfdDiagnostic.NeighborSignaledSessionDown);
        down.RemoteDiagnostic.Should().Be(BfdDiagnostic.ControlDetectionTimeExpired);
        await Firewall.ClearAsync(lab.RouterNs);
        await side.WaitForUpAsync();

        // We hear nothing of FRR any more.
        await Firewall.DropAsync(lab.MasterNs(1), "input", "udp dport 3784");
        (await side.WaitForDownAsync()).Diagnostic.Should().Be(BfdDiagnostic.ControlDetectionTimeExpired);
        await frr.WaitAsync("down as we say", peer => peer.GetProperty("remote-diagnostic").GetString() == "control detection time expired");
        await Firewall.ClearAsync(lab.MasterNs(1));
        await side.WaitForUpAsync();
    }

    [Fact]
    public async Task The_sending_thread_allocates_nothing_once_it_runs()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        await FrrBfd.StartAsync(lab, router, Peer($"{Master}"));
        await using var side = new BfdSide(lab.MasterNs(1), LabTopology.RouterAddress);
        await side.WaitForUpAsync();
        await WaitForPacketsAsync(side, 50);
        var before = side.Engine.AllocatedBytes;

        await WaitForPacketsAsync(side, 100);

        side.Engine.AllocatedBytes.Should().Be(before, "a collection of garbage must never be its own doing");
        side.Engine.IsRealTime.Should().BeTrue("root may have SCHED_FIFO");
        side.Engine.LongestDelay.Should().BePositive("it is measured");
    }

    [Fact]
    public async Task A_process_that_stands_still_does_not_take_its_peer_for_dead()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        // FRR waits for us longer than we stand still; we wait for it 150 ms.
        var frr = await FrrBfd.StartAsync(lab, router, Peer($"{Master}"));
        var bfd = lab.Start(lab.MasterNs(1), [.. Programs.Cli, "bfd", $"{LabTopology.RouterAddress}", "--interval", "50", "--multiplier", "200"]);
        await bfd.WaitForLineAsync(line => line.EndsWith("Up (sending every 50 ms, detection time 150 ms)", StringComparison.Ordinal));

        bfd.Send(Signal.Stop);
        await frr.WaitForSentAsync(40);
        bfd.Send(Signal.Continue);
        await frr.WaitForSentAsync(20);

        (await bfd.StopAsync()).Should().Be(0);
        string.Join(" / ", bfd.Lines).Should().Contain("up 1 times, down 0 times", "what came meanwhile lay in the socket");
    }

    [Fact]
    public async Task A_process_that_stands_still_again_and_again_sends_more_slowly_and_says_so()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var frr = await FrrBfd.StartAsync(lab, router, Peer($"{Master}"));
        var bfd = lab.Start(lab.MasterNs(1), [.. Programs.Cli, "bfd", $"{LabTopology.RouterAddress}", "--interval", "50", "--multiplier", "3"]);
        await bfd.WaitForLineAsync(line => line.Contains("Up (", StringComparison.Ordinal));
        using var limit = new Deadline(TimeSpan.FromSeconds(60));
        while (!bfd.Lines.Any(line => line.Contains("since this process is not more punctual", StringComparison.Ordinal)))
        {
            limit.Token.ThrowIfCancellationRequested();
            bfd.Send(Signal.Stop);
            await frr.WaitForSentAsync(2);
            bfd.Send(Signal.Continue);
            await frr.WaitForSentAsync(20);
        }

        await frr.WaitAsync("a longer interval of ours", peer => peer.GetProperty("status").GetString() == "up" && peer.GetProperty("remote-transmit-interval").GetInt32() > 50);
        (await bfd.StopAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Multihop()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        // The far end of the router's other link: not on the path's network.
        await FrrBfd.StartAsync(lab, router,
            Peer($"{Master} multihop local-address 198.51.100.129"));
        await using var side = new BfdSide(lab.MasterNs(1), IPAddress.Parse("198.51.100.129"), BfdSide.Every(50, multihop: true), Master);
        await side.WaitForUpAsync();
    }

    [Fact]
    public async Task Over_IPv6_and_link_local_at_once()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await BfdIpv6.AddAddressesAsync(lab);
        var router = await lab.StartRouterAsync();
        var (routerLocal, masterLocal) = (await BfdIpv6.LinkLocalAsync(lab.RouterNs), await BfdIpv6.LinkLocalAsync(lab.MasterNs(1)));
        await FrrBfd.StartAsync(lab, router, [.. Peer($"{BfdIpv6.Master}"), .. Peer($"{masterLocal} local-address {routerLocal} interface eth0")]);
        await using var side = new BfdSide(lab.MasterNs(1), BfdIpv6.Router);
        await side.WaitForUpAsync();
        await using var second = side.Engine.AddSession(new BfdSessionOptions
        {
            Address = await BfdIpv6.WithScopeAsync(lab.MasterNs(1), routerLocal),
            Bfd = BfdSide.Fast,
        });
        using var limit = new Deadline();
        await second.WaitForUpAsync(limit.Token);
        side.Engine.Sessions.Should().HaveCount(2);
    }

    [Fact]
    public async Task What_comes_with_a_TTL_below_255_is_not_for_a_single_hop()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        await FrrBfd.StartAsync(lab, router, Peer($"{Master}"));
        await Firewall.SetTtlAsync(lab.RouterNs, "udp dport 3784", 254);
        await using var side = new BfdSide(lab.MasterNs(1), LabTopology.RouterAddress);

        await Poll.UntilAsync(() => Task.FromResult(side.Session.GetStatistics()), counts => counts.PacketsFromAfar >= 2, "packets with a TTL of 254");
        side.Session.State.Should().Be(BfdState.Down);
        await Firewall.ClearAsync(lab.RouterNs);
        await side.WaitForUpAsync();
        side.Session.GetStatistics().PacketsFromAfar.Should().BeGreaterThan(0);
    }

    private static async Task WaitForPacketsAsync(BfdSide side, int count)
    {
        var begin = side.Session.GetStatistics().PacketsReceived;
        await Poll.UntilAsync(() => Task.FromResult(side.Session.GetStatistics()), counts => counts.PacketsReceived >= begin + count, $"{count} packets");
    }

    private static string[] Peer(string peer) =>
        [$" peer {peer}", "  transmit-interval 50", "  receive-interval 50", "  detect-multiplier 3", "  no shutdown", " exit"];
}
