using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using BgpSharp.Tests.Session;
using BgpSharp.Transport;

namespace BgpSharp.Tests.Transport;

/// <summary>TTL security (GTSM, RFC 5082) on real sockets.</summary>
public sealed class TtlSecurityTests
{
    private const int TcpLevel = 6;
    private const int TcpInfo = 11;
    private const int TotalRetransmissions = 100;

    [Theory]
    [InlineData("127.0.0.21")]
    [InlineData("::1")]
    public async Task What_came_from_too_far_is_dropped_on_an_accepted_connection(string loopback)
    {
        SkipUnlessLinux();
        await using var listener = await ListenAsync(loopback);
        var dial = SocketTransport.Instance.ConnectAsync(new BgpConnectOptions { RemoteEndPoint = listener.LocalEndPoint, TimeToLive = 254 }, CancellationToken.None);
        await using var accepted = (SocketConnection)await listener.AcceptAsync(CancellationToken.None);
        await using var dialled = (SocketConnection)await dial;
        accepted.SetTimeToLive(255);
        accepted.RequireTimeToLive(255);

        await IsDroppedUntilSentWith255Async(dialled, accepted);
    }

    [Theory]
    [InlineData("127.0.0.21")]
    [InlineData("::1")]
    public async Task What_came_from_too_far_is_dropped_on_a_dialled_connection(string loopback)
    {
        SkipUnlessLinux();
        await using var listener = await ListenAsync(loopback);
        var dial = SocketTransport.Instance.ConnectAsync(
            new BgpConnectOptions { RemoteEndPoint = listener.LocalEndPoint, TimeToLive = 255, MinimumTimeToLive = 255 }, CancellationToken.None);
        await using var accepted = (SocketConnection)await listener.AcceptAsync(CancellationToken.None);
        await using var dialled = (SocketConnection)await dial;
        accepted.SetTimeToLive(254);

        await IsDroppedUntilSentWith255Async(accepted, dialled);
    }

    [Fact]
    public async Task Two_speakers_with_TTL_security_come_up()
    {
        SkipUnlessLinux();
        var (left, right) = (IPAddress.Parse("127.0.0.22"), IPAddress.Parse("127.0.0.23"));
        await using var listening = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = 65001,
            RouterId = BgpIdentifier.Parse("198.51.100.1"),
            ListenEndPoints = [new IPEndPoint(right, 0)],
        });
        listening.AddPeer(new BgpPeerOptions { Address = left, RemoteAsn = 65000, ConnectMode = BgpConnectMode.Passive, TtlSecurityHops = 1 });
        await listening.StartAsync();
        await using var dialling = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = 65000, RouterId = BgpIdentifier.Parse("198.51.100.2") });
        var peer = dialling.AddPeer(new BgpPeerOptions
        {
            Address = right,
            Port = listening.ListenEndPoints[0].Port,
            LocalAddress = left,
            RemoteAsn = 65001,
            TtlSecurityHops = 1,
        });
        await dialling.StartAsync();

        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
    }

    [Theory]
    [InlineData(0, null, "TtlSecurityHops is 0; allowed: 1 to 254.")]
    [InlineData(255, null, "TtlSecurityHops is 255; allowed: 1 to 254.")]
    [InlineData(1, 2, "TtlSecurityHops is 1 and TimeToLive is 2; allowed: one of the two, since TTL security sends 255.")]
    public async Task Options_that_cannot_be_are_named(int hops, int? timeToLive, string problem)
    {
        await using var speaker = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = 65000, RouterId = BgpIdentifier.Parse("198.51.100.2") });
        var add = () => speaker.AddPeer(new BgpPeerOptions
        {
            Address = IPAddress.Parse("198.51.100.1"),
            RemoteAsn = 65001,
            TtlSecurityHops = hops,
            TimeToLive = timeToLive,
        });

        add.Should().Throw<ArgumentException>().WithMessage($"{problem}*");
    }

    private static async Task IsDroppedUntilSentWith255Async(SocketConnection sender, SocketConnection receiver)
    {
        await sender.SendAsync(new byte[] { 1 }, CancellationToken.None);
        await SpeakerFixture.UntilAsync(() => Retransmissions(sender.Socket) > 0, "TCP sends what nobody acknowledges again");
        receiver.HasUnreadInput.Should().BeFalse("a TTL of 254 has passed a router, and one hop allows none");

        sender.SetTimeToLive(255);
        await SpeakerFixture.UntilAsync(() => receiver.HasUnreadInput, "what is sent with a TTL of 255 arrives");
    }

    private static uint Retransmissions(Socket socket)
    {
        Span<byte> info = stackalloc byte[256];
        socket.GetRawSocketOption(TcpLevel, TcpInfo, info);
        return BinaryPrimitives.ReadUInt32LittleEndian(info[TotalRetransmissions..]);
    }

    private static ValueTask<BgpListener> ListenAsync(string address) =>
        SocketTransport.Instance.ListenAsync(new BgpListenOptions { LocalEndPoint = new IPEndPoint(IPAddress.Parse(address), 0) }, CancellationToken.None);

    private static void SkipUnlessLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "TTL security is Linux' IP_MINTTL.");
}
