using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using BgpSharp.Tests.Session;
using BgpSharp.Transport;

namespace BgpSharp.Tests.Transport;

public sealed class SocketTests
{
    private static readonly IPAddress LeftAddress = IPAddress.Parse("127.0.0.11");
    private static readonly IPAddress RightAddress = IPAddress.Parse("127.0.0.12");

    [Fact]
    public async Task Two_speakers_exchange_routes_over_TCP_and_a_flush_is_acknowledged()
    {
        var handler = new RecordingHandler();
        await using var listening = Speaker(65001, RightAddress, listen: true);
        listening.AddPeer(Peer(65000, LeftAddress, handler: handler, mode: BgpConnectMode.Passive));
        await listening.StartAsync();
        await using var dialling = Speaker(65000, LeftAddress);
        var peer = dialling.AddPeer(Peer(65001, RightAddress, LeftAddress, listening.ListenEndPoints[0].Port));
        dialling.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
        await dialling.StartAsync();
        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
        peer.Session!.LocalEndPoint.Address.Should().Be(LeftAddress, "the configured source address is used");
        (await handler.NextAsync()).Should().Be("established AS 65000");
        (await handler.NextAsync()).Should().Be("update +203.0.113.10/32 -");
        (await handler.NextAsync()).Should().Be("update + -", "End-of-RIB");

        dialling.Routes.Withdraw(SpeakerFixture.Vip);
        await SpeakerFixture.WithinPatience(token => dialling.FlushAsync(token));
        peer.Driver.Established!.Transport.UnacknowledgedBytes.Should().Be(0);
        (await handler.NextAsync()).Should().Be("update + -203.0.113.10/32");
        await dialling.StopAsync().WaitAsync(ScriptedPeer.Patience);
        (await handler.NextAsync()).Should().Be("down NotificationReceived", "the Cease arrived before the connection closed");
    }

    [Fact]
    public async Task A_stop_over_TCP_is_heard_though_the_peer_was_still_sending()
    {
        var handler = new RecordingHandler();
        await using var listening = Speaker(65001, RightAddress, listen: true);
        listening.AddPeer(Peer(65000, LeftAddress, handler: handler, mode: BgpConnectMode.Passive));
        listening.Routes.Announce(Enumerable.Range(0, 50_000).Select(host => IpPrefix.Create(new IPAddress([203, 0, (byte)(host >> 8), (byte)host]), 32)));
        await listening.StartAsync();
        await using var dialling = Speaker(65000, LeftAddress);
        var peer = dialling.AddPeer(Peer(65001, RightAddress, LeftAddress, listening.ListenEndPoints[0].Port));
        await dialling.StartAsync();
        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
        (await handler.NextAsync()).Should().StartWith("established");
        await dialling.StopAsync().WaitAsync(ScriptedPeer.Patience);
        var call = await handler.NextAsync();
        while (call.StartsWith("update", StringComparison.Ordinal))
        {
            call = await handler.NextAsync();
        }

        call.Should().Be("down NotificationReceived", "input that is not read must not turn the close into a reset that takes our last words along");
    }

    [Fact]
    public async Task Sockets_have_the_options_that_BGP_needs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The options are read back by their Linux numbers.");
        await using var listener = (SocketListener)await SocketTransport.Instance.ListenAsync(new BgpListenOptions { LocalEndPoint = new IPEndPoint(RightAddress, 0) }, CancellationToken.None);
        var dial = SocketTransport.Instance.ConnectAsync(
            new BgpConnectOptions { RemoteEndPoint = listener.LocalEndPoint, LocalAddress = LeftAddress, TimeToLive = 1 }, CancellationToken.None);
        await using var accepted = (SocketConnection)await listener.AcceptAsync(CancellationToken.None);
        await using var dialled = (SocketConnection)await dial;
        accepted.SetTimeToLive(7);
        accepted.SetUserTimeout(TimeSpan.FromSeconds(9));

        Option(listener.Socket, 1, 2).Should().Be(1, "SO_REUSEADDR: a restart must not wait for TIME_WAIT");
        Option(listener.Socket, 1, 15).Should().Be(0, "SO_REUSEPORT would let two speakers share a port");
        foreach (var socket in (Socket[])[dialled.Socket, accepted.Socket])
        {
            Option(socket, 6, 1).Should().NotBe(0, "TCP_NODELAY");
            Option(socket, 0, 1).Should().Be(0xC0, "IP_TOS: DSCP CS6");
        }

        Option(dialled.Socket, 0, 2).Should().Be(1, "IP_TTL towards an external peer");
        Option(accepted.Socket, 0, 2).Should().Be(7, "IP_TTL");
        Option(accepted.Socket, 6, 18).Should().Be(9000, "TCP_USER_TIMEOUT in milliseconds");
        dialled.LocalEndPoint.Address.Should().Be(LeftAddress);
    }

    [Fact]
    public async Task A_listener_of_one_family_takes_the_key_of_a_peer_of_the_other()
    {
        await using var listener = await SocketTransport.Instance.ListenAsync(new BgpListenOptions { LocalEndPoint = new IPEndPoint(RightAddress, 0) }, CancellationToken.None);
        var set = () => listener.SetPassword(IPAddress.Parse("2001:db8::1"), BgpSecret.FromString("a key"));
        set.Should().NotThrow("such a peer cannot come this way");
    }

    [Theory]
    [InlineData("127.0.0.11", "127.0.0.12", "one key", "one key", true)]
    [InlineData("127.0.0.11", "127.0.0.12", "one key", "another key", false)]
    [InlineData("127.0.0.11", "127.0.0.12", "one key", null, false)]
    [InlineData("::1", "::1", "one key", "one key", true)]
    [InlineData("::1", "::1", "one key", "another key", false)]
    [InlineData("::1", "::1", "one key", null, false)]
    public async Task TCP_MD5_lets_in_the_right_key_alone(string dialler, string listener, string listenersKey, string? diallersKey, bool connects)
    {
        SkipUnlessMd5();
        var (left, right) = (IPAddress.Parse(dialler), IPAddress.Parse(listener));
        await using var listening = Speaker(65001, right, listen: true);
        var accepting = listening.AddPeer(Peer(65000, left, mode: BgpConnectMode.Passive, password: listenersKey));
        await listening.StartAsync();
        await using var dialling = Speaker(65000, left);
        var peer = dialling.AddPeer(Peer(65001, right, left, listening.ListenEndPoints[0].Port, password: diallersKey));
        await dialling.StartAsync();
        var status = await SpeakerFixture.WaitForAsync(peer, status => status.Session is not null || status.LastDown is not null);
        (status.Session is not null).Should().Be(connects);
        if (!connects)
        {
            status.LastDown!.Kind.Should().Be(BgpDownKind.ConnectFailed, "a segment with the wrong signature is dropped, not answered");
            accepting.GetStatistics().MessagesSent.Should().Be(0, "no connection was accepted");
        }
    }

    [Fact]
    public async Task A_password_file_that_cannot_be_read_is_a_failed_attempt_that_names_it()
    {
        SkipUnlessMd5();
        var path = Path.Combine(Path.GetTempPath(), $"bgpsharp-{Guid.NewGuid():N}.key");
        var logs = new CapturedLogs();
        await using var speaker = Speaker(65000, LeftAddress, logs: logs);
        var peer = speaker.AddPeer(new BgpPeerOptions { Address = RightAddress, RemoteAsn = 65001, Password = BgpSecret.FromFile(path) });
        await speaker.StartAsync();
        var status = await SpeakerFixture.WaitForAsync(peer, status => status.LastDown is not null);
        status.LastDown!.Kind.Should().Be(BgpDownKind.ConnectFailed);
        await SpeakerFixture.UntilAsync(() => logs.Lines.Any(line => line.Contains(path, StringComparison.Ordinal)), "the log names the file");
    }

    [Fact]
    public async Task Strangers_that_connect_and_reset_do_not_keep_the_peer_waiting()
    {
        var logs = new CapturedLogs();
        await using var listening = Speaker(65001, RightAddress, listen: true, logs: logs);
        var expected = listening.AddPeer(Peer(65000, LeftAddress, mode: BgpConnectMode.Passive));
        await listening.StartAsync();
        var port = listening.ListenEndPoints[0].Port;
        for (var i = 0; i < 50; i++)
        {
            using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
            stranger.Bind(new IPEndPoint(i % 2 == 0 ? IPAddress.Parse("127.0.0.99") : LeftAddress, 0));
            await stranger.ConnectAsync(RightAddress, port);
        }

        await using var dialling = Speaker(65000, LeftAddress);
        dialling.AddPeer(Peer(65001, RightAddress, LeftAddress, port));
        await dialling.StartAsync();
        await SpeakerFixture.WithinPatience(token => expected.WaitForEstablishedAsync(token));
        logs.Lines.Should().NotContain(line => line.Contains("Accepting on", StringComparison.Ordinal), "a connection that is gone is no reason to pause");
        logs.Entries.Should().NotContain(entry => entry.Level == Microsoft.Extensions.Logging.LogLevel.Critical);
    }

    private static int Option(Socket socket, int level, int name)
    {
        var value = 0;
        socket.GetRawSocketOption(level, name, MemoryMarshal.AsBytes(new Span<int>(ref value)));
        return value;
    }

    private static void SkipUnlessMd5()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "TCP-MD5 is set by Linux' TCP_MD5SIG.");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            TcpMd5.Set(socket, RightAddress, BgpSecret.FromString("a key"));
        }
        catch (SocketException exception)
        {
            Assert.Skip($"This kernel refuses TCP_MD5SIG: {exception.Message}");
        }
    }

    private static BgpSpeaker Speaker(uint asn, IPAddress address, bool listen = false, CapturedLogs? logs = null) => new(new BgpSpeakerOptions
    {
        LocalAsn = asn,
        RouterId = BgpIdentifier.Parse($"198.51.100.{asn % 100}"),
        ListenEndPoints = listen ? [new IPEndPoint(address, 0)] : [],
        LoggerFactory = logs,
    });

    private static BgpPeerOptions Peer(
        uint asn, IPAddress remote, IPAddress? local = null, int port = 179, BgpPeerHandler? handler = null, BgpConnectMode mode = BgpConnectMode.Active, string? password = null) => new()
        {
            Address = remote,
            Port = port,
            RemoteAsn = asn,
            LocalAddress = local,
            ConnectMode = mode,
            Handler = handler,
            Password = password is null ? null : BgpSecret.FromString(password),
        };
}
