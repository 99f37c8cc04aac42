using System.Net;
using BgpSharp.Interop.Harness;
using BgpSharp.Wire;

namespace BgpSharp.Interop.Matrix;

public abstract partial class MatrixTests
{
    [Fact]
    public Task Hold_time() => CellAsync(MatrixRows.HoldTime, async () =>
    {
        await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Plain, new SpeakerSettings { HoldTime = TimeSpan.FromSeconds(3) });
        us.Peer.Session!.HoldTime.Should().Be(TimeSpan.FromSeconds(3));
        var prefix = lab.NextPrefix();
        await us.AnnounceAsync(prefix);
        await lab.Router.SignalAsync(Signal.Stop);
        try
        {
            await us.WaitForDownAsync(BgpDownKind.HoldTimerExpired);
        }
        finally
        {
            await lab.Router.SignalAsync(Signal.Continue);
        }
        await us.WaitForEstablishedAsync();
        await Poll.UntilAsync(() => lab.Router.FindPathAsync(PeerKind.Plain, prefix), path => path is not null, "our route again", us.Describe);
        us.Peer.GetStatistics().SessionsEstablished.Should().BeGreaterThanOrEqualTo(2);
        return "hold timer expired, then established again";
    });

    [Fact]
    public Task Restart() => CellAsync(MatrixRows.Restart, async () =>
    {
        await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Plain);
        var prefix = lab.NextPrefix();
        await us.AnnounceAsync(prefix);
        await lab.Router.KillAsync();
        try
        {
            await us.WaitAsync(() => us.Peer.State != BgpSessionState.Established && !us.Has(MatrixPlan.RouterPrefix), "the session and its routes are gone");
        }
        finally
        {
            await lab.Router.StartAsync();
        }
        await us.WaitForEstablishedAsync();
        await Poll.UntilAsync(() => lab.Router.FindPathAsync(PeerKind.Plain, prefix), path => path is not null, "our route again", us.Describe);
        return "established again, routes both ways";
    });

    [Fact]
    public Task Second_from_the_router() => CellAsync(MatrixRows.SecondFromRouter, async () =>
    {
        await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Plain, new SpeakerSettings { Mode = BgpConnectMode.Both, Listens = true });
        var answer = await ScriptedConnection.TryAsync(
            lab.Lab.RouterNs, new IPEndPoint(MatrixPlan.OurAddress(PeerKind.Plain), 179), Open(MatrixPlan.RouterAsn, LabTopology.RouterAddress));
        await us.AnnounceAsync(lab.NextPrefix());
        us.Peer.GetStatistics().SessionsLost.Should().Be(0, "the first one is left alone");
        answer.Should().Be("Cease/7");
        return answer;
    });

    [Fact]
    public Task Second_from_us() => CellAsync(MatrixRows.SecondFromUs, async () =>
    {
        await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Plain);
        var answer = await ScriptedConnection.TryAsync(
            lab.Lab.MasterNs((int)PeerKind.Plain),
            new IPEndPoint(LabTopology.RouterAddress, 179),
            Open(MatrixPlan.OurAsn(PeerKind.Plain), MatrixPlan.OurAddress(PeerKind.Plain)));
        await us.AnnounceAsync(lab.NextPrefix());
        us.Peer.GetStatistics().SessionsLost.Should().Be(0, "the first one is left alone");
        return answer;
    });

    [Fact]
    public Task Shutdown_text() => CellAsync(MatrixRows.ShutdownText, async () =>
    {
        const string text = "the node is drained";
        await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Plain);
        await us.Speaker.StopAsync(new BgpStopOptions { Message = text }, TestContext.Current.CancellationToken);
        await Poll.UntilAsync(
            () => lab.Router.ShutdownTextAsync(PeerKind.Plain), shown => shown.Contains(text, StringComparison.Ordinal), $"the router shows '{text}'", us.Describe);
        return Yes;
    });

    [Fact]
    public Task Password() => CellAsync(MatrixRows.Password, async () =>
    {
        await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Password, new SpeakerSettings { Password = MatrixPlan.Password });
        await us.AnnounceAsync(lab.NextPrefix());
        return Yes;
    });

    [Fact]
    public Task Wrong_password() => CellAsync(MatrixRows.WrongPassword, async () =>
    {
        await using var us = await MatrixSpeaker.StartAsync(lab, PeerKind.Password, new SpeakerSettings { Password = "second-secret" });
        var down = await us.WaitForDownAsync(BgpDownKind.ConnectFailed);
        down.ToString().Should().Contain("a TCP-MD5 password is set, and one that differs from the peer's looks like this");
        (await lab.Router.IsEstablishedAsync(PeerKind.Password)).Should().BeFalse();
        us.Peer.GetStatistics().SessionsEstablished.Should().Be(0);
        return "no session, and we say what it looks like";
    });

    [Fact]
    public Task Ttl_security() => CellAsync(MatrixRows.TtlSecurity, async () =>
    {
        // Our kernel drops what comes with less than 255: with a session, the router sends so, and takes what we send.
        await using var us = await MatrixSpeaker.EstablishAsync(
            lab, PeerKind.TtlSecurity, new SpeakerSettings { Mode = BgpConnectMode.Both, Listens = true, TtlSecurityHops = 1 });
        await us.AnnounceAsync(lab.NextPrefix());
        return us.Peer.Session!.LocalEndPoint.Port == 179 ? "yes, the router dials" : Yes;
    });

    private static OpenMessage Open(uint asn, IPAddress identifier) => new()
    {
        MyAutonomousSystem = (ushort)asn,
        HoldTime = 90,
        Identifier = BgpIdentifier.Parse($"{identifier}"),
        Capabilities = [MultiprotocolCapability.Create(BgpFamily.Ipv4Unicast), FourOctetAsnCapability.Create(asn)],
    };
}
