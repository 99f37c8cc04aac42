using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

/// <summary>Graceful restart (RFC 4724, RFC 8538) with a scripted peer: what is offered, and how our sessions end.</summary>
public sealed class GracefulRestartTests
{
    private static readonly BgpCapability Theirs =
        new GracefulRestartCapability(60, [new(BgpFamily.Ipv4Unicast)]) { CoversNotifications = true }.ToCapability();

    private static readonly BgpCapability TheirsWithoutN = new GracefulRestartCapability(60, [new(BgpFamily.Ipv4Unicast)]).ToCapability();

    [Fact]
    public async Task Nothing_is_offered_by_default()
    {
        await using var fixture = SpeakerFixture.Create();
        var (open, router) = await OpenAsync(fixture, null);
        await using (router)
        {
            open.Should().BeNull("graceful restart is off");
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task The_offer_is_that_of_the_options(bool notifications, bool preserved)
    {
        await using var fixture = SpeakerFixture.Create();
        var (offer, router) = await OpenAsync(
            fixture, new() { RestartTime = TimeSpan.FromSeconds(4095), CoversNotifications = notifications, ForwardingPreserved = preserved });
        await using (router)
        {
            offer!.RestartTime.Should().Be(4095);
            offer.CoversNotifications.Should().Be(notifications, "the N bit");
            offer.HasRestarted.Should().BeTrue("the R bit is in the first OPEN of a speaker");
            offer.Families.Should().Equal(new GracefulRestartFamily(BgpFamily.Ipv4Unicast, preserved));
        }
    }

    [Fact]
    public async Task The_R_bit_is_in_every_OPEN_until_there_was_a_session_and_in_none_after()
    {
        await using var fixture = SpeakerFixture.Create();
        var listener = fixture.Listen();
        var peer = fixture.Speaker.AddPeer(Options(new()));
        await fixture.Speaker.StartAsync();
        await using (var refused = await SpeakerFixture.AcceptAsync(listener))
        {
            (await ReadOfferAsync(refused))!.HasRestarted.Should().BeTrue();
        }

        await using (var first = await fixture.AcceptDialAsync(listener, 2))
        {
            (await ReadOfferAsync(first))!.HasRestarted.Should().BeTrue("there was no session yet");
            await first.SendOpenAsync();
            await first.ExpectAsync(MessageType.Keepalive);
            await first.SendKeepaliveAsync();
            await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
        }

        await using var second = await fixture.AcceptDialAsync(listener, 3);
        (await ReadOfferAsync(second))!.HasRestarted.Should().BeFalse("the process is the same one");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KeepForwarding_sends_what_is_owed_and_closes_without_a_word(bool notifications)
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync(Options(new()), more: notifications ? Theirs : TheirsWithoutN);
        peer.Session!.GracefulRestart.Should().BeTrue();
        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));

        var stop = fixture.Speaker.StopAsync(new BgpStopOptions { Mode = BgpStopMode.KeepForwarding, Message = "not sent" });

        List<MessageType> read = [];
        var announced = 0;
        var close = async () =>
        {
            while (true)
            {
                var (type, body) = await router.ReadAsync();
                read.Add(type);
                UpdateDecoder.Decode(body, new WireContext { FourOctetAsn = true }, out var view, out _);
                announced += type == MessageType.Update ? view.AnnouncedPrefixes.Count() : 0;
                view.WithdrawnPrefixes.IsEmpty.Should().BeTrue("nothing is withdrawn");
            }
        };
        await close.Should().ThrowAsync<EndOfStreamException>();
        read.Should().NotContain(MessageType.Notification, "any NOTIFICATION may flush");
        announced.Should().Be(1, "what was announced before the stop is sent");
        await router.DisposeAsync();
        await stop.WaitAsync(ScriptedPeer.Patience);
        peer.Status.LastDown!.Kind.Should().Be(BgpDownKind.Stopped);
    }

    [Theory]
    [InlineData(BgpStopMode.Withdraw)]
    [InlineData(BgpStopMode.Immediate)]
    [InlineData(BgpStopMode.Drain)]
    public async Task Other_stops_say_Hard_Reset_with_the_reason_inside_where_the_N_bit_is_agreed_on(BgpStopMode mode)
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync(Options(new()), more: Theirs);

        var stop = fixture.Speaker.StopAsync(new BgpStopOptions { Mode = mode, Message = "bye", DrainTime = TimeSpan.Zero, Linger = TimeSpan.Zero });

        var notification = await router.ExpectNotificationAsync();
        notification.ToString().Should().Be("Cease, Hard Reset (6/9): Cease, Administrative Shutdown (6/2): \"bye\"");
        await router.DisposeAsync();
        await stop.WaitAsync(ScriptedPeer.Patience);
        peer.Status.LastDown!.ToString().Should().Be($"stopped: {notification}");
    }

    [Fact]
    public async Task Another_offer_needs_another_OPEN()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync(Options(new()), more: TheirsWithoutN);

        (await peer.UpdateAsync(Options(new()))).Should().BeFalse("it says the same");
        (await peer.UpdateAsync(Options(new() { RestartTime = TimeSpan.FromSeconds(5) }))).Should().BeTrue();
        (await router.ExpectNotificationAsync()).Subcode.Should().Be(CeaseSubcode.OtherConfigurationChange, "without the N bit it is no Hard Reset");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0.5)]
    [InlineData(4096)]
    public void A_restart_time_that_the_capability_cannot_say_is_refused(double seconds)
    {
        using var speaker = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = SpeakerFixture.LocalAsn, RouterId = SpeakerFixture.LocalIdentifier });
        var add = () => speaker.AddPeer(Options(new() { RestartTime = TimeSpan.FromSeconds(seconds) }));
        add.Should().Throw<ArgumentException>().WithMessage("GracefulRestart.RestartTime is *; allowed: 0 to 4095 whole seconds.*");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(86401)]
    public void A_stale_route_time_out_of_range_is_refused(int seconds)
    {
        using var speaker = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = SpeakerFixture.LocalAsn, RouterId = SpeakerFixture.LocalIdentifier });
        var add = () => speaker.AddPeer(Options(new() { StaleRouteTime = TimeSpan.FromSeconds(seconds) }));
        add.Should().Throw<ArgumentException>().WithMessage("GracefulRestart.StaleRouteTime is *; allowed: 1 second to 1.00:00:00.*");
    }

    private static BgpPeerOptions Options(BgpGracefulRestartOptions? restart, BgpPeerHandler? handler = null) => new()
    {
        Address = SpeakerFixture.RouterAddress,
        RemoteAsn = SpeakerFixture.RemoteAsn,
        ConnectMode = BgpConnectMode.Active,
        GracefulRestart = restart,
        Handler = handler,
    };

    private static async Task<(GracefulRestartCapability? Offer, ScriptedPeer Router)> OpenAsync(SpeakerFixture fixture, BgpGracefulRestartOptions? restart)
    {
        var listener = fixture.Listen();
        fixture.Speaker.AddPeer(Options(restart));
        await fixture.Speaker.StartAsync();
        var router = await SpeakerFixture.AcceptAsync(listener);
        return (await ReadOfferAsync(router), router);
    }

    private static async Task<GracefulRestartCapability?> ReadOfferAsync(ScriptedPeer router)
    {
        OpenCodec.TryDecode(await router.ExpectAsync(MessageType.Open), out var open, out _).Should().BeTrue();
        return open!.Capabilities.Select(capability => GracefulRestartCapability.TryRead(capability, out var restart) ? restart : null)
            .SingleOrDefault(restart => restart is not null);
    }
}
