using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>TCP-MD5 (RFC 2385) with FRR's <c>password</c>.</summary>
public sealed class PasswordTests
{
    [Fact]
    public async Task FRR_has_the_route_of_the_master_with_its_password_and_the_other_says_what_silence_means()
    {
        await using var lab = await Lab.CreateAsync(masters: 2);
        var (right, wrong) = (LabTopology.MasterAddress(1), LabTopology.MasterAddress(2));
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 0) with
        {
            Neighbors = [new FrrNeighbor(right, 65000, "password first-secret"), new FrrNeighbor(wrong, 65000, "password first-secret")],
            FamilyLines = ["maximum-paths 2"],
        });

        var other = VipMaster.Start(lab, 2, more: ["--logLevel", "trace", "--peers:0:password", "second-secret"]);
        VipMaster.Start(lab, 1, more: ["--peers:0:password", "first-secret"]);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [right]);
        await Poll.UntilAsync(
            () => Task.FromResult(other.Lines.Any(line => line.Contains("a TCP-MD5 password is set, and one that differs", StringComparison.Ordinal))),
            isSaid => isSaid, "the hint in the log", other.Describe);
        (await router.NeighborAsync(wrong)).GetProperty("connectionsEstablished").GetInt32().Should().Be(0);
        string.Concat(other.Lines).Should().NotContain("second-").And.NotContain(Convert.ToBase64String("second-secret"u8));
        other.Lines.Should().NotContain(line => line.Contains("secret", StringComparison.Ordinal), "a password is never logged");

        await router.ConfigureBgpAsync($"neighbor {wrong} password second-secret");

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [right, wrong]);
    }

    [Fact]
    public async Task FRR_resets_the_session_when_its_password_changes_and_takes_it_up_once_ours_is_the_same()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var master = LabTopology.MasterAddress(1);
        await using var speaker = Speaker(lab);
        var peer = speaker.AddPeer(Options("first-secret"));
        await speaker.StartAsync(TestContext.Current.CancellationToken);
        var router = await StartRouterAsync(lab, master);
        using var limit = new Deadline();
        await peer.WaitForEstablishedAsync(limit.Token);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [master]);

        await router.ConfigureBgpAsync($"neighbor {master} password second-secret");

        var down = await peer.WaitForDownAsync((status, _) => status.State != BgpSessionState.Established, limit.Token);
        down.Notification.Should().NotBeNull($"FRR says why, signed with the password as it was; but: {down}");
        (down.Notification!.Code, down.Notification.Subcode).Should().Be((BgpErrorCode.Cease, CeaseSubcode.OtherConfigurationChange));
        (await router.NeighborAsync(master)).GetProperty("connectionsEstablished").GetInt32().Should().Be(1, "until ours is changed too");

        await peer.UpdateAsync(Options("second-secret"));

        await peer.WaitForEstablishedAsync(limit.Token);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [master]);
        var neighbor = await router.NeighborAsync(master);
        (neighbor.GetProperty("connectionsEstablished").GetInt32(), neighbor.GetProperty("connectionsDropped").GetInt32()).Should().Be((2, 1));
    }

    [Fact]
    public async Task Our_password_changed_first_costs_the_session_too_and_it_comes_back_by_itself()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var master = LabTopology.MasterAddress(1);
        await using var speaker = Speaker(lab);
        var peer = speaker.AddPeer(Options("first-secret"));
        await speaker.StartAsync(TestContext.Current.CancellationToken);
        var router = await StartRouterAsync(lab, master);
        using var limit = new Deadline();
        var session = await peer.WaitForEstablishedAsync(limit.Token);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [master]);

        (await peer.UpdateAsync(Options("second-secret"))).Should().BeFalse();
        await router.ConfigureBgpAsync($"neighbor {master} password second-secret");

        var down = await peer.WaitForDownAsync((status, _) => status.State != BgpSessionState.Established, limit.Token);
        down.Kind.Should().Be(BgpDownKind.HoldTimerExpired, "FRR's Cease was signed with the old password, and its new connection gave way to the session");
        await peer.WaitForEstablishedAsync(limit.Token);
        peer.Session!.Id.Should().NotBe(session.Id);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [master]);
    }

    [Fact]
    public async Task With_our_password_alone_changed_both_sides_wait_for_their_hold_time()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var master = LabTopology.MasterAddress(1);
        await using var speaker = Speaker(lab);
        var peer = speaker.AddPeer(Options("first-secret"));
        await speaker.StartAsync(TestContext.Current.CancellationToken);
        var router = await StartRouterAsync(lab, master);
        using var limit = new Deadline();
        await peer.WaitForEstablishedAsync(limit.Token);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [master]);

        (await peer.UpdateAsync(Options("second-secret"))).Should().BeFalse();

        var down = await peer.WaitForDownAsync((status, _) => status.State != BgpSessionState.Established, limit.Token);
        down.Kind.Should().Be(BgpDownKind.HoldTimerExpired, "segments with the wrong signature are dropped without a word");
        down.ToString().Should().Contain("a TCP-MD5 password is set, and one that differs from the peer's looks like this");
        await Poll.UntilAsync(
            () => router.NeighborAsync(master),
            neighbor => neighbor.TryGetProperty("lastNotificationReason", out var last) && last.GetString() == "Hold Timer Expired",
            "FRR's hold timer expires too");

        await peer.UpdateAsync(Options("first-secret"));

        await peer.WaitForEstablishedAsync(limit.Token);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [master]);
    }

    private static BgpSpeaker Speaker(Lab lab)
    {
        var speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = 65000,
            RouterId = BgpIdentifier.Parse($"{LabTopology.MasterAddress(1)}"),
            ListenEndPoints = [new IPEndPoint(LabTopology.MasterAddress(1), 179)],
            Transport = new NamespaceTransport(lab.MasterNs(1)),
        });
        speaker.Routes.Announce(new BgpRoute(IpPrefix.Parse(LabTopology.VipPrefix)));
        return speaker;
    }

    private static BgpPeerOptions Options(string password) => new()
    {
        Address = LabTopology.RouterAddress,
        RemoteAsn = 65001,
        ConnectMode = BgpConnectMode.Passive,
        HoldTime = TimeSpan.FromSeconds(3),
        Password = BgpSecret.FromString(password),
    };

    private static Task<FrrRouter> StartRouterAsync(Lab lab, IPAddress master) => lab.StartRouterAsync(FrrOptions.Router(masters: 0) with
    {
        Neighbors = [new FrrNeighbor(master, 65000, "password first-secret")],
        ConnectRetry = 1,
        FamilyLines = [],
    });
}
