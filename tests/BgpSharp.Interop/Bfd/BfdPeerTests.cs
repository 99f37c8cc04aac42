using BgpSharp.Bfd;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Bfd;

/// <summary>BFD as an option of a BGP peer (RFC 5882), with FRR.</summary>
public sealed class BfdPeerTests
{
    [Fact]
    public async Task BFD_Down_resets_the_session_a_stop_on_purpose_does_not_and_ours_follows_the_Cease()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 1) with { ConnectRetry = 1 });
        var frr = await FrrBfd.StartAsync(lab, router, $" peer {LabTopology.MasterAddress(1)}", "  transmit-interval 50", "  receive-interval 50", "  no shutdown", " exit");
        var (speaker, peer) = Speak(lab);
        await using var _ = speaker;
        await speaker.StartAsync(TestContext.Current.CancellationToken);
        using var limit = new Deadline(TimeSpan.FromSeconds(120));
        var first = await peer.WaitForEstablishedAsync(limit.Token);
        var bfd = await Poll.UntilAsync(() => Task.FromResult(peer.Bfd), bfd => bfd is not null, "a BFD session beside the established BGP session");
        await bfd!.WaitForUpAsync(limit.Token);

        // FRR's own session of BFD ends on purpose: BGP stays.
        await frr.ConfigurePeerAsync($"{LabTopology.MasterAddress(1)}", "shutdown");
        await Poll.UntilAsync(() => Task.FromResult(bfd.Status), status => status.IsPeerAdminDown && status.State == BfdState.Down, "AdminDown of FRR");
        peer.Session.Should().BeSameAs(first, "AdminDown says nothing about the path");
        await frr.ConfigurePeerAsync($"{LabTopology.MasterAddress(1)}", "no shutdown");
        await bfd.WaitForUpAsync(limit.Token);
        peer.Session.Should().BeSameAs(first);

        await lab.CutAsync(1);
        var down = await peer.WaitForDownAsync((status, _) => status.Session is null, limit.Token);
        down.Kind.Should().Be(BgpDownKind.BfdDown);
        down.Notification!.ToString().Should().Be("Cease, BFD Down (6/10)");
        await lab.HealAsync(1);
        await peer.WaitForEstablishedAsync(limit.Token);
        await bfd.WaitForUpAsync(limit.Token);
        peer.Bfd.Should().BeSameAs(bfd, "it outlives the BGP session");

        await speaker.StopAsync(cancellationToken: limit.Token);
        peer.Bfd.Should().BeNull("it goes with its peer");
        await frr.WaitAsync("AdminDown of ours", heard => heard.GetProperty("status").GetString() == "down"
            && heard.GetProperty("remote-diagnostic").GetString() == "administratively down");
    }

    [Fact]
    public async Task A_peer_without_BFD_keeps_its_session()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var (speaker, peer) = Speak(lab);
        await using var _ = speaker;
        await speaker.StartAsync(TestContext.Current.CancellationToken);
        using var limit = new Deadline();
        var session = await peer.WaitForEstablishedAsync(limit.Token);
        var bfd = await Poll.UntilAsync(() => Task.FromResult(peer.Bfd), bfd => bfd is not null, "a BFD session");

        await Poll.UntilAsync(() => Task.FromResult(bfd!.GetStatistics()), counts => counts.PacketsSent >= 3, "packets that nobody answers");

        peer.Session.Should().BeSameAs(session);
        bfd!.State.Should().Be(BfdState.Down);
        await peer.UpdateAsync(new BgpPeerOptions(peer.Options) { Bfd = null }, limit.Token);
        await Poll.UntilAsync(() => Task.FromResult(peer.Bfd), gone => gone is null, "the end of the BFD session");
        peer.Session.Should().BeSameAs(session, "BFD comes and goes without a reset");
        router.Bgpd.HasExited.Should().BeFalse();
    }

    [Fact]
    public async Task A_restarted_bgpd_is_established_once_since_BFD_is_held_down_until_BGP_is_back()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 0) with
        {
            Neighbors = [new FrrNeighbor(LabTopology.MasterAddress(1), 65000, "bfd profile fast")],
            ConnectRetry = 1,
            FamilyLines = [],
        });
        var frr = await FrrBfd.StartAsync(lab, router, " profile fast", "  transmit-interval 50", "  receive-interval 50", " exit");
        var (speaker, peer) = Speak(lab);
        await using var _ = speaker;
        await speaker.StartAsync(TestContext.Current.CancellationToken);
        using var limit = new Deadline(TimeSpan.FromSeconds(120));
        await WaitForBothUpAsync();

        await router.Bgpd.StopAsync();
        await Firewall.DropAsync(lab.MasterNs(1), "output", "tcp dport 179");
        await router.RestartBgpdAsync();
        await frr.WaitForReceivedAsync(4);
        await frr.WaitAsync("BFD waits for BGP", shown => shown.GetProperty("status").GetString() == "down");
        peer.Bfd!.State.Should().Be(BfdState.AdminDown);
        await Firewall.ClearAsync(lab.MasterNs(1));

        await WaitForBothUpAsync();
        peer.GetStatistics().SessionsLost.Should().Be(1, $"only the restart ended a session, but the last ended so: {peer.Status.LastDown}");

        async Task WaitForBothUpAsync()
        {
            await peer.WaitForEstablishedAsync(limit.Token);
            await frr.WaitAsync("BFD up", shown => shown.GetProperty("status").GetString() == "up");
            await peer.Bfd!.WaitForUpAsync(limit.Token);
        }
    }

    private static (BgpSpeaker Speaker, BgpPeer Peer) Speak(Lab lab)
    {
        var speaker = MasterSpeaker.On(lab);
        var peer = speaker.AddPeer(new BgpPeerOptions { Address = LabTopology.RouterAddress, RemoteAsn = 65001, Bfd = BfdSide.Fast });
        return (speaker, peer);
    }
}
