using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using BgpSharp.Interop.Harness;
using BgpSharp.Wire;

namespace BgpSharp.Interop;

/// <summary>A speaker with FRR and a peer that means harm: whatever that one does, FRR's session is the same one afterwards.</summary>
public sealed class HostilePeerTests(ITestOutputHelper output)
{
    // Other tests share the process, and what it holds is not asked of this one alone.
    private const long AllowedMemory = 64 << 20;
    private const int MostLines = 1000;

    private static readonly IPEndPoint Target = new(LabTopology.MasterAddress(1), 179);
    private static readonly IPAddress Attacker = LabTopology.MasterAddress(2);
    private static readonly Asn AttackerAsn = 65002;
    private static readonly BgpRouteAttributes Attributes = new() { AsPath = new AsPath(AttackerAsn), NextHop = Attacker };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Memory_stays_bounded_and_the_session_with_FRR_stays_up_whatever_a_peer_does()
    {
        await using var lab = await Lab.CreateAsync(masters: 2);
        var log = new LogLines();
        await using var speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = 65000,
            RouterId = BgpIdentifier.Parse($"{Target.Address}"),
            ListenEndPoints = [new IPEndPoint(IPAddress.Any, Target.Port)],
            Transport = new NamespaceTransport(lab.MasterNs(1)),
            LoggerFactory = log,
        });
        var vip = IpPrefix.Parse(LabTopology.VipPrefix);
        var frr = speaker.AddPeer(new BgpPeerOptions
        {
            Address = LabTopology.RouterAddress,
            RemoteAsn = 65001,
            ConnectMode = BgpConnectMode.Passive,
            Export = context => context.Prefix == vip ? context.Attributes : null,
        });
        var attacker = speaker.AddPeer(new BgpPeerOptions
        {
            Address = Attacker,
            RemoteAsn = AttackerAsn,
            ConnectMode = BgpConnectMode.Passive,
            ExtendedMessages = false,
            PrefixLimits = [new BgpPrefixLimit { Family = BgpFamily.Ipv4Unicast, Maximum = 1000, Action = BgpPrefixLimitAction.Discard }],
        });
        speaker.Routes.Announce(new BgpRoute(vip));
        await speaker.StartAsync(Cancelled);
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 1) with { ConnectRetry = 1, Timers = (1, 3) });
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [Target.Address]);
        var session = frr.Session;
        session.Should().NotBeNull();
        session!.HoldTime.Should().Be(TimeSpan.FromSeconds(3), "a session that is neglected falls soon");

        var from = lab.MasterNs(2);
        (string Name, Func<Task> Act)[] attacks =
        [
            ("connections from an unknown address", () => FloodAsync(lab.ClientNs)),
            ("connections from the peer", () => FloodAsync(from)),
            ("an OPEN octet by octet", () => SlowOpenAsync(from, attacker)),
            ("an OPEN, then silence", () => SilenceAsync(from)),
            ("messages of 65535 octets", () => LongMessagesAsync(from, attacker)),
            ("prefixes beyond the maximum", () => PrefixesAsync(from, attacker)),
            ("NOTIFICATIONs", () => NotificationsAsync(from, attacker)),
            ("a peer that never reads", () => NeverReadAsync(from, attacker, speaker)),
        ];
        using var process = Process.GetCurrentProcess();
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var (name, act) in attacks)
        {
            process.Refresh();
            var (cpu, lines) = (process.TotalProcessorTime, log.All.Count);
            var clock = Stopwatch.GetTimestamp();
            await act();
            process.Refresh();
            output.WriteLine(
                $"{name}: {(process.TotalProcessorTime - cpu).TotalSeconds:0.00} s CPU in {Stopwatch.GetElapsedTime(clock).TotalSeconds:0.0} s, "
                + $"RSS {process.WorkingSet64 >> 20} MB, {log.All.Count - lines} lines (test and speaker together)");
            await EndedAsync(attacker);
            (GC.GetTotalMemory(forceFullCollection: true) - memory).Should().BeLessThan(AllowedMemory, "{0} may leave nothing behind", name);
            frr.Session.Should().BeSameAs(session, "{0}: the session with FRR has nothing to do with it", name);
        }

        log.All.Count.Should().BeLessThan(MostLines, "the log is no attacker's to fill");
        log.All.Should().NotContain(line => line.Contains("internal error", StringComparison.Ordinal));
        var neighbor = await router.NeighborAsync(Target.Address);
        neighbor.GetProperty("connectionsDropped").GetInt32().Should().Be(0, "FRR saw one session, too");
        neighbor.GetProperty("connectionsEstablished").GetInt32().Should().Be(1);
    }

    private static async Task FloodAsync(string ns)
    {
        Queue<Socket> open = [];
        for (var i = 0; i < 500; i++)
        {
            open.Enqueue(await ConnectAsync(ns));
            if (open.Count > 20)
            {
                open.Dequeue().Dispose();
            }
        }

        foreach (var socket in open)
        {
            socket.Dispose();
        }
    }

    private static async Task SlowOpenAsync(string ns, BgpPeer peer)
    {
        using var socket = await ConnectAsync(ns);
        foreach (var octet in Opening())
        {
            await socket.SendAsync(new[] { octet }, Cancelled);
        }

        await EstablishedAsync(peer);
    }

    private static async Task SilenceAsync(string ns)
    {
        // Each is given up for the next one; how long the last one has, a clock would have to say.
        Queue<Socket> silent = [];
        for (var i = 0; i < 100; i++)
        {
            silent.Enqueue(await ConnectAsync(ns));
            await SendAsync(silent.Last(), Encode(output => OpenCodec.Encode(Open(), output)));
            if (silent.Count > 5)
            {
                silent.Dequeue().Dispose();
            }
        }

        foreach (var socket in silent)
        {
            socket.Dispose();
        }
    }

    private static async Task LongMessagesAsync(string ns, BgpPeer peer)
    {
        byte[] message = [.. Enumerable.Repeat((byte)0xFF, 18), 2, .. new byte[65535 - 19]];
        (message[16], message[17]) = (0xFF, 0xFF);
        for (var i = 0; i < 30; i++)
        {
            using (var socket = await ConnectAsync(ns))
            {
                await socket.SendAsync(Opening(), Cancelled);
                await EstablishedAsync(peer);
                if (await SendAsync(socket, message))
                {
                    await ReadToEndAsync(socket);
                }
            }

            await EndedAsync(peer);
        }
    }

    private static async Task PrefixesAsync(string ns, BgpPeer peer)
    {
        const int rounds = 200;
        const int perRound = 500;
        using var socket = await ConnectAsync(ns);
        await socket.SendAsync(Opening(), Cancelled);
        await EstablishedAsync(peer);
        var context = new WireContext { FourOctetAsn = true };
        var message = new byte[4096];
        for (var round = 0; round < rounds; round++)
        {
            var length = UpdateWriter.WriteAnnouncements(
                message, BgpFamily.Ipv4Unicast, Attributes, Prefixes(round * perRound, perRound), in context, out var taken);
            taken.Should().Be(perRound);
            await socket.SendAsync(message.AsMemory(0, length), Cancelled);
        }

        await Poll.UntilAsync(
            () => Task.FromResult(peer.GetStatistics().PrefixesDiscarded), discarded => discarded == (rounds * perRound) - 1000, "all are read, and those beyond the limit discarded");
        peer.GetStatistics().PrefixesHeld.Should().Be(1000);
        peer.State.Should().Be(BgpSessionState.Established);
    }

    private static async Task NotificationsAsync(string ns, BgpPeer peer)
    {
        var before = peer.GetStatistics().SessionsLost;
        byte[] notification = [.. Enumerable.Repeat((byte)0xFF, 16), 0, 21, 3, 6, 4];
        byte[] storm = [.. Enumerable.Repeat(notification, 20).SelectMany(octets => octets)];
        for (var i = 0; peer.GetStatistics().SessionsLost - before < 200; i++)
        {
            // One that comes while too many others are still ending is refused.
            i.Should().BeLessThan(5000, "most get a session");
            using var socket = await ConnectAsync(ns);
            if (await SendAsync(socket, [.. Opening(), .. storm]))
            {
                await ReadToEndAsync(socket);
            }
        }
    }

    private static async Task NeverReadAsync(string ns, BgpPeer peer, BgpSpeaker speaker)
    {
        using var socket = NetNs.OpenTcp(ns);
        socket.ReceiveBufferSize = 2048;
        await socket.ConnectAsync(Target, Cancelled);
        await socket.SendAsync(Opening(), Cancelled);
        await EstablishedAsync(peer);
        using var routes = speaker.CreateRouteSet();
        var prefixes = Prefixes(0, 20_000);
        for (var round = 0u; round < 20; round++)
        {
            routes.Announce(prefixes, new BgpRouteAttributes { Med = round });
        }

        speaker.RouteBook.Read(table => table.EntryCount).Should().BeLessThanOrEqualTo(prefixes.Length + 1, "an entry a prefix, however often it changes");
        var before = peer.GetStatistics().MessagesReceived;
        byte[] refresh = [.. Enumerable.Repeat((byte)0xFF, 16), 0, 23, 5, 0, 1, 0, 1];
        byte[] requests = [.. Enumerable.Repeat(refresh, 1000).SelectMany(octets => octets)];
        await socket.SendAsync(requests, Cancelled);
        await Poll.UntilAsync(() => Task.FromResult(peer.GetStatistics().MessagesReceived), received => received >= before + 1000, "its requests are read all the same");
        peer.State.Should().Be(BgpSessionState.Established);
    }

    private static async Task<Socket> ConnectAsync(string ns)
    {
        var socket = NetNs.OpenTcp(ns);
        socket.NoDelay = true;
        await socket.ConnectAsync(Target, Cancelled);
        return socket;
    }

    /// <summary>Reads until the speaker has closed.</summary>
    private static async Task ReadToEndAsync(Socket socket)
    {
        using var limit = new Deadline();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, limit.Token) > 0)
            {
            }
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            // As good an end as any.
        }
    }

    /// <summary>Sends; false: the speaker has closed.</summary>
    private static async Task<bool> SendAsync(Socket socket, byte[] octets)
    {
        try
        {
            await socket.SendAsync(octets, Cancelled);
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            return false;
        }
    }

    private static Task<BgpSessionState> EstablishedAsync(BgpPeer peer) =>
        Poll.UntilAsync(() => Task.FromResult(peer.State), state => state == BgpSessionState.Established, "the attacker has a session", () => $"{peer}");

    private static Task<int> EndedAsync(BgpPeer peer) =>
        Poll.UntilAsync(() => Task.FromResult(peer.Driver.ConnectionCount), count => count == 0, "the attacker's connections end", () => $"{peer}");

    private static OpenMessage Open() => new()
    {
        MyAutonomousSystem = (ushort)AttackerAsn.Value,
        HoldTime = 90,
        Identifier = BgpIdentifier.Parse($"{Attacker}"),
        Capabilities = [MultiprotocolCapability.Create(BgpFamily.Ipv4Unicast), BgpCapability.RouteRefresh, FourOctetAsnCapability.Create(AttackerAsn)],
    };

    /// <summary>OPEN and KEEPALIVE.</summary>
    private static byte[] Opening() => Encode(output =>
    {
        OpenCodec.Encode(Open(), output);
        KeepaliveCodec.Encode(output);
    });

    private static byte[] Encode(Action<IBufferWriter<byte>> encode)
    {
        var output = new ArrayBufferWriter<byte>();
        encode(output);
        return output.WrittenSpan.ToArray();
    }

    private static IpPrefix[] Prefixes(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => IpPrefix.Create(IPAddress.Parse($"198.{18 + (i >> 16)}.{(i >> 8) & 255}.{i & 255}"), 32))];
}
