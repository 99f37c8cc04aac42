using System.Net;
using System.Net.Sockets;
using BgpSharp.Tests.Session;
using BgpSharp.Transport;

namespace BgpSharp.Tests.Transport;

/// <summary>TCP-MD5 passwords that change while a session is up, on real sockets.</summary>
public sealed class TcpMd5ChangeTests
{
    private static readonly IpPrefix Vip = IpPrefix.Parse("203.0.113.10/32");

    [Theory]
    [InlineData("127.0.0.31", "127.0.0.32")]
    [InlineData("::1", "::1")]
    public async Task Changed_on_both_sides_the_session_goes_on(string left, string right)
    {
        await using var pair = await StartAsync(left, right, TimeSpan.FromSeconds(90));
        var session = pair.Dialling.Session;
        pair.Dialler.Routes.Announce(new BgpRoute(Vip));
        await SpeakerFixture.WithinPatience(token => pair.Dialling.FlushAsync(token));

        (await pair.Dialling.UpdateAsync(pair.Options(pair.Dialling, "another key"))).Should().BeFalse("nothing of the OPEN changed");
        (await pair.Listening.UpdateAsync(pair.Options(pair.Listening, "another key"))).Should().BeFalse();

        pair.Dialler.Routes.Withdraw(Vip);
        await SpeakerFixture.WithinPatience(token => pair.Dialling.FlushAsync(token));
        pair.Listener.Routes.Announce(new BgpRoute(Vip, new BgpRouteAttributes { NextHop = IPAddress.Parse("198.51.100.1") }));
        await SpeakerFixture.WithinPatience(token => pair.Listening.FlushAsync(token));
        pair.Dialling.Session.Should().BeSameAs(session);
        pair.Dialling.GetStatistics().SessionsEstablished.Should().Be(1);
        pair.Listening.GetStatistics().SessionsEstablished.Should().Be(1);
    }

    [Fact]
    public async Task Changed_on_one_side_only_the_session_ends_with_the_hold_time_and_says_what_it_looks_like()
    {
        await using var pair = await StartAsync("127.0.0.33", "127.0.0.34", TimeSpan.FromSeconds(3));

        (await pair.Dialling.UpdateAsync(pair.Options(pair.Dialling, "another key"))).Should().BeFalse();

        var status = await SpeakerFixture.WaitForAsync(pair.Dialling, status => status.State != BgpSessionState.Established);
        status.LastDown!.ToString().Should().Contain("a TCP-MD5 password is set, and one that differs from the peer's looks like this")
            .And.NotContain("key");

        await pair.Listening.UpdateAsync(pair.Options(pair.Listening, "another key"));

        await SpeakerFixture.WithinPatience(token => pair.Dialling.WaitForEstablishedAsync(token));
    }

    [Fact]
    public async Task A_password_that_comes_or_goes_resets_the_session()
    {
        await using var pair = await StartAsync("127.0.0.35", "127.0.0.36", TimeSpan.FromSeconds(90));

        (await pair.Listening.UpdateAsync(pair.Options(pair.Listening, null))).Should().BeTrue("the kernel does not stop to sign halfway");
        (await pair.Dialling.UpdateAsync(pair.Options(pair.Dialling, null))).Should().BeTrue();

        await SpeakerFixture.WithinPatience(token => pair.Dialling.WaitForEstablishedAsync(token));
    }

    private static async Task<Pair> StartAsync(string left, string right, TimeSpan holdTime)
    {
        SkipUnlessMd5(IPAddress.Parse(right));
        var pair = new Pair(IPAddress.Parse(left), IPAddress.Parse(right), holdTime);
        await pair.StartAsync();
        return pair;
    }

    private static void SkipUnlessMd5(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            TcpMd5.Set(socket, address, BgpSecret.FromString("a key"));
        }
        catch (Exception exception) when (exception is SocketException or PlatformNotSupportedException)
        {
            Assert.Skip($"this kernel has no TCP-MD5: {exception.Message}");
        }
    }

    /// <summary>Two speakers on loopback addresses, one of which listens.</summary>
    private sealed class Pair(IPAddress left, IPAddress right, TimeSpan holdTime) : IAsyncDisposable
    {
        public BgpSpeaker Listener { get; } = new(new BgpSpeakerOptions
        {
            LocalAsn = 65001,
            RouterId = BgpIdentifier.Parse("198.51.100.1"),
            ListenEndPoints = [new IPEndPoint(right, 0)],
        });

        public BgpSpeaker Dialler { get; } = new(new BgpSpeakerOptions { LocalAsn = 65000, RouterId = BgpIdentifier.Parse("198.51.100.2") });

        public BgpPeer Listening { get; private set; } = null!;

        public BgpPeer Dialling { get; private set; } = null!;

        public async Task StartAsync()
        {
            Listening = Listener.AddPeer(Options(passive: true, port: 179, "a key"));
            await Listener.StartAsync();
            Dialling = Dialler.AddPeer(Options(passive: false, Listener.ListenEndPoints[0].Port, "a key"));
            await Dialler.StartAsync();
            await SpeakerFixture.WithinPatience(token => Dialling.WaitForEstablishedAsync(token));
            await SpeakerFixture.WithinPatience(token => Listening.WaitForEstablishedAsync(token));
        }

        public BgpPeerOptions Options(BgpPeer peer, string? password) => Options(peer == Listening, peer.Options.Port, password);

        public async ValueTask DisposeAsync()
        {
            await Dialler.DisposeAsync();
            await Listener.DisposeAsync();
        }

        private BgpPeerOptions Options(bool passive, int port, string? password) => new()
        {
            Address = passive ? left : right,
            Port = port,
            LocalAddress = passive ? null : left,
            RemoteAsn = passive ? 65000u : 65001u,
            ConnectMode = passive ? BgpConnectMode.Passive : BgpConnectMode.Active,
            HoldTime = holdTime,
            Password = password is null ? null : BgpSecret.FromString(password),
        };
    }
}
