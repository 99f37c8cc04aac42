using BgpSharp.Bfd;

namespace BgpSharp.Simulation.Bfd;

/// <summary>One machine with the loop around it, in small: packets, timers, and pauses in which it sees neither.</summary>
internal sealed class BfdEnd(BfdWorld world, int number, BfdMachineConfig config, BfdMutation mutation)
{
    private readonly Queue<(BfdControlPacket Packet, TimeSpan At)> _unread = new();
    private readonly BfdSchedule _ahead = new();
    private int _handedOver;
    private BfdMachineState _machine;
    private BfdMachineConfig? _inForce;
    private TimeSpan? _armedFor;
    private TimeSpan _pausedUntil;
    private TimeSpan _stalledUntil;
    private bool _isLate;
    private TimeSpan _collected;
    private TimeSpan _starved;
    private TimeSpan _turnedAt;
    private BfdLateness _lateness = null!;
    private int _turns;
    private int _incarnation;

    public int Number => number;

    public BfdMachineConfig Config { get; set; } = config;

    public BfdMachineState Machine => _machine;

    /// <summary>The shortest interval that the process can keep.</summary>
    public TimeSpan LeastInterval { get; private set; }

    public bool IsAlive { get; private set; }

    /// <summary>Whether the kernel has the periodic packets before their time.</summary>
    public bool SendsAhead { get; init; }

    public bool IsAhead => !_ahead.IsEmpty;

    public BfdEnd Peer { get; set; } = null!;

    /// <summary>Begins anew, as a process does; it remembers nothing.</summary>
    public void Start()
    {
        IsAlive = true;
        _incarnation++;
        _unread.Clear();
        TakeBack();
        _armedFor = null;
        _lateness = new BfdLateness(() => _collected, () => _starved);
        LeastInterval = TimeSpan.Zero;
        _machine = BfdMachine.Start(Config, (uint)((number << 16) + _incarnation), world.Clock.Now);
        world.Referee.Started(this);
        Turn();
    }

    /// <summary>Power off: not a word.</summary>
    public void Stop()
    {
        IsAlive = false;
        TakeBack();
    }

    /// <summary>Garbage is collected: what arrives waits in the socket, and the kernel sends what it has.</summary>
    public void Collect(TimeSpan time)
    {
        _collected += time;
        Pause(time);
    }

    /// <summary>The process gets no processor; what arrives waits in the socket. It may believe that it collected garbage meanwhile.</summary>
    public void Stall(TimeSpan time)
    {
        _collected += world.Random.Chance(0.5) ? time : TimeSpan.Zero;
        _stalledUntil = world.Clock.Now + time;
        _starved += time;

        // The kernel's work comes first.
        Pause(time + TimeSpan.FromTicks(1));
    }

    private void Pause(TimeSpan time)
    {
        _pausedUntil = world.Clock.Now + time;
        var incarnation = _incarnation;
        world.Clock.At(_pausedUntil, () =>
        {
            if (incarnation == _incarnation)
            {
                Turn();
            }
        });
    }

    public void Configure(BfdMachineConfig wanted)
    {
        Config = wanted;
        Turn();
    }

    public void Arrive(BfdControlPacket packet)
    {
        if (!IsAlive || (packet.YourDiscriminator != 0 && packet.YourDiscriminator != _machine.LocalDiscriminator))
        {
            return;
        }

        world.Referee.Arrived(this, packet);
        _unread.Enqueue((packet, world.Clock.Now));
        Turn();
    }

    // Reads the socket empty, then judges: as the loop does.
    private void Turn()
    {
        var now = world.Clock.Now;
        if (!IsAlive || now < _pausedUntil)
        {
            return;
        }

        (_turns, _turnedAt) = _turnedAt == now ? (_turns + 1, now) : (0, now);
        BfdReferee.Rests(_turns);
        _lateness.Observe(now, now - _machine.NextDeadline is { } late && late > TimeSpan.Zero ? late : TimeSpan.Zero, !SendsAhead, SendsAhead, _ahead.IsEmpty ? null : _ahead.Next);
        _ahead.Advance(ref _machine, now);
        while (_unread.TryDequeue(out var read))
        {
            Step(BfdEvent.Received(read.Packet, read.At, now, world.Jitter));
        }

        var least = _lateness.LeastInterval(SendsAhead, Config.DetectMultiplier);
        if (!ReferenceEquals(_inForce, Config) || LeastInterval != least || _machine.NextDeadline <= now)
        {
            (_inForce, LeastInterval) = (Config, least);
            Step(BfdEvent.Timer(now, now, world.Jitter));
        }

        HandOver(now);
        Arm();
    }

    private void HandOver(TimeSpan now)
    {
        if (!SendsAhead || !BfdSchedule.Allows(_machine) || (_ahead.IsEmpty ? !_ahead.MayBegin(now) : _ahead.RefillAt > now))
        {
            return;
        }

        var (packet, handedOver) = (_machine.ToPacket(final: false), _handedOver);
        while (_ahead.TryAdd(_machine, now, world.Jitter, out var at))
        {
            world.Clock.At(at, () => SendAhead(packet, handedOver));
        }
    }

    private void SendAhead(BfdControlPacket packet, int handedOver)
    {
        if (handedOver != _handedOver)
        {
            return;
        }

        if (world.Clock.Now < _stalledUntil)
        {
            world.Clock.At(_stalledUntil, () => SendAhead(packet, handedOver));
            return;
        }

        Send(packet, isNews: false);
    }

    private void TakeBack()
    {
        _ahead.TakeBack(world.Clock.Now);
        _handedOver += mutation == BfdMutation.NothingTakenBack ? 0 : 1;
    }

    private void Arm()
    {
        if (_machine.NextDeadline is not { } deadline || _armedFor <= deadline)
        {
            return;
        }

        _armedFor = deadline;
        var incarnation = _incarnation;
        world.Clock.At(deadline + world.Lateness, () =>
        {
            if (incarnation == _incarnation)
            {
                _armedFor = null;
                Turn();
            }
        });
    }

    private void Step(BfdEvent input)
    {
        var before = _machine;
        var (next, actions) = MutatedBfd.Step(mutation, before, input with { LeastInterval = LeastInterval }, _inForce ?? Config);
        _machine = next;
        if (!_ahead.IsEmpty && !_ahead.Fits(next))
        {
            TakeBack();
        }

        world.Note(number, next.State, (int)actions);
        world.Referee.Stepped(this, before, input);
        if ((actions & BfdActions.SendFinal) != 0)
        {
            Send(next.ToPacket(final: true), isNews: true);
        }

        if ((actions & BfdActions.Send) != 0)
        {
            var isNews = next.State == BfdState.AdminDown || before.State != next.State || before.DesiredMinTx != next.DesiredMinTx || before.RequiredMinRx != next.RequiredMinRx;
            Send(next.ToPacket(final: false), isNews);
        }
    }

    private void Send(BfdControlPacket packet, bool isNews)
    {
        // Those that a stall made late come together, and the next one at its time all the same.
        var wasLate = _isLate;
        _isLate = SendsAhead && (packet.Final ? wasLate : world.Clock.Now - _stalledUntil <= TimeSpan.FromTicks(1));
        isNews |= wasLate || _isLate;
        world.Referee.Sent(this, packet, isNews);
        world.Carry(this, packet);
    }
}
