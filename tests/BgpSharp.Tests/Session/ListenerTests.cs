using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Tests.Session;

public sealed class ListenerTests
{
    [Fact]
    public async Task A_source_address_that_is_not_on_the_host_yet_is_waited_for_with_one_line()
    {
        await using var fixture = SpeakerFixture.Create();
        var listener = fixture.Listen();
        var isThere = false;
        fixture.Network.OnDial = _ =>
        {
            if (!Volatile.Read(ref isThere))
            {
                throw new SocketException((int)SocketError.AddressNotAvailable);
            }
        };
        var peer = fixture.Speaker.AddPeer(new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            RemoteAsn = SpeakerFixture.RemoteAsn,
            LocalAddress = IPAddress.Parse("198.51.100.12"),
        });
        await fixture.Speaker.StartAsync();
        await fixture.AdvanceUntilAsync(() => fixture.Network.Dials == 5, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        fixture.Logs.Lines.Where(line => line.Contains("not established", StringComparison.Ordinal)).Should().ContainSingle("one line for a cause, not for each try")
            .Which.Should().Contain("198.51.100.12", "the operator must be told which address is missing");

        Volatile.Write(ref isThere, true);
        await using var router = await fixture.AcceptDialAsync(listener, number: 6);
        router.Connection.RemoteEndPoint.Address.Should().Be(IPAddress.Parse("198.51.100.12"));
        await router.EstablishAsync();
        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
    }

    [Fact]
    public async Task A_listen_address_that_is_not_on_the_host_yet_is_waited_for_with_one_line()
    {
        await using var fixture = SpeakerFixture.Create(listening: true);
        var tries = 0;
        fixture.Network.OnListen = _ =>
        {
            if (Interlocked.Increment(ref tries) < 5)
            {
                throw new SocketException((int)SocketError.AddressNotAvailable);
            }
        };
        var peer = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions(mode: BgpConnectMode.Passive));
        await fixture.Speaker.StartAsync();
        fixture.Speaker.ListenEndPoints.Should().BeEmpty();
        await fixture.AdvanceUntilAsync(() => fixture.Speaker.ListenEndPoints.Count == 1, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5));
        await using var router = await fixture.DialAsync(SpeakerFixture.RouterAddress);
        await router.EstablishAsync();
        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
        fixture.Logs.Lines.Should().ContainSingle(line => line.Contains("Cannot listen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Strangers_are_closed_at_once_and_cost_one_line_in_ten_seconds_however_many_they_are()
    {
        await using var fixture = SpeakerFixture.Create(listening: true);
        await fixture.Speaker.StartAsync();
        for (var host = 1; host <= 50; host++)
        {
            await using var stranger = await fixture.DialAsync(new IPAddress([203, 0, 113, (byte)host]));
            await stranger.ExpectCloseAsync();
        }

        await fixture.AdvanceAsync(TimeSpan.FromSeconds(10));
        await using var late = await fixture.DialAsync(IPAddress.Parse("203.0.113.51"));
        await late.ExpectCloseAsync();

        await SpeakerFixture.UntilAsync(() => Lines().Length == 2, "the last one is worth a line again");
        Lines().Should().Equal(
            "Closed a connection from 203.0.113.1: it is no peer (1 closed so far)",
            "Closed a connection from 203.0.113.51: it is no peer (51 closed so far)");

        string[] Lines() => [.. fixture.Logs.Lines.Where(line => line.Contains("it is no peer", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task A_port_in_use_fails_the_start()
    {
        await using var fixture = SpeakerFixture.Create(listening: true);
        await using var taken = fixture.Network.Listen(SpeakerFixture.ListenEndPoint);
        var start = () => fixture.Speaker.StartAsync();
        (await start.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.AddressAlreadyInUse);
    }

    [Fact]
    public async Task A_password_file_that_cannot_be_read_keeps_its_peer_out_until_it_can()
    {
        var path = Path.Combine(Path.GetTempPath(), $"bgpsharp-{Guid.NewGuid():N}.key");
        await using var fixture = SpeakerFixture.Create(listening: true);
        var peer = fixture.Speaker.AddPeer(new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            RemoteAsn = SpeakerFixture.RemoteAsn,
            ConnectMode = BgpConnectMode.Passive,
            Password = BgpSecret.FromFile(path),
        });
        await fixture.Speaker.StartAsync();
        await using (var tooSoon = await fixture.DialAsync(SpeakerFixture.RouterAddress))
        {
            await tooSoon.ExpectCloseAsync();
        }

        fixture.Logs.Lines.Should().ContainSingle(line => line.Contains(path, StringComparison.Ordinal), "the file is named, once");
        try
        {
            await File.WriteAllTextAsync(path, "the key\n");
            ScriptedPeer? router = null;
            for (var tries = 0; router is null; tries++)
            {
                tries.Should().BeLessThan(1000, "the key is tried again every second");
                await fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
                var dialled = await fixture.DialAsync(SpeakerFixture.RouterAddress);
                try
                {
                    await dialled.EstablishAsync();
                    router = dialled;
                }
                catch (EndOfStreamException)
                {
                    await dialled.DisposeAsync();
                }
            }

            await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
            await router.DisposeAsync();
        }
        finally
        {
            File.Delete(path);
        }

        fixture.Logs.Lines.Should().NotContain(line => line.Contains("the key", StringComparison.Ordinal), "a secret is never in a log");
    }

    [Fact]
    public async Task A_peer_that_connects_without_end_has_a_bounded_number_of_connections_and_is_served_afterwards()
    {
        await using var fixture = SpeakerFixture.Create(listening: true);
        var peer = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions(mode: BgpConnectMode.Passive));
        await fixture.Speaker.StartAsync();
        List<ScriptedPeer> flood = [];
        for (var i = 0; i < 200; i++)
        {
            flood.Add(await fixture.DialAsync(SpeakerFixture.RouterAddress));
        }

        await flood[^1].ExpectCloseAsync();
        peer.Driver.ConnectionCount.Should().BeLessThanOrEqualTo(8);
        fixture.Logs.Lines.Should().ContainSingle(line => line.Contains("too many connections", StringComparison.Ordinal), "refusals are logged at a limited rate");
        foreach (var connection in flood)
        {
            await connection.DisposeAsync();
        }

        await SpeakerFixture.UntilAsync(() => peer.Driver.ConnectionCount == 0, "the connections end when the peer has closed them");
        await using var router = await fixture.DialAsync(SpeakerFixture.RouterAddress);
        await router.EstablishAsync();
        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
    }

    [Fact]
    public void A_password_that_is_too_long_is_refused_without_being_printed()
    {
        using var speaker = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = SpeakerFixture.LocalAsn, RouterId = SpeakerFixture.LocalIdentifier });
        var secret = new string('x', 81);
        var add = () => speaker.AddPeer(new BgpPeerOptions { Address = SpeakerFixture.RouterAddress, RemoteAsn = SpeakerFixture.RemoteAsn, Password = BgpSecret.FromString(secret) });
        add.Should().Throw<ArgumentException>().Which.Message.Should().Contain("Password has 81 octets; allowed: 1 to 80").And.NotContain(secret);
        var empty = () => BgpSecret.FromString("");
        empty.Should().Throw<ArgumentException>();
    }
}
