namespace BgpSharp.Tests.Session;

/// <summary>GRACEFUL_SHUTDOWN (RFC 8326) on the routes of a peer or of the speaker, and the stop that begins with it.</summary>
public sealed class GracefulShutdownTests
{
    // With a timeout out of the way: how late the stop begins to wait is up to the thread pool.
    private static readonly BgpStopOptions Draining = new() { Mode = BgpStopMode.Drain, Timeout = TimeSpan.FromHours(1) };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Routes_are_sent_again_with_the_community_and_again_without_it(bool all)
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip, new BgpRouteAttributes { Communities = [new(65000, 1)] }));
        var (peer, router) = await fixture.EstablishAsync();
        (await router.ExpectUpdateAsync()).Announced[0].Attributes.Communities.Should().Equal(new Community(65000, 1));
        (await router.ExpectUpdateAsync()).EndOfRib.Should().NotBeNull();

        Set(true);

        (await router.ExpectUpdateAsync()).Announced.Should().ContainSingle(route => route.Prefix == SpeakerFixture.Vip)
            .Which.Attributes.Communities.Should().Equal(new Community(65000, 1), Community.GracefulShutdown);

        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
        (await router.ExpectUpdateAsync()).Announced[0].Attributes.Communities.Should().Equal([Community.GracefulShutdown], "later changes carry it too");

        Set(false);

        (await router.ExpectUpdateAsync()).Announced[0].Attributes.Communities.Should().BeEmpty();

        void Set(bool on)
        {
            if (all)
            {
                fixture.Speaker.GracefulShutdown = on;
            }
            else
            {
                peer.GracefulShutdown = on;
            }
        }
    }

    [Fact]
    public async Task A_session_that_comes_up_later_has_it_from_the_first_route_on()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.GracefulShutdown = true;
        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));

        var (_, router) = await fixture.EstablishAsync();

        (await router.ExpectUpdateAsync()).Announced[0].Attributes.Communities.Should().Equal(Community.GracefulShutdown);
        (await router.ExpectUpdateAsync()).EndOfRib.Should().NotBeNull("the routes are sent once");
    }

    [Fact]
    public async Task A_drain_says_so_first_then_withdraws_then_says_Cease()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
        var (_, router) = await fixture.EstablishAsync(holdTime: 0);
        await router.ExpectUpdateAsync();
        await router.ExpectUpdateAsync();

        var began = fixture.Time.GetUtcNow();
        var stop = fixture.Speaker.StopAsync(Draining);

        (await router.ExpectUpdateAsync()).Announced[0].Attributes.Communities.Should().Equal(Community.GracefulShutdown);
        var next = router.ExpectUpdateAsync();
        await fixture.AdvanceUntilAsync(() => next.IsCompleted, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(30));
        (await next).Withdrawn.Should().Equal(SpeakerFixture.Vip);
        (fixture.Time.GetUtcNow() - began).Should().BeGreaterThanOrEqualTo(Draining.DrainTime, "routers have the drain time to move traffic away");
        var notification = router.ExpectNotificationAsync();
        await fixture.AdvanceUntilAsync(() => notification.IsCompleted, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(30));
        (await notification).Subcode.Should().Be(CeaseSubcode.AdministrativeShutdown);
        await router.DisposeAsync();
        await stop.WaitAsync(ScriptedPeer.Patience);
    }

    [Fact]
    public async Task A_drain_with_a_MED_is_seen_by_routers_that_do_not_know_the_community()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
        var (_, router) = await fixture.EstablishAsync(holdTime: 0);
        (await router.ExpectUpdateAsync()).Announced[0].Attributes.Med.Should().BeNull();
        await router.ExpectUpdateAsync();

        var stop = fixture.Speaker.StopAsync(new BgpStopOptions { Mode = BgpStopMode.Drain, DrainMed = 100 });

        var leaving = (await router.ExpectUpdateAsync()).Announced[0].Attributes;
        leaving.Med.Should().Be(100);
        leaving.Communities.Should().Equal(Community.GracefulShutdown);
        await router.DisposeAsync();
        await fixture.AdvanceUntilAsync(() => stop.IsCompleted, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(30));
        await stop;
    }

    [Fact]
    public async Task A_drain_that_is_never_acknowledged_withdraws_after_its_time_all_the_same_and_gives_up_the_linger_at_the_timeout()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Network.Wrap = connection => new WrappedConnection(connection) { Unacknowledged = 1 };
        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
        var (_, router) = await fixture.EstablishAsync(holdTime: 0);
        await router.ExpectUpdateAsync();
        await router.ExpectUpdateAsync();

        var began = fixture.Time.GetUtcNow();
        var stop = fixture.Speaker.StopAsync(new BgpStopOptions { Mode = BgpStopMode.Drain, Timeout = TimeSpan.FromMinutes(10), Linger = TimeSpan.FromMinutes(5) });

        (await router.ExpectUpdateAsync()).Announced[0].Attributes.Communities.Should().Equal(Community.GracefulShutdown);
        var next = router.ExpectUpdateAsync();
        await fixture.AdvanceUntilAsync(() => next.IsCompleted, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5));
        (await next).Withdrawn.Should().Equal([SpeakerFixture.Vip], "the withdrawal waits for the drain time and for no acknowledgement");
        var notification = router.ExpectNotificationAsync();
        while (fixture.Time.GetUtcNow() - began < TimeSpan.FromMinutes(10))
        {
            notification.IsCompleted.Should().BeFalse("the acknowledgement is waited for until the timeout");
            await fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        (await notification.WaitAsync(ScriptedPeer.Patience)).Subcode.Should().Be(CeaseSubcode.AdministrativeShutdown, "it is waited for no longer");
        await router.DisposeAsync();
        await stop.WaitAsync(ScriptedPeer.Patience);
    }

    [Fact]
    public async Task A_drain_of_no_time_withdraws_at_once_and_lingers()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
        var (_, router) = await fixture.EstablishAsync(holdTime: 0);
        await router.ExpectUpdateAsync();
        await router.ExpectUpdateAsync();

        var stop = fixture.Speaker.StopAsync(new BgpStopOptions { Mode = BgpStopMode.Drain, DrainTime = TimeSpan.Zero });

        (await router.ExpectUpdateAsync()).Withdrawn.Should().Equal([SpeakerFixture.Vip], "the clock has not moved, and nobody was asked to move traffic away");
        var notification = router.ExpectNotificationAsync();
        await SpeakerFixture.Settle();
        notification.IsCompleted.Should().BeFalse("the session stays for the linger");
        await fixture.AdvanceUntilAsync(() => notification.IsCompleted, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        await router.DisposeAsync();
        await stop.WaitAsync(ScriptedPeer.Patience);
    }

    [Fact]
    public async Task A_cancelled_drain_is_over_at_once()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
        var (_, router) = await fixture.EstablishAsync();
        using var cancelled = new CancellationTokenSource();
        var stop = fixture.Speaker.StopAsync(Draining, cancelled.Token);

        await cancelled.CancelAsync();

        await stop.WaitAsync(ScriptedPeer.Patience);
        (await router.ExpectNotificationAsync()).Subcode.Should().Be(CeaseSubcode.AdministrativeShutdown);
    }

    [Fact]
    public async Task A_drain_does_not_wait_where_there_is_no_session()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Network.Silent = true;
        fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions());
        await fixture.Speaker.StartAsync();

        await fixture.Speaker.StopAsync(Draining).WaitAsync(ScriptedPeer.Patience);
    }

    [Fact]
    public async Task A_drain_longer_than_the_timeout_is_refused()
    {
        await using var fixture = SpeakerFixture.Create();

        var stop = () => fixture.Speaker.StopAsync(new BgpStopOptions { Mode = BgpStopMode.Drain, DrainTime = TimeSpan.FromSeconds(4) });

        await stop.Should().ThrowAsync<ArgumentException>().WithMessage("DrainTime is 00:00:04 and Linger 00:00:01*less than Timeout, 00:00:05*");
    }
}
