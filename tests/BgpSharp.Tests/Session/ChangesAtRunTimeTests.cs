using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

public sealed class ChangesAtRunTimeTests
{
    [Fact]
    public async Task Options_that_the_session_does_not_depend_on_are_taken_on_without_a_reset()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, _) = await fixture.EstablishAsync();
        var session = peer.Session;
        var reset = await peer.UpdateAsync(new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            RemoteAsn = SpeakerFixture.RemoteAsn,
            ConnectMode = BgpConnectMode.Active,
            OnHandlerFault = BgpHandlerFaultAction.Detach,
        });
        reset.Should().BeFalse();
        peer.Session.Should().BeSameAs(session);
        peer.Options.OnHandlerFault.Should().Be(BgpHandlerFaultAction.Detach);
    }

    [Fact]
    public async Task Options_that_the_OPEN_carries_reset_the_session_and_are_in_the_next_OPEN()
    {
        await using var fixture = SpeakerFixture.Create();
        var listener = fixture.Listen();
        var peer = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions());
        await fixture.Speaker.StartAsync();
        await using var router = await SpeakerFixture.AcceptAsync(listener);
        await router.EstablishAsync();
        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));

        var reset = await peer.UpdateAsync(new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            RemoteAsn = SpeakerFixture.RemoteAsn,
            ConnectMode = BgpConnectMode.Active,
            HoldTime = TimeSpan.FromSeconds(30),
        });
        reset.Should().BeTrue();
        (await router.ExpectNotificationAsync()).Subcode.Should().Be(CeaseSubcode.OtherConfigurationChange);
        peer.Status.LastDown!.Kind.Should().Be(BgpDownKind.ConfigurationChanged);
        await using var again = await fixture.AcceptDialAsync(listener, number: 2);
        OpenCodec.TryDecode(await again.ExpectAsync(MessageType.Open), out var open, out _).Should().BeTrue();
        open!.HoldTime.Should().Be(30);
    }

    [Fact]
    public async Task Another_export_rule_sends_the_routes_again_over_the_same_session()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce(new BgpRoute(IpPrefix.Parse("203.0.113.10/32")));
        var (peer, router) = await fixture.EstablishAsync();
        (await router.ExpectUpdateAsync()).Announced.Should().ContainSingle().Which.Attributes.Med.Should().BeNull();
        (await router.ExpectUpdateAsync()).EndOfRib.Should().Be(BgpFamily.Ipv4Unicast);
        var session = peer.Session;

        var changed = new BgpPeerOptions(peer.Options) { Export = context => new BgpRouteAttributes(context.Attributes) { Med = 50 } };
        (await peer.UpdateAsync(changed)).Should().BeFalse("no OPEN differs");

        (await router.ExpectUpdateAsync()).Announced.Should().ContainSingle().Which.Attributes.Med.Should().Be(50);
        (await peer.UpdateAsync(new BgpPeerOptions(changed) { Export = _ => null })).Should().BeFalse();
        (await router.ExpectUpdateAsync()).Withdrawn.Should().ContainSingle().Which.Prefix.Should().Be(IpPrefix.Parse("203.0.113.10/32"));
        peer.Session.Should().BeSameAs(session);
    }

    [Fact]
    public async Task A_reset_tells_the_peers_operator_why_and_the_session_is_made_again()
    {
        await using var fixture = SpeakerFixture.Create();
        var listener = fixture.Listen();
        var peer = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions());
        await fixture.Speaker.StartAsync();
        await using var router = await SpeakerFixture.AcceptAsync(listener);
        await router.EstablishAsync();
        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));

        await peer.ResetAsync("new optics, back at once");

        var notification = await router.ExpectNotificationAsync();
        notification.ToString().Should().Contain("Administrative Reset (6/4)").And.Contain("new optics, back at once");
        peer.Status.LastDown!.Kind.Should().Be(BgpDownKind.Reset);
        await using var again = await fixture.AcceptDialAsync(listener, number: 2);
        await again.EstablishAsync();
        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
    }

    [Fact]
    public async Task A_peer_that_was_removed_cannot_be_reset()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, _) = await fixture.EstablishAsync();
        await fixture.AdvanceUntilEndAsync(peer.RemoveAsync(new BgpStopOptions { Mode = BgpStopMode.Immediate }));

        var reset = () => peer.ResetAsync();

        await reset.Should().ThrowAsync<InvalidOperationException>().WithMessage("*was removed*");
    }

    [Fact]
    public async Task Of_two_sets_the_older_ones_route_is_sent_until_it_lets_go()
    {
        await using var fixture = SpeakerFixture.Create();
        var (_, router) = await fixture.EstablishAsync();
        (await router.ExpectUpdateAsync()).EndOfRib.Should().NotBeNull();
        using var older = fixture.Speaker.CreateRouteSet();
        using var newer = fixture.Speaker.CreateRouteSet();
        newer.Announce(new BgpRoute(SpeakerFixture.Vip, new BgpRouteAttributes { Med = 2 }));
        (await router.ExpectUpdateAsync()).Announced[0].Attributes.Med.Should().Be(2);
        older.Announce(new BgpRoute(SpeakerFixture.Vip, new BgpRouteAttributes { Med = 1 }));
        (await router.ExpectUpdateAsync()).Announced[0].Attributes.Med.Should().Be(1, "the older set wins");
        older.Withdraw(SpeakerFixture.Vip).Should().BeTrue();
        (await router.ExpectUpdateAsync()).Announced[0].Attributes.Med.Should().Be(2, "the other owner's route takes its place without a withdrawal");
        newer.Dispose();
        (await router.ExpectUpdateAsync()).Withdrawn.Should().Equal(SpeakerFixture.Vip);
        var announce = () => newer.Announce(new BgpRoute(SpeakerFixture.Vip));
        announce.Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public async Task Replace_sends_the_difference()
    {
        await using var fixture = SpeakerFixture.Create();
        IpPrefix[] prefixes = [.. Enumerable.Range(1, 3).Select(host => IpPrefix.Parse($"203.0.113.{host}/32"))];
        fixture.Speaker.Routes.Announce(prefixes[..2]);
        var (_, router) = await fixture.EstablishAsync();
        await router.ExpectUpdateAsync();
        await router.ExpectUpdateAsync();

        fixture.Speaker.Routes.Replace(prefixes[1..].Select(prefix => new BgpRoute(prefix)));
        (await router.ExpectUpdateAsync()).Withdrawn.Should().Equal(prefixes[0]);
        (await router.ExpectUpdateAsync()).Announced.Select(route => route.Prefix).Should().Equal([prefixes[2]], "the second prefix has not changed");
        fixture.Speaker.Routes.Snapshot().Select(route => route.Prefix).Should().BeEquivalentTo(prefixes[1..]);
    }
}
