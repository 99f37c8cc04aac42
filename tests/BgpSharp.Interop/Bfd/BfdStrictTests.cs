using BgpSharp.Bfd;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Bfd;

/// <summary>Two of ours that have their session wait for BFD (draft-ietf-idr-bgp-bfd-strict-mode): no router here has it.</summary>
public sealed class BfdStrictTests
{
    [Fact]
    public async Task The_session_waits_for_BFD_for_the_hold_time_at_most_and_falls_with_it()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await Firewall.DropAsync(lab.RouterNs, "input", "udp dport 3784");
        await Firewall.DropAsync(lab.MasterNs(1), "input", "udp dport 3784");
        var (router, atRouter) = Speak(lab.RouterNs, 65001, LabTopology.RouterAddress, 65000, LabTopology.MasterAddress(1), strict: true);
        var (master, atMaster) = Speak(lab.MasterNs(1), 65000, LabTopology.MasterAddress(1), 65001, LabTopology.RouterAddress, strict: true);
        await using var first = router;
        await using var second = master;
        using var limit = new Deadline(TimeSpan.FromSeconds(120));
        await router.StartAsync(limit.Token);
        await master.StartAsync(limit.Token);

        var reason = await atMaster.WaitForDownAsync((_, down) => down.ToString().Contains("BFD did not come up", StringComparison.Ordinal), limit.Token);
        reason.Kind.Should().Be(BgpDownKind.HoldTimerExpired);
        (atMaster.GetStatistics().SessionsEstablished + atRouter.GetStatistics().SessionsEstablished).Should().Be(0, "both wait");

        await Firewall.ClearAsync(lab.RouterNs);
        await Firewall.ClearAsync(lab.MasterNs(1));
        var session = await atMaster.WaitForEstablishedAsync(limit.Token);
        atMaster.Bfd!.State.Should().Be(BfdState.Up);
        session.RemoteCapabilities.Should().Contain(BgpCapability.BfdStrictMode);

        await lab.CutAsync(1);
        (await atMaster.WaitForDownAsync((_, down) => down.Kind == BgpDownKind.BfdDown, limit.Token)).Notification!.ToString().Should().Be("Cease, BFD Down (6/10)");
        await lab.HealAsync(1);
        await atMaster.WaitForEstablishedAsync(limit.Token);
    }

    [Fact]
    public async Task With_a_peer_that_is_not_strict_nothing_waits()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await Firewall.DropAsync(lab.RouterNs, "input", "udp dport 3784");
        var (router, _) = Speak(lab.RouterNs, 65001, LabTopology.RouterAddress, 65000, LabTopology.MasterAddress(1), strict: false);
        var (master, atMaster) = Speak(lab.MasterNs(1), 65000, LabTopology.MasterAddress(1), 65001, LabTopology.RouterAddress, strict: true);
        await using var first = router;
        await using var second = master;
        using var limit = new Deadline(TimeSpan.FromSeconds(60));
        await router.StartAsync(limit.Token);
        await master.StartAsync(limit.Token);

        await atMaster.WaitForEstablishedAsync(limit.Token);
        atMaster.Bfd?.State.Should().NotBe(BfdState.Up);
    }

    private static (BgpSpeaker Speaker, BgpPeer Peer) Speak(string ns, uint asn, System.Net.IPAddress local, uint remoteAsn, System.Net.IPAddress remote, bool strict)
    {
        var speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = asn,
            RouterId = BgpIdentifier.Parse($"{local}"),
            Transport = new NamespaceTransport(ns),
            BfdEngine = NamespaceBfd.In(ns),
            ListenEndPoints = [new System.Net.IPEndPoint(local, 179)],
        });
        var peer = speaker.AddPeer(new BgpPeerOptions
        {
            Address = remote,
            RemoteAsn = remoteAsn,
            HoldTime = TimeSpan.FromSeconds(3),
            Bfd = new BfdOptions { TransmitInterval = TimeSpan.FromMilliseconds(50), ReceiveInterval = TimeSpan.FromMilliseconds(50), Strict = strict },
        });
        return (speaker, peer);
    }
}
