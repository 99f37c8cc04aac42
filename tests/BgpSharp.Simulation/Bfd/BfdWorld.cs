using System.Globalization;
using BgpSharp.Bfd;

namespace BgpSharp.Simulation.Bfd;

/// <summary>One run: two BFD machines, a link that loses and delays, and what is done to them, all from one number.</summary>
internal sealed class BfdWorld
{
    private const int TraceLength = 60;
    private static readonly TimeSpan TimeToAgree = TimeSpan.FromSeconds(600);
    private static readonly int[] Intervals = [10, 30, 100, 300, 1000, 2000];

    private readonly bool _tracing;
    private readonly Queue<string> _trace = new();
    private readonly BfdEnd[] _ends;
    private readonly int[] _lostInRow = new int[2];
    private readonly TimeSpan _delay;
    private readonly TimeSpan _variation;
    private readonly double _loss;
    private readonly bool[] _cut = new bool[2];
    private readonly TimeSpan[] _lastArrival = new TimeSpan[2];
    private readonly Queue<(TimeSpan Arrival, byte Multiplier)>[] _underWay = [new(), new()];
    private ulong _hash = 14695981039346656037;

    private BfdWorld(ulong seed, BfdMutation mutation, bool tracing)
    {
        (Random, _tracing) = (new SimRandom(seed), tracing);
        _delay = Random.Between(0.00005, 0.004);
        _loss = Random.Of(0, 0.05, 0.3, 0.6);

        // What the jitter of the shortest interval gives back, less a little: with it no packet is late enough to matter.
        _variation = TimeSpan.FromMilliseconds(Intervals[0]) * 0.01;
        Lateness = _variation / 4;
        Referee = new BfdReferee(this);
        _ends = [AnyEnd(0, mutation), AnyEnd(1, BfdMutation.None)];
        (_ends[0].Peer, _ends[1].Peer) = (_ends[1], _ends[0]);
    }

    public SimClock Clock { get; } = new();

    public SimRandom Random { get; }

    public BfdReferee Referee { get; }

    /// <summary>Never the whole interval: what is left is more than the delays vary by.</summary>
    public double Jitter => Random.NextDouble() * 0.9;

    /// <summary>How late a timer is.</summary>
    public TimeSpan Lateness { get; }

    /// <summary>Runs a seed.</summary>
    public static RunResult Run(ulong seed, BfdMutation mutation = BfdMutation.None, bool tracing = false)
    {
        var world = new BfdWorld(seed, mutation, tracing);
        try
        {
            world.Play();
            return new RunResult(seed, null, world._hash, []);
        }
        catch (InvariantException broken)
        {
            return new RunResult(seed, $"BFD, at {world.Clock.Now.TotalSeconds:0.0000} s: {broken.Message}", world._hash, [.. world._trace]);
        }
    }

    /// <summary>Remembers what happened.</summary>
    public void Note(int end, BfdState state, int actions) =>
        _hash = ((((_hash ^ (ulong)Clock.Now.Ticks) * 1099511628211) ^ (uint)state) * 1099511628211) ^ ((uint)actions << 4) ^ (uint)end;

    /// <summary>The link: it loses packets, never as many in a row as the receiver could take for silence, unless it is cut.</summary>
    public void Carry(BfdEnd from, BfdControlPacket packet)
    {
        var isLost = _cut[from.Number] || (Random.Chance(_loss) && _lostInRow[from.Number] + 1 < MayLose(from));
        Say($"{from.Number} {(isLost ? "loses" : "sends")} {packet.State}{(packet.Poll ? " P" : "")}{(packet.Final ? " F" : "")} tx {packet.DesiredMinTx} rx {packet.RequiredMinRx} x{packet.DetectMultiplier} {packet.Diagnostic}");
        _lostInRow[from.Number] = isLost ? _lostInRow[from.Number] + 1 : 0;
        if (!isLost)
        {
            // One path keeps the order.
            var arrival = Clock.Now + _delay + (_variation * Random.NextDouble());
            arrival = arrival > _lastArrival[from.Number] ? arrival : _lastArrival[from.Number];
            _lastArrival[from.Number] = arrival;
            _underWay[from.Number].Enqueue((arrival, packet.DetectMultiplier));
            Clock.At(arrival, () =>
            {
                // What was on its way when the link was cut is lost as well.
                if (!_cut[from.Number])
                {
                    from.Peer.Arrive(packet);
                }
            });
        }
    }

    // The multiplier the receiver knows: the one of the last packet that arrived, or a smaller one that was sent since.
    private int MayLose(BfdEnd from)
    {
        var underWay = _underWay[from.Number];
        while (underWay.TryPeek(out var first) && first.Arrival <= Clock.Now)
        {
            underWay.Dequeue();
        }

        var least = Math.Min(from.Config.DetectMultiplier, Math.Max(from.Peer.Machine.RemoteMultiplier, (byte)1));
        return underWay.Select(packet => packet.Multiplier).Append(least).Min();
    }

    private void Play()
    {
        _ends[0].Start();
        Clock.RunUntil(Random.Between(0, 3));
        _ends[1].Start();
        Settle();
        for (var i = 0; i < 4; i++)
        {
            Referee.IsPathGood = true;
            Happen(_ends[Random.Next(2)]);
            Referee.IsPathGood = false;
            Settle();
        }
    }

    /// <summary>Lets time pass until both sides are Up and have ended their polls; there is enough of it.</summary>
    private void Settle()
    {
        // What was heard before may be from before a pause.
        var begin = Clock.Now;
        while (Clock.Now < begin + TimeToAgree && !(BfdReferee.HasAgreed(_ends) && _ends.All(end => end.Machine.LastReceived > begin)))
        {
            Clock.RunUntil(Clock.Now + TimeSpan.FromMilliseconds(200));
        }

        BfdReferee.Agree(_ends);
    }

    private void Happen(BfdEnd end)
    {
        switch (Random.Next(9))
        {
            case 0:
                // Nothing at all, for a while.
                Clock.RunUntil(Clock.Now + Random.Between(0.5, 5));
                break;
            case 1:
                for (var changes = 1 + Random.Next(4); changes > 0; changes--)
                {
                    Random.Of(end, end.Peer).Configure(AnyConfig());
                    Clock.RunUntil(Clock.Now + Random.Between(0, Random.Of(0.02, 0.2, 5)));
                }

                Settle();
                break;
            case 2:
                Referee.IsPathGood = _loss == 0;
                end.Configure(end.Config with { AdminDown = true });
                Heard("it is held down", end.Peer);
                Clock.RunUntil(Clock.Now + Random.Between(0.1, 2));
                end.Configure(end.Config with { AdminDown = false });
                break;
            case 3:
                // Power off, and on again.
                Referee.IsPathGood = false;
                end.Stop();
                Clock.RunUntil(Clock.Now + LongestDetection);
                BfdReferee.IsNotUp(end.Peer);
                Clock.RunUntil(Clock.Now + Random.Between(0, 2));
                end.Start();
                break;
            case 4:
                // A restart too quick for silence: the peer hears a session that is not Up.
                Referee.IsPathGood = false;
                end.Stop();
                end.Start();
                break;
            case 5:
                Referee.IsPathGood = false;
                _cut[0] = Random.Chance(0.6);
                _cut[1] = !_cut[0] || Random.Chance(0.5);
                Clock.RunUntil(Clock.Now + LongestDetection + LongestDetection + TimeSpan.FromSeconds(3));
                Array.ForEach(_ends, BfdReferee.IsNotUp);
                (_cut[0], _cut[1]) = (false, false);
                break;
            case 6:
                // A pause of ours: the peer may give us up, we must not give up the peer for it.
                Referee.IsPathGood = false;
                Stand(end.Stall, Random.Between(0.001, Random.Of(0.05, 3)));
                break;
            case 8:
                // A collection of garbage: the peer must not notice, as long as the kernel has packets of ours.
                Referee.IsPathGood = end.IsAhead;
                Stand(end.Collect, Random.Between(0.001, 1.8));
                break;
            case 7:
                StandStill(end);
                break;
        }
    }

    private void Stand(Action<TimeSpan> pause, TimeSpan time)
    {
        pause(time);
        Clock.RunUntil(Clock.Now + time + TimeSpan.FromSeconds(1));
    }

    /// <summary>
    /// Pauses that grow until they are far longer than the peer would have waited in the beginning, each no surprise after the ones
    /// before: the interval grows with them, and the peer never finds us gone.
    /// </summary>
    private void StandStill(BfdEnd end)
    {
        Referee.IsPathGood = _loss == 0;
        var interval = end.Machine.TransmitInterval;
        if (interval > TimeSpan.FromMilliseconds(300))
        {
            // The pauses would be further apart than they are remembered.
            return;
        }

        var pause = (end.Config.DetectMultiplier == 1 ? 0.05 : (end.Config.DetectMultiplier - 1) * 0.5) * interval;
        for (var i = 0; i < 10; i++)
        {
            // Just before a packet is due, so that all of the pause is a delay.
            Clock.RunUntil(end.Machine.NextSend - TimeSpan.FromTicks(1));
            end.Stall(pause);
            Clock.RunUntil(Clock.Now + pause + (4 * end.Machine.TransmitInterval) + TimeSpan.FromMilliseconds(100));
            pause *= i % 2 == 0 ? 1 : 1.5;
        }

        if (Referee.IsPathGood)
        {
            BfdReferee.IsSlower(end, interval);
        }
    }

    private TimeSpan LongestDetection => _ends.Max(end => end.Machine.DetectionTime) + TimeSpan.FromMilliseconds(50);

    private void Heard(string what, BfdEnd by)
    {
        if (_loss == 0)
        {
            Clock.RunUntil(Clock.Now + _delay + _variation + Lateness);
            BfdReferee.Knows(by, what);
        }
    }

    private void Say(string text)
    {
        if (!_tracing)
        {
            return;
        }

        if (_trace.Count == TraceLength)
        {
            _trace.Dequeue();
        }

        _trace.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{Clock.Now.TotalSeconds,10:0.0000} {text}"));
    }

    private BfdEnd AnyEnd(int number, BfdMutation mutation) => new(this, number, AnyConfig(), mutation) { SendsAhead = Random.Chance(0.5) };

    private BfdMachineConfig AnyConfig() => new()
    {
        DesiredMinTx = TimeSpan.FromMilliseconds(Random.Of(Intervals)),
        RequiredMinRx = TimeSpan.FromMilliseconds(Random.Of(Intervals)),
        DetectMultiplier = (byte)(1 + Random.Next(5)),
    };
}
