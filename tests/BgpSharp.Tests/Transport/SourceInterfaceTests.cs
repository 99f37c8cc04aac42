using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using BgpSharp.Tests.Session;
using BgpSharp.Transport;

namespace BgpSharp.Tests.Transport;

/// <summary>Connections tied to one interface, on real sockets.</summary>
public sealed class SourceInterfaceTests
{
    [Theory]
    [InlineData("127.0.0.31")]
    [InlineData("::1")]
    public async Task Both_ends_are_bound_to_the_interface_the_connection_uses(string loopback)
    {
        SkipUnlessLinux();
        await using var listener = await ListenAsync(loopback);
        var dial = SocketTransport.Instance.ConnectAsync(
            new BgpConnectOptions { RemoteEndPoint = listener.LocalEndPoint, SourceInterface = "lo" }, CancellationToken.None);
        await using var accepted = (SocketConnection)await listener.AcceptAsync(CancellationToken.None);
        await using var dialled = (SocketConnection)await dial;
        DeviceOf(accepted.Socket).Should().BeEmpty("nobody asked yet");

        accepted.RequireInterface("lo");

        DeviceOf(dialled.Socket).Should().Be("lo", "SO_BINDTODEVICE");
        DeviceOf(accepted.Socket).Should().Be("lo", "SO_BINDTODEVICE");
        await dialled.SendAsync(new byte[] { 1 }, CancellationToken.None);
        await SpeakerFixture.UntilAsync(() => accepted.HasUnreadInput, "octets travel over it as ever");
    }

    [Fact]
    public async Task An_IPv4_connection_to_a_listener_of_both_families_is_known_by_its_interface_too()
    {
        SkipUnlessLinux();
        using var listening = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        listening.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        listening.Listen(1);
        await using var dialled = await SocketTransport.Instance.ConnectAsync(
            new BgpConnectOptions { RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)listening.LocalEndPoint!).Port) }, CancellationToken.None);
        await using var accepted = new SocketConnection(await listening.AcceptAsync());

        accepted.RequireInterface("lo");

        DeviceOf(accepted.Socket).Should().Be("lo");
    }

    [Theory]
    [InlineData("127.0.0.31")]
    [InlineData("::1")]
    public async Task A_connection_that_came_in_by_another_interface_is_refused(string loopback)
    {
        SkipUnlessLinux();
        var other = NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(candidate => candidate.NetworkInterfaceType != NetworkInterfaceType.Loopback)?.Name;
        Assert.SkipWhen(other is null, "This machine has no interface but lo.");
        await using var listener = await ListenAsync(loopback);
        await using var dialled = await SocketTransport.Instance.ConnectAsync(new BgpConnectOptions { RemoteEndPoint = listener.LocalEndPoint }, CancellationToken.None);
        await using var accepted = (SocketConnection)await listener.AcceptAsync(CancellationToken.None);

        var require = () => accepted.RequireInterface(other);

        require.Should().Throw<IOException>().WithMessage($"It came in by interface 1, not by {other}, *");
        DeviceOf(accepted.Socket).Should().BeEmpty("it is closed, not bound");
    }

    [Fact]
    public async Task A_speaker_says_by_which_interface_it_cannot_connect()
    {
        SkipUnlessLinux();
        await using var speaker = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = 65000, RouterId = BgpIdentifier.Parse("198.51.100.2") });
        var peer = speaker.AddPeer(new BgpPeerOptions
        {
            Address = IPAddress.Parse("127.0.0.31"),
            LocalAddress = IPAddress.Parse("127.0.0.32"),
            RemoteAsn = 65001,
            SourceInterface = "no-such-one",
            ConnectMode = BgpConnectMode.Active,
        });

        await speaker.StartAsync();

        var status = await SpeakerFixture.WaitForAsync(peer, status => status.LastDown is not null);
        status.LastDown!.Kind.Should().Be(BgpDownKind.ConnectFailed);
        status.LastDown.ToString().Should().Contain("There is no interface no-such-one").And.Contain("from 127.0.0.32 by no-such-one");
    }

    [Fact]
    public async Task A_transport_without_interfaces_accepts_nothing_for_a_peer_that_has_one()
    {
        await using var fixture = SpeakerFixture.Create(listening: true);
        fixture.Speaker.AddPeer(Options("eth0"));
        await fixture.Speaker.StartAsync();

        await using var router = await fixture.DialAsync(SpeakerFixture.RouterAddress);

        await router.ExpectCloseAsync();
        fixture.Logs.Lines.Should().ContainSingle(line => line.Contains("198.51.100.9: This transport has no interfaces.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_interface_needs_another_session()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync();

        (await peer.UpdateAsync(Options("eth0", BgpConnectMode.Active))).Should().BeTrue();

        (await router.ExpectNotificationAsync()).Subcode.Should().Be(CeaseSubcode.OtherConfigurationChange);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("eth 0")]
    [InlineData("eth0\n")]
    [InlineData("eth/0")]
    [InlineData("eth0:1")]
    [InlineData("sixteen-octets-x")]
    [InlineData("\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9")]
    public async Task A_name_that_no_interface_can_have_is_refused(string name)
    {
        await using var fixture = SpeakerFixture.Create();

        var add = () => fixture.Speaker.AddPeer(Options(name, BgpConnectMode.Active));

        add.Should().Throw<ArgumentException>().WithMessage($"SourceInterface is '{name}'; allowed: 1 to 15 octets *");
    }

    [Fact]
    public async Task A_name_of_15_octets_is_allowed()
    {
        await using var fixture = SpeakerFixture.Create();

        fixture.Speaker.AddPeer(Options("fifteen-octets-", BgpConnectMode.Active)).Options.SourceInterface.Should().HaveLength(15);
    }

    private static BgpPeerOptions Options(string device, BgpConnectMode mode = BgpConnectMode.Passive) => new()
    {
        Address = SpeakerFixture.RouterAddress,
        RemoteAsn = SpeakerFixture.RemoteAsn,
        ConnectMode = mode,
        SourceInterface = device,
    };

    private static string DeviceOf(Socket socket)
    {
        Span<byte> name = stackalloc byte[16];
        var length = socket.GetRawSocketOption(1, 25, name);
        return Encoding.UTF8.GetString(name[..length]).TrimEnd('\0');
    }

    private static ValueTask<BgpListener> ListenAsync(string address) =>
        SocketTransport.Instance.ListenAsync(new BgpListenOptions { LocalEndPoint = new IPEndPoint(IPAddress.Parse(address), 0) }, CancellationToken.None);

    private static void SkipUnlessLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Interfaces are bound to by Linux' SO_BINDTODEVICE.");
}
