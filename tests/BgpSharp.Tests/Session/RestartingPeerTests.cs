using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

/// <summary>Graceful restart (RFC 4724, RFC 8538) of the peer: what its handler is told of the routes that were learnt.</summary>
public sealed class RestartingPeerTests
{
    private const int RestartSeconds = 60;
    private static readonly IpPrefix First = IpPrefix.Parse("203.0.113.1/32");
    private static readonly IpPrefix Second = IpPrefix.Parse("203.0.113.2/32");
    private static readonly BgpRouteAttributes Attributes = new() { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = SpeakerFixture.RouterAddress };

    private readonly RecordingHandler _handler = new();

    [Fact]
    public async Task Routes_stay_through_a_restart_and_those_that_do_not_come_again_go_at_End_of_RIB()
    {
        await using var fixture = Create();
        var peer = await StartAsync(fixture);
        await LearnAndLoseAsync(fixture, peer, First, Second);

        await using var router = await EstablishAsync(fixture, Offer(preserved: true));
        await router.SendUpdateAsync(Attributes, Second);
        await router.SendAsync(TestMessages.EndOfRib(BgpFamily.Ipv4Unicast));
        await router.SendUpdateAsync(Attributes, First);

        await ExpectAsync("established AS 65001", $"update +{Second} -", "update + -", $"gone {First}", $"update +{First} -");
    }

    [Fact]
    public async Task A_peer_that_does_not_come_back_in_its_restart_time_loses_its_routes()
    {
        await using var fixture = Create();
        var peer = await StartAsync(fixture);
        await LearnAndLoseAsync(fixture, peer, First, Second);
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(RestartSeconds - 1));
        _handler.TryNext(out var early).Should().BeFalse($"there is a second left, but the handler heard '{early}'");

        await fixture.AdvanceAsync(TimeSpan.FromSeconds(1));

        await ExpectAsync($"gone {First},{Second}");
        await using var router = await EstablishAsync(fixture, Offer(preserved: true));
        await router.SendAsync(TestMessages.EndOfRib(BgpFamily.Ipv4Unicast));
        await ExpectAsync("established AS 65001", "update + -");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_peer_that_did_not_preserve_forwarding_or_has_no_graceful_restart_any_more_loses_them_at_once(bool capability)
    {
        await using var fixture = Create();
        var peer = await StartAsync(fixture);
        await LearnAndLoseAsync(fixture, peer, First, Second);

        await using var router = await EstablishAsync(fixture, capability ? [Offer(preserved: false)] : []);

        await ExpectAsync("established AS 65001", $"gone {First},{Second}");
    }

    [Fact]
    public async Task A_peer_whose_End_of_RIB_does_not_come_loses_them_after_the_stale_route_time()
    {
        await using var fixture = Create();
        var peer = await StartAsync(fixture, new() { StaleRouteTime = TimeSpan.FromSeconds(30) });
        await LearnAndLoseAsync(fixture, peer, First, Second);
        await using var router = await EstablishAsync(fixture, Offer(preserved: true));
        await router.SendUpdateAsync(Attributes, Second);
        await ExpectAsync("established AS 65001", $"update +{Second} -");
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(29));
        _handler.TryNext(out var early).Should().BeFalse($"there is a second left, but the handler heard '{early}'");

        await fixture.AdvanceAsync(TimeSpan.FromSeconds(1));

        await ExpectAsync($"gone {First}");
        peer.State.Should().Be(BgpSessionState.Established, "the session goes on");
    }

    [Fact]
    public async Task A_second_restart_before_a_route_came_again_ends_it()
    {
        await using var fixture = Create();
        var peer = await StartAsync(fixture);
        await LearnAndLoseAsync(fixture, peer, First, Second);
        await using (var router = await EstablishAsync(fixture, Offer(preserved: true)))
        {
            await router.SendUpdateAsync(Attributes, Second);
            await ExpectAsync("established AS 65001", $"update +{Second} -");
        }

        await ExpectAsync($"gone {First}", "down ConnectionLost, ipv4-unicast kept");
    }

    [Theory]
    [InlineData(true, CeaseSubcode.AdministrativeReset, true)]
    [InlineData(true, CeaseSubcode.HardReset, false)]
    [InlineData(false, CeaseSubcode.AdministrativeReset, false)]
    public async Task A_NOTIFICATION_keeps_routes_where_the_N_bit_is_agreed_on_and_a_Hard_Reset_never_does(bool notifications, byte subcode, bool kept)
    {
        await using var fixture = Create();
        await StartAsync(fixture);
        await using var router = await EstablishAsync(fixture, Offer(preserved: false, notifications));
        await router.SendUpdateAsync(Attributes, First);
        await router.SendNotificationAsync(new BgpNotification(BgpErrorCode.Cease, subcode));

        await ExpectAsync("established AS 65001", $"update +{First} -", $"down NotificationReceived{(kept ? ", ipv4-unicast kept" : "")}");
    }

    [Fact]
    public async Task A_peer_that_dials_again_beside_its_session_has_restarted()
    {
        await using var fixture = Create();
        await StartAsync(fixture);
        await using var before = await EstablishAsync(fixture, Offer(preserved: true));
        await before.SendUpdateAsync(Attributes, First);
        await ExpectAsync("established AS 65001", $"update +{First} -");

        await using var after = await EstablishAsync(fixture, Offer(preserved: true));
        await after.SendAsync(TestMessages.EndOfRib(BgpFamily.Ipv4Unicast));

        await ExpectAsync("down ConnectionLost, ipv4-unicast kept", "established AS 65001", "update + -", $"gone {First}");
        var close = async () =>
        {
            while (true)
            {
                (await before.ReadAsync()).Type.Should().NotBe(MessageType.Notification, "RFC 4724 §5: the old connection is dropped without one");
            }
        };
        await close.Should().ThrowAsync<EndOfStreamException>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Routes_that_are_kept_go_when_the_peer_is_stopped_or_gets_another_handler(bool stop)
    {
        await using var fixture = Create();
        var peer = await StartAsync(fixture);
        await LearnAndLoseAsync(fixture, peer, First);

        if (stop)
        {
            await peer.RemoveAsync().WaitAsync(ScriptedPeer.Patience);
        }
        else
        {
            await peer.UpdateAsync(Options(new(), new RecordingHandler()));
        }

        await ExpectAsync($"gone {First}");
    }

    [Fact]
    public async Task A_handler_that_is_slow_to_see_the_session_down_hears_in_order()
    {
        var release = new TaskCompletionSource();
        var handler = new SlowDownHandler(release.Task);
        await using var fixture = Create();
        await StartAsync(fixture, handler: handler);
        await using (var router = await EstablishAsync(fixture, Offer(preserved: true)))
        {
            await router.SendUpdateAsync(Attributes, First);
            await SpeakerFixture.UntilAsync(() => handler.Calls.Count == 1, "the route arrives");
        }

        await SpeakerFixture.UntilAsync(() => handler.Calls.Count == 2, "the end is told");
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(RestartSeconds));
        handler.Calls.Should().Equal(["update", "down"], "calls are serial");

        release.SetResult();

        await SpeakerFixture.UntilAsync(() => handler.Calls.Count == 3, "the restart time was over meanwhile");
        handler.Calls.Should().Equal("update", "down", $"gone {First}");
    }

    [Fact]
    public async Task A_handler_that_throws_between_sessions_is_logged_and_called_again()
    {
        await using var fixture = Create();
        var handler = new ThrowingHandler();
        await StartAsync(fixture, handler: handler);
        for (var round = 1; round <= 2; round++)
        {
            await using (var router = await EstablishAsync(fixture, Offer(preserved: true)))
            {
                await router.SendUpdateAsync(Attributes, First);
                await SpeakerFixture.UntilAsync(() => handler.Updates == round, "the route arrives");
            }

            await SpeakerFixture.UntilAsync(() => handler.Downs == round, "the session is down");
            await fixture.AdvanceAsync(TimeSpan.FromSeconds(RestartSeconds));
            await SpeakerFixture.UntilAsync(() => handler.Gone == round, "the routes go");
        }

        await SpeakerFixture.UntilAsync(() => fixture.Logs.Lines.Count(line => line.Contains("there is no session to reset", StringComparison.Ordinal)) == 2, "both are logged");
    }

    private static SpeakerFixture Create() => SpeakerFixture.Create(listening: true);

    private async Task<BgpPeer> StartAsync(SpeakerFixture fixture, BgpGracefulRestartOptions? restart = null, BgpPeerHandler? handler = null)
    {
        var peer = fixture.Speaker.AddPeer(Options(restart ?? new(), handler ?? _handler));
        await fixture.Speaker.StartAsync();
        return peer;
    }

    private static BgpPeerOptions Options(BgpGracefulRestartOptions restart, BgpPeerHandler handler) => new()
    {
        Address = SpeakerFixture.RouterAddress,
        RemoteAsn = SpeakerFixture.RemoteAsn,
        ConnectMode = BgpConnectMode.Passive,
        GracefulRestart = restart,
        Handler = handler,
    };

    private static BgpCapability Offer(bool preserved, bool notifications = false) =>
        new GracefulRestartCapability(RestartSeconds, [new(BgpFamily.Ipv4Unicast, preserved)]) { CoversNotifications = notifications }.ToCapability();

    private static async Task<ScriptedPeer> EstablishAsync(SpeakerFixture fixture, params BgpCapability[] more)
    {
        var options = new BgpConnectOptions { RemoteEndPoint = SpeakerFixture.ListenEndPoint, LocalAddress = SpeakerFixture.RouterAddress };
        var router = new ScriptedPeer(await fixture.Network.ConnectAsync(options, CancellationToken.None), SpeakerFixture.RemoteAsn, SpeakerFixture.RemoteIdentifier)
        {
            MoreCapabilities = more,
        };
        await router.EstablishAsync();
        return router;
    }

    /// <summary>A session on which the prefixes are learnt, and its loss.</summary>
    private async Task LearnAndLoseAsync(SpeakerFixture fixture, BgpPeer peer, params IpPrefix[] prefixes)
    {
        await using (var router = await EstablishAsync(fixture, Offer(preserved: false)))
        {
            await router.SendUpdateAsync(Attributes, prefixes);
            await ExpectAsync("established AS 65001", $"update +{string.Join(',', prefixes)} -");
        }

        await ExpectAsync("down ConnectionLost, ipv4-unicast kept");
        peer.Status.LastDown!.FamiliesKept.Should().Equal(BgpFamily.Ipv4Unicast);
    }

    private async Task ExpectAsync(params string[] calls)
    {
        foreach (var call in calls)
        {
            (await _handler.NextAsync()).Should().Be(call);
        }
    }

    private sealed class SlowDownHandler(Task release) : BgpPeerHandler
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Calls { get; } = new();

        public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView update, CancellationToken cancellationToken)
        {
            Calls.Enqueue("update");
            return ValueTask.CompletedTask;
        }

        public override async ValueTask OnDownAsync(BgpSession session, BgpDownReason reason)
        {
            Calls.Enqueue("down");
            await release;
        }

        public override ValueTask OnStaleRoutesGoneAsync(IReadOnlyList<IpPrefix> prefixes, CancellationToken cancellationToken)
        {
            Calls.Enqueue($"gone {string.Join(',', prefixes)}");
            return ValueTask.CompletedTask;
        }
    }

    private sealed class ThrowingHandler : BgpPeerHandler
    {
        public volatile int Updates;
        public volatile int Downs;
        public volatile int Gone;

        public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView update, CancellationToken cancellationToken)
        {
            Updates++;
            return ValueTask.CompletedTask;
        }

        public override ValueTask OnDownAsync(BgpSession session, BgpDownReason reason)
        {
            Downs++;
            return ValueTask.CompletedTask;
        }

        public override ValueTask OnStaleRoutesGoneAsync(IReadOnlyList<IpPrefix> prefixes, CancellationToken cancellationToken)
        {
            Gone++;
            throw new InvalidOperationException("no");
        }
    }
}
