using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Matrix;

public abstract partial class MatrixTests
{
    [Fact]
    public Task Ipv4_out() => CellAsync(MatrixRows.Ipv4Out, () => OutAsync(PeerKind.Plain, lab.NextPrefix()));

    [Fact]
    public Task Ipv4_in() => CellAsync(MatrixRows.Ipv4In, () => InAsync(PeerKind.Plain, "203.0.113.201/32"));

    [Fact]
    public Task Ipv6_out() => CellAsync(MatrixRows.Ipv6Out, () => OutAsync(PeerKind.Plain, lab.NextPrefix6()));

    [Fact]
    public Task Ipv6_in() => CellAsync(MatrixRows.Ipv6In, () => InAsync(PeerKind.Plain, "2001:db8:3::/64"));

    [Fact]
    public Task Ipv6_transport() => CellAsync(MatrixRows.Ipv6Transport, async () =>
    {
        var sent = await OutAsync(PeerKind.Ipv6, lab.NextPrefix6());
        var received = await InAsync(PeerKind.Ipv6, "2001:db8:3:1::/64");
        return sent == received ? sent : $"{sent}, {received}";
    });

    [Fact]
    public Task Bulk() => CellAsync(MatrixRows.Bulk, async () =>
    {
        await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Plain);
        string[] prefixes = [.. MatrixPlan.BulkPrefixes];
        await AnnouncedAsync(prefixes, () => us.WaitAsync(() => us.BulkCount == MatrixPlan.BulkRoutes, "every route of many"));
        await us.WaitAsync(() => us.BulkCount == 0, "every one withdrawn");
        us.Peer.GetStatistics().SessionsLost.Should().Be(0);
        return Yes;
    });

    [Fact]
    public Task Refresh_by_us() => CellAsync(MatrixRows.RefreshByUs, async () =>
    {
        // FRR answers after its End-of-RIB, and without graceful restart may wait for that for ever.
        await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Plain, new SpeakerSettings { GracefulRestart = new() });
        var before = us.Announcements(MatrixPlan.RouterPrefix);
        us.Peer.Session!.RouteRefresh.Should().BeTrue("the router offers it");
        us.Peer.RequestRefresh(BgpFamily.Ipv4Unicast);
        await us.WaitAsync(() => us.Announcements(MatrixPlan.RouterPrefix) > before, $"the router's route again, which was there {before} times");
        us.Peer.GetStatistics().SessionsLost.Should().Be(0);
        return Yes;
    });

    [Fact]
    public Task Refresh_by_the_router() => CellAsync(MatrixRows.RefreshByRouter, async () =>
    {
        await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Plain);
        var prefix = lab.NextPrefix();
        await us.AnnounceAsync(prefix);
        var before = us.Transport.Sent.Messages.Count;
        await lab.Router.RefreshAsync(PeerKind.Plain);
        var wanted = us.Peer.Session!.RemoteCapabilities.Any(capability => capability.Code == Wire.CapabilityCode.EnhancedRouteRefresh)
            ? "begin UPDATE end"
            : "UPDATE";
        await us.WaitAsync(() => Sent(us, before) == wanted, $"we send {wanted}");
        (await lab.Router.FindPathAsync(PeerKind.Plain, prefix)).Should().NotBeNull();
        us.Peer.GetStatistics().SessionsLost.Should().Be(0);
        return wanted == "UPDATE" ? Yes : "yes, between marks (RFC 7313)";
    });

    [Fact]
    public Task Graceful_shutdown() => CellAsync(MatrixRows.GracefulShutdown, async () =>
    {
        await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Plain);
        var prefix = lab.NextPrefix();
        await us.AnnounceAsync(prefix);
        var before = await lab.Router.FindPreferenceAsync(PeerKind.Plain, prefix);
        us.Speaker.GracefulShutdown = true;
        var after = await Poll.UntilAsync(
            () => lab.Router.FindPreferenceAsync(PeerKind.Plain, prefix), preference => preference != before, "another preference", us.Describe);
        us.Speaker.GracefulShutdown = false;
        await Poll.UntilAsync(
            () => lab.Router.FindPreferenceAsync(PeerKind.Plain, prefix), preference => preference == before, "the preference as before", us.Describe);
        return $"{before} to {after}";
    });

    [Fact]
    public Task Router_limit() => CellAsync(MatrixRows.RouterLimit, async () =>
    {
        await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Limited);
        // An UPDATE for each: FRR counts the routes of one for the next.
        for (var i = 0u; i < MatrixPlan.RouterMaximum + 2; i++)
        {
            us.Speaker.Routes.Announce(new BgpRoute(lab.NextPrefix(), new BgpRouteAttributes { Med = i }));
        }
        var down = await us.WaitForDownAsync(BgpDownKind.NotificationReceived);
        return $"{down.Notification!.Code}/{down.Notification.Subcode} to us";
    });

    [Fact]
    public Task Our_limit() => CellAsync(MatrixRows.OurLimit, async () =>
    {
        string[] tooMany = ["203.0.113.202/32", "203.0.113.203/32", "203.0.113.204/32"];
        await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Plain, new SpeakerSettings { Maximum = 3 });
        await AnnouncedAsync(tooMany, () => us.WaitForDownAsync(BgpDownKind.PrefixLimitExceeded));
        var down = us.Peer.Status.LastDown!;
        return $"{down.Notification!.Code}/{down.Notification.Subcode} to the router";
    });

    private async Task<string> OutAsync(PeerKind kind, IpPrefix prefix)
    {
        await using var us = await MatrixSpeaker.EstablishAsync(lab, kind);
        await us.AnnounceAsync(prefix);
        await us.WithdrawAsync(prefix);
        us.Peer.GetStatistics().SessionsLost.Should().Be(0);
        return Yes;
    }

    private async Task<string> InAsync(PeerKind kind, string prefix)
    {
        await using var us = await MatrixSpeaker.EstablishAsync(lab, kind);
        await AnnouncedAsync([prefix], () => us.WaitAsync(() => us.Has(prefix), $"{prefix} announced by the router"));
        await us.WaitAsync(() => !us.Has(prefix), $"{prefix} withdrawn by the router");
        us.Peer.GetStatistics().SessionsLost.Should().Be(0);
        return Yes;
    }

    /// <summary>Has the router announce prefixes for as long as the wait takes, whatever its end.</summary>
    private async Task AnnouncedAsync(IReadOnlyList<string> prefixes, Func<Task> waitAsync)
    {
        await lab.Router.AnnounceAsync(prefixes);
        try
        {
            await waitAsync();
        }
        finally
        {
            await lab.Router.WithdrawAsync(prefixes);
        }
    }

    /// <summary>What was sent for IPv4 from a message on, without KEEPALIVEs.</summary>
    private static string Sent(MatrixSpeaker us, int from)
    {
        const int typeOffset = 18, familyOffset = 20, subtypeOffset = 21, update = 2, routeRefresh = 5, ipv4 = 1;
        return string.Join(' ', us.Transport.Sent.Messages.Skip(from)
            .Where(message => message[typeOffset] == update || (message[typeOffset] == routeRefresh && message[familyOffset] == ipv4))
            .Select(message => message[typeOffset] == update ? "UPDATE" : message[subtypeOffset] == 1 ? "begin" : "end"));
    }
}
