using System.Buffers;
using System.Net;
using System.Net.Sockets;
using BgpSharp.Interop.Harness;
using BgpSharp.Wire;

namespace BgpSharp.Interop;

/// <summary>A peer that sends KEEPALIVEs and reads nothing, so that TCP's window closes in earnest (RFC 9687).</summary>
public sealed class ClosedWindowTests
{
    private static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(3_000)]
    [InlineData(200_000)]
    public async Task The_peer_is_given_up_and_no_other_session_flaps(int prefixes)
    {
        await using var lab = await Lab.CreateAsync(masters: 2);
        await using var speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = 65000,
            RouterId = BgpIdentifier.Parse($"{LabTopology.MasterAddress(1)}"),
            ListenEndPoints = [new IPEndPoint(LabTopology.MasterAddress(1), 179)],
            Transport = new NamespaceTransport(lab.MasterNs(1)),
        });
        var deaf = speaker.AddPeer(Options(LabTopology.RouterAddress));
        var well = speaker.AddPeer(Options(LabTopology.MasterAddress(2)));
        await speaker.StartAsync(TestContext.Current.CancellationToken);
        await using var other = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = 65001,
            RouterId = BgpIdentifier.Parse($"{LabTopology.MasterAddress(2)}"),
            Transport = new NamespaceTransport(lab.MasterNs(2)),
        });
        var toSpeaker = other.AddPeer(new BgpPeerOptions { Address = LabTopology.MasterAddress(1), RemoteAsn = 65000, ConnectMode = BgpConnectMode.Active, HoldTime = HoldTime, Families = [BgpFamily.Ipv6Unicast] });
        await other.StartAsync(TestContext.Current.CancellationToken);
        using var limit = new Deadline();
        var session = await well.WaitForEstablishedAsync(limit.Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        using var socket = NetNs.OpenTcp(lab.RouterNs);
        var talking = TalkAsync(socket, stop.Token);
        await deaf.WaitForEstablishedAsync(limit.Token);

        var attributes = new BgpRouteAttributes { NextHop = IPAddress.Parse("2001:db8::11") };
        speaker.Routes.Announce(Enumerable.Range(0, prefixes).Select(i => IpPrefix.Parse($"2001:db8:1:{i >> 16:x}:{i & 0xFFFF:x}::/80")), attributes);

        await foreach (var status in deaf.WatchAsync(limit.Token))
        {
            if (status.LastDown is { } reason)
            {
                reason.Kind.Should().Be(BgpDownKind.SendHoldTimerExpired, $"the peer is alive and takes nothing, but it ended: {reason}");
                reason.ToString().Should().Contain("took nothing from us").And.Contain("Send Hold Timer Expired");
                break;
            }
        }

        await Poll.UntilAsync(
            () => Task.FromResult(toSpeaker.GetStatistics().PrefixesReceived), received => received == prefixes, "the other peer has every prefix");
        well.Session.Should().BeSameAs(session, "the other session never flapped");
        (well.GetStatistics().SessionsLost, toSpeaker.GetStatistics().SessionsLost).Should().Be((0L, 0L));
        await stop.CancelAsync();
        await talking;
    }

    private static BgpPeerOptions Options(IPAddress address) => new()
    {
        Address = address,
        RemoteAsn = 65001,
        ConnectMode = BgpConnectMode.Passive,
        HoldTime = HoldTime,
        Families = [BgpFamily.Ipv6Unicast],
        SendHoldTime = TimeSpan.FromSeconds(4),
    };

    /// <summary>OPEN, and a KEEPALIVE a second for as long as there is somebody to send it to. Nothing is ever read.</summary>
    private static async Task TalkAsync(Socket socket, CancellationToken cancellationToken)
    {
        socket.ReceiveBufferSize = 4096;
        socket.Bind(new IPEndPoint(LabTopology.RouterAddress, 0));
        await socket.ConnectAsync(new IPEndPoint(LabTopology.MasterAddress(1), 179), cancellationToken);
        await socket.SendAsync(Encode(output => OpenCodec.Encode(
            new OpenMessage
            {
                MyAutonomousSystem = 65001,
                HoldTime = (ushort)HoldTime.TotalSeconds,
                Identifier = BgpIdentifier.Parse($"{LabTopology.RouterAddress}"),
                Capabilities = [MultiprotocolCapability.Create(BgpFamily.Ipv6Unicast), FourOctetAsnCapability.Create(65001)],
            },
            output)), cancellationToken);
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            do
            {
                await socket.SendAsync(Encode(KeepaliveCodec.Encode), cancellationToken);
            }
            while (await second.WaitForNextTickAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The speaker has closed, or the test is over.
        }
    }

    private static byte[] Encode(Action<IBufferWriter<byte>> encode)
    {
        var output = new ArrayBufferWriter<byte>();
        encode(output);
        return output.WrittenSpan.ToArray();
    }
}
