using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using BgpSharp.Testing;

namespace BgpSharp.Yardstick.Sessions;

/// <summary>What sessions cost the speaker that holds them: time to come up, memory, CPU at rest, threads, time to an UPDATE.</summary>
internal sealed class SessionMeasurement
{
    private const int Handshakes = 200;

    // What the process takes once, whatever it serves, is no longer seen among so many.
    private const int Many = 100;
    private const int MostMemory = 20_000;
    private const double MostCpu = 2;

    // A shorter time says nothing of the CPU.
    private static readonly TimeSpan LeastRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);
    private static readonly IpPrefix Route = IpPrefix.Parse("203.0.113.10/32");

    private readonly ConcurrentDictionary<IPAddress, long> _accepted = new();
    private readonly ConcurrentQueue<long> _handshakes = new();
    private readonly BgpSpeaker _speaker;
    private readonly TimeSpan _seconds;

    private SessionMeasurement(TimeSpan seconds, BgpTransport? transport)
    {
        _seconds = seconds;
        _speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = Setting.OurAsn,
            RouterId = BgpIdentifier.Parse("198.51.100.11"),
            Transport = transport,
            ListenEndPoints = [new IPEndPoint(IPAddress.Loopback, transport is null ? 0 : 179)],
            AcceptPeer = Accept,
        });
    }

    /// <summary>
    /// Prints the table; 1 when sessions were lost, many take too much memory or CPU, or take more threads than few.
    /// In memory the peers are in this process, and what they take is counted.
    /// </summary>
    public static async Task<int> RunAsync(string network, int seconds, IEnumerable<int> counts)
    {
        var memory = network == "memory" ? new MemoryTransport() : null;
        var measurement = new SessionMeasurement(TimeSpan.FromSeconds(seconds), memory);
        await using var speaker = measurement._speaker;
        await speaker.StartAsync();
        Console.WriteLine(memory is null ? "over loopback, the peers in another process" : "in memory, the peers in this process and counted too");
        return await measurement.RunAsync(target => memory is null ? new FarProcess(target) : new FarScript(memory, target), counts);
    }

    private async Task<int> RunAsync(Func<IPEndPoint, IFarSide> connect, IEnumerable<int> counts)
    {
        await using var far = connect(_speaker.ListenEndPoints[0]);
        await far.DialAsync(Handshakes);
        await UntilAsync(() => _handshakes.Count == Handshakes);
        var handshakes = _handshakes.ToArray();
        await far.HangUpAsync();
        await Task.WhenAll(_speaker.Peers.Select(peer => peer.RemoveAsync()));
        _handshakes.Clear();
        await Task.Delay(Settling);
        var empty = ManagedMemory();

        Console.WriteLine(Invariant(
            $"connection accepted to Established: median {Percentile(handshakes, 50) / 1e6:0.00} ms, p99 {Percentile(handshakes, 99) / 1e6:0.00} ms ({Handshakes} sessions, one after another)"));
        Console.WriteLine(Invariant($"{"",8} {"managed KB",12} {"CPU of one",11} {"",8} {"announce to UPDATE at the peer",31}"));
        Console.WriteLine(Invariant($"{"sessions",8} {"a session",12} {"core, %",11} {"threads",8} {"median us",20} {"p99 us",10}"));
        var failures = new List<string>();
        int? fewest = null;
        foreach (var count in counts)
        {
            await far.DialAsync(count - _speaker.Peers.Count);
            await UntilAsync(() => _speaker.Peers.Count(peer => peer.Session is not null) == count);
            await Task.Delay(Settling);
            var cpu = await CpuAsync();
            var memory = (double)(ManagedMemory() - empty) / count;
            var threads = Process.GetCurrentProcess().Threads.Count;
            fewest ??= threads;
            var arrivals = await AnnounceAsync(far, rounds: Math.Clamp(1000 / count, 20, 500));
            var lost = _speaker.Peers.Sum(peer => peer.GetStatistics().SessionsLost);
            if (lost > 0)
            {
                failures.Add($"{lost} of {count} sessions were lost");
            }

            if (count >= Many && memory > MostMemory)
            {
                failures.Add(Invariant($"each of {count} sessions takes {memory / 1000:0.0} KB, not at most {MostMemory / 1000}"));
            }

            if (count > Many && cpu > MostCpu && _seconds >= LeastRest)
            {
                failures.Add(Invariant($"{count} sessions take {cpu:0.0} % of a core at rest, not at most {MostCpu}"));
            }

            if (threads > fewest + Many)
            {
                failures.Add($"{count} sessions take {threads} threads, and fewer took {fewest}");
            }

            Console.WriteLine(Invariant(
                $"{count,8} {memory / 1000,12:0.0} {cpu,11:0.00} {threads,8} {Percentile(arrivals, 50) / 1e3,20:0} {Percentile(arrivals, 99) / 1e3,10:0}"));
        }

        failures.ForEach(Console.Error.WriteLine);
        return failures.Count > 0 ? 1 : 0;
    }

    private async Task<double> CpuAsync()
    {
        var (cpu, time) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await Task.Delay(_seconds);
        return (Environment.CpuUsage.TotalTime - cpu) / Stopwatch.GetElapsedTime(time) * 100;
    }

    private async Task<long[]> AnnounceAsync(IFarSide far, int rounds)
    {
        List<long> delays = [];
        for (var round = 0u; round < rounds; round++)
        {
            var announced = Stopwatch.GetTimestamp();
            _speaker.Routes.Announce(new BgpRoute(Route, new BgpRouteAttributes { Med = round }));
            delays.AddRange((await far.NextRoundAsync()).Select(arrived => Nanoseconds(arrived - announced)));
        }

        _speaker.Routes.Withdraw(Route);
        await _speaker.FlushAsync();
        return [.. delays];
    }

    private BgpPeerOptions Accept(IPEndPoint remote)
    {
        _accepted[remote.Address] = Stopwatch.GetTimestamp();
        return new BgpPeerOptions
        {
            Address = remote.Address,
            RemoteAsn = Setting.FarAsn,
            ConnectMode = BgpConnectMode.Passive,
            HoldTime = Setting.HoldTime,
            KeepaliveInterval = Setting.KeepaliveInterval,
            Handler = new Established(this),
        };
    }

    private static long ManagedMemory()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static async Task UntilAsync(Func<bool> happened)
    {
        using var limit = new CancellationTokenSource(Setting.Patience);
        while (!happened())
        {
            await Task.Delay(1, limit.Token);
        }
    }

    private static long Nanoseconds(long ticks) => (long)(ticks * (1e9 / Stopwatch.Frequency));

    private static double Percentile(long[] values, int percent) => values.Order().ElementAt((values.Length - 1) * percent / 100);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Established(SessionMeasurement owner) : BgpPeerHandler
    {
        public override ValueTask OnEstablishedAsync(BgpSession session, CancellationToken cancellationToken)
        {
            if (owner._accepted.TryRemove(session.RemoteEndPoint.Address, out var accepted))
            {
                owner._handshakes.Enqueue(Nanoseconds(Stopwatch.GetTimestamp() - accepted));
            }

            return ValueTask.CompletedTask;
        }
    }
}
