using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

public sealed class PrefixLimitTests
{
    private static readonly BgpRouteAttributes Attributes = new() { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = SpeakerFixture.RouterAddress };

    private static readonly BgpPrefixLimit ThreeOrClose = new() { Family = BgpFamily.Ipv4Unicast, Maximum = 3, RetryTime = TimeSpan.FromMinutes(5) };

    [Fact]
    public async Task Beyond_the_limit_the_session_is_closed_and_tried_again_after_the_retry_time()
    {
        await using var fixture = SpeakerFixture.Create(listening: true);
        var handler = new RecordingHandler();
        var listener = fixture.Listen();
        var peer = fixture.Speaker.AddPeer(Options(handler, ThreeOrClose, BgpConnectMode.Both));
        await fixture.Speaker.StartAsync();
        await using var router = await SpeakerFixture.AcceptAsync(listener);
        await router.EstablishAsync();
        await router.SendUpdateAsync(Attributes, Host(1), Host(2), Host(3));
        await router.SendUpdateAsync(Attributes, Host(1), Host(2), Host(3));
        await SpeakerFixture.UntilAsync(() => peer.GetStatistics().PrefixesReceived == 6, "announcing them again is no new prefix");
        peer.GetStatistics().PrefixesHeld.Should().Be(3);

        await router.SendUpdateAsync(Attributes, Host(4));

        var notification = await router.ExpectNotificationAsync();
        (notification.Code, notification.Subcode).Should().Be((BgpErrorCode.Cease, CeaseSubcode.MaximumPrefixesReached));
        Convert.ToHexString(notification.Data.Span).Should().Be("00010100000003", "RFC 4486 §4: AFI, SAFI, upper bound");
        await router.ExpectCloseAsync();
        await router.DisposeAsync();
        (await handler.NextAsync()).Should().StartWith("established");
        (await handler.NextAsync()).Should().Be("update +203.0.113.1/32,203.0.113.2/32,203.0.113.3/32 -");
        await handler.NextAsync();
        (await handler.NextAsync()).Should().Be("down PrefixLimitExceeded", "the prefix too many is not handed on");
        peer.Status.ToString().Should().Be(
            "Idle (the peer announced too many prefixes: Cease, Maximum Number of Prefixes Reached (6/1): 3 of ipv4-unicast; tried again after 00:05:00)");
        fixture.Logs.Lines.Should().ContainSingle(line => line.Contains("more prefixes of ipv4-unicast than the limit of 3", StringComparison.Ordinal));

        await using (var early = await fixture.DialAsync(SpeakerFixture.RouterAddress))
        {
            await early.ExpectCloseAsync();
        }

        await fixture.AdvanceUntilAsync(() => fixture.Network.Dials == 3, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(6));
        fixture.Time.GetElapsedTime(0).Should().BeGreaterThan(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1), "nobody dials before");
        await using var again = await SpeakerFixture.AcceptAsync(listener);
        await again.EstablishAsync();
        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
        peer.GetStatistics().PrefixesHeld.Should().Be(0, "a new session counts anew");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_retry_time_it_stays_down_until_it_is_reset_or_has_other_limits(bool byReset)
    {
        await using var fixture = SpeakerFixture.Create();
        var listener = fixture.Listen();
        var limit = new BgpPrefixLimit { Family = BgpFamily.Ipv4Unicast, Maximum = 1 };
        var peer = fixture.Speaker.AddPeer(Options(null, limit));
        await fixture.Speaker.StartAsync();
        await using (var router = await SpeakerFixture.AcceptAsync(listener))
        {
            await router.EstablishAsync();
            await router.SendUpdateAsync(Attributes, Host(1), Host(2));
            await router.ExpectCloseAsync();
        }

        await SpeakerFixture.UntilAsync(() => peer.Driver.ConnectionCount == 0, "the connection ends");
        for (var hour = 0; hour < 48; hour++)
        {
            await fixture.AdvanceAsync(TimeSpan.FromHours(1));
        }

        fixture.Network.Dials.Should().Be(1);
        peer.Status.ToString().Should().EndWith("down until it is reset or its limits are changed)");

        if (byReset)
        {
            await peer.ResetAsync();
        }
        else
        {
            (await peer.UpdateAsync(Options(null, new BgpPrefixLimit { Family = BgpFamily.Ipv4Unicast, Maximum = 2 }))).Should().BeFalse("there is no session to reset");
        }

        await using var again = await fixture.AcceptDialAsync(listener, number: 2);
        await again.EstablishAsync();
        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
    }

    [Fact]
    public async Task What_is_discarded_the_handler_does_not_see_and_a_withdrawal_makes_room()
    {
        await using var fixture = SpeakerFixture.Create();
        var handler = new RecordingHandler();
        var (peer, router) = await fixture.EstablishAsync(Options(handler, new BgpPrefixLimit { Family = BgpFamily.Ipv4Unicast, Maximum = 2, Action = BgpPrefixLimitAction.Discard }));
        await handler.NextAsync();

        await router.SendUpdateAsync(Attributes, Host(1), Host(2), Host(3));
        (await handler.NextAsync()).Should().Be("update +203.0.113.1/32,203.0.113.2/32 -");
        await router.SendUpdateAsync(Attributes, Host(3), Host(4));
        await router.SendAsync(Withdrawal(Host(4), Host(1)));
        (await handler.NextAsync()).Should().Be("update + -203.0.113.4/32,203.0.113.1/32", "an UPDATE of which nothing is left is not handed on");
        await router.SendUpdateAsync(Attributes, Host(4), Host(2), Host(3));
        (await handler.NextAsync()).Should().Be("update +203.0.113.4/32,203.0.113.2/32 -", "there was room for one");

        var statistics = peer.GetStatistics();
        statistics.PrefixesHeld.Should().Be(2);
        statistics.PrefixesDiscarded.Should().Be(4);
        statistics.PrefixesReceived.Should().Be(4);
        fixture.Logs.Lines.Count(line => line.Contains("those beyond it are discarded", StringComparison.Ordinal)).Should().Be(1);
        peer.State.Should().Be(BgpSessionState.Established);
    }

    [Fact]
    public async Task IPv6_has_a_limit_of_its_own()
    {
        await using var fixture = SpeakerFixture.Create();
        var handler = new RecordingHandler();
        var options = new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            RemoteAsn = SpeakerFixture.RemoteAsn,
            ConnectMode = BgpConnectMode.Active,
            Families = [BgpFamily.Ipv4Unicast, BgpFamily.Ipv6Unicast],
            PrefixLimits = [new BgpPrefixLimit { Family = BgpFamily.Ipv6Unicast, Maximum = 1, Action = BgpPrefixLimitAction.Discard }],
            Handler = handler,
        };
        var (peer, router) = await fixture.EstablishAsync(options, more: MultiprotocolCapability.Create(BgpFamily.Ipv6Unicast));
        await handler.NextAsync();

        await router.SendUpdateAsync(Attributes, Host(1), Host(2));
        (await handler.NextAsync()).Should().Be("update +203.0.113.1/32,203.0.113.2/32 -", "IPv4 has no limit");
        await router.SendAsync(Ipv6("2001:db8::1/128", "2001:db8:1::/48"));
        (await handler.NextAsync()).Should().Be("update +2001:db8::1/128 -");
        peer.GetStatistics().PrefixesHeld.Should().Be(1);
        peer.GetStatistics().PrefixesDiscarded.Should().Be(1);
    }

    [Fact]
    public async Task The_threshold_and_the_limit_are_worth_a_line_each_and_a_warning_changes_nothing()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync(Options(null, new BgpPrefixLimit { Family = BgpFamily.Ipv4Unicast, Maximum = 4, WarningPercent = 50, Action = BgpPrefixLimitAction.Warn }));

        await router.SendUpdateAsync(Attributes, Host(1));
        await SpeakerFixture.UntilAsync(() => peer.GetStatistics().PrefixesReceived == 1, "it arrives");
        fixture.Logs.Lines.Should().NotContain(line => line.Contains("the limit is", StringComparison.Ordinal));
        for (var host = 2; host <= 20; host++)
        {
            await router.SendUpdateAsync(Attributes, Host(host));
        }

        await SpeakerFixture.UntilAsync(() => peer.GetStatistics().PrefixesReceived == 20, "all are handed on");
        fixture.Logs.Lines.Where(line => line.Contains("the limit is", StringComparison.Ordinal)).Should().ContainSingle()
            .Which.Should().EndWith("2 prefixes of ipv4-unicast, the limit is 4");
        fixture.Logs.Lines.Where(line => line.Contains("than the limit of 4", StringComparison.Ordinal)).Should().ContainSingle();
        peer.GetStatistics().PrefixesHeld.Should().Be(4, "what is counted is bounded by the limit");
        peer.State.Should().Be(BgpSessionState.Established);
    }

    [Fact]
    public async Task Another_maximum_is_taken_on_by_the_living_session_and_a_first_limit_is_not()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync(Options(null, ThreeOrClose));
        await router.SendUpdateAsync(Attributes, Host(1), Host(2), Host(3));
        await SpeakerFixture.UntilAsync(() => peer.GetStatistics().PrefixesHeld == 3, "they are counted");

        (await peer.UpdateAsync(Options(null, new BgpPrefixLimit { Family = BgpFamily.Ipv4Unicast, Maximum = 4 }))).Should().BeFalse();
        await router.SendUpdateAsync(Attributes, Host(4));
        await SpeakerFixture.UntilAsync(() => peer.GetStatistics().PrefixesHeld == 4, "there is room for four");
        (await peer.UpdateAsync(Options(null, null))).Should().BeFalse("a limit that goes needs nothing counted");
        (await peer.UpdateAsync(Options(null, ThreeOrClose))).Should().BeTrue("what came meanwhile was not counted");
        (await router.ExpectNotificationAsync()).Subcode.Should().Be(CeaseSubcode.OtherConfigurationChange);
    }

    [Fact]
    public async Task What_a_refresh_does_not_bring_again_no_longer_counts()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync(Options(null, ThreeOrClose), more: BgpCapability.EnhancedRouteRefresh);
        await router.SendUpdateAsync(Attributes, Host(1), Host(2), Host(3));
        await router.SendAsync(TestMessages.Raw(23, 5, 0xFF, 0, 1, 1, 1));
        await router.SendUpdateAsync(Attributes, Host(1), Host(2));
        await router.SendAsync(TestMessages.Raw(23, 5, 0xFF, 0, 1, 2, 1));
        await SpeakerFixture.UntilAsync(() => peer.GetStatistics().PrefixesHeld == 2, "the third one is gone at the end of the refresh");
        await router.SendUpdateAsync(Attributes, Host(4));
        await SpeakerFixture.UntilAsync(() => peer.GetStatistics().PrefixesHeld == 3, "there is room for another");
        peer.State.Should().Be(BgpSessionState.Established);
    }

    [Fact]
    public void Limits_that_make_no_sense_are_refused_all_at_once()
    {
        using var speaker = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = SpeakerFixture.LocalAsn, RouterId = SpeakerFixture.LocalIdentifier });
        var add = () => speaker.AddPeer(new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            RemoteAsn = SpeakerFixture.RemoteAsn,
            PrefixLimits =
            [
                new BgpPrefixLimit { Family = BgpFamily.Ipv6Unicast, Maximum = 1 },
                new BgpPrefixLimit { Family = BgpFamily.Ipv4Unicast, Maximum = 0, WarningPercent = 101, RetryTime = TimeSpan.Zero },
                new BgpPrefixLimit { Family = BgpFamily.Ipv4Unicast, Maximum = 1, Action = BgpPrefixLimitAction.Warn, RetryTime = TimeSpan.FromSeconds(1) },
            ],
        });
        add.Should().Throw<ArgumentException>().Which.Message.Should()
            .Contain("PrefixLimits of ipv6-unicast: not one of Families; allowed: ipv4-unicast.")
            .And.Contain("PrefixLimits of ipv4-unicast: Maximum is 0; allowed: at least 1.")
            .And.Contain("WarningPercent is 101; allowed: 1 to 100.")
            .And.Contain("RetryTime is 00:00:00; allowed: more than zero, up to 24 days.")
            .And.Contain("RetryTime is 00:00:01 and Action is Warn; allowed: a retry time where Action is Close.")
            .And.Contain("PrefixLimits has ipv4-unicast 2 times; allowed: one limit a family.");
        var none = () => speaker.AddPeer(new BgpPeerOptions { Address = SpeakerFixture.RouterAddress, RemoteAsn = SpeakerFixture.RemoteAsn, PrefixLimits = null! });
        none.Should().Throw<ArgumentException>().WithMessage("PrefixLimits is or has null*");
    }

    private static BgpPeerOptions Options(BgpPeerHandler? handler, BgpPrefixLimit? limit, BgpConnectMode mode = BgpConnectMode.Active) => new()
    {
        Address = SpeakerFixture.RouterAddress,
        RemoteAsn = SpeakerFixture.RemoteAsn,
        ConnectMode = mode,
        PrefixLimits = limit is null ? [] : [limit],
        Handler = handler,
    };

    private static IpPrefix Host(int number) => IpPrefix.Parse($"203.0.113.{number}/32");

    private static byte[] Withdrawal(params IpPrefix[] prefixes)
    {
        var buffer = new byte[4096];
        return buffer[..UpdateWriter.WriteWithdrawals(buffer, BgpFamily.Ipv4Unicast, prefixes, new WireContext { FourOctetAsn = true }, out _)];
    }

    private static byte[] Ipv6(params string[] prefixes)
    {
        var buffer = new byte[4096];
        var attributes = new BgpRouteAttributes { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = System.Net.IPAddress.Parse("2001:db8::9") };
        return buffer[..UpdateWriter.WriteAnnouncements(
            buffer, BgpFamily.Ipv6Unicast, attributes, prefixes.Select(IpPrefix.Parse).ToArray(), new WireContext { FourOctetAsn = true }, out _)];
    }
}
