using BgpSharp.Bfd;

namespace BgpSharp.Simulation.Bfd;

/// <summary>One machine with the loop around it, in small: packets, timers, and pauses in which it sees neither.</summary>
internal sealed class BfdEnd(BfdWorld world, int number, BfdMachineConfig config, BfdMutation mutation)
{
    private readonly Queue<(BfdControlPacket Packet, TimeSpan At)> _unread = new();
    private BfdMachineState _machine;
    private BfdMachineConfig? _inForce;
    private TimeSpan? _armedFor;
    private TimeSpan _pausedUntil;
    private TimeSpan _turnedAt;
    private BfdPace _pace;
    private int _turns;
    private int _incarnation;

    public int Number => number;

    public BfdMachineConfig Config { get; set; } = config;

    public BfdMachineState Machine => _machine;

    /// <summary>The shortest interval that the process can keep.</summary>
    public TimeSpan LeastInterval { get; private set; }

    public bool IsAlive { get; private set; }

    public BfdEnd Peer { get; set; } = null!;

    /// <summary>Begins anew, as a process does; it remembers nothing.</summary>
    public void Start()
    {
        IsAlive = true;
        _incarnation++;
        _unread.Clear();
        _armedFor = null;
        (_pace, LeastInterval) = (default, TimeSpan.Zero);
        _machine = BfdMachine.Start(Config, (uint)((number << 16) + _incarnation), world.Clock.Now);
        world.Referee.Started(this);
        Turn();
    }

    /// <summary>Power off: not a word.</summary>
    public void Stop() => IsAlive = false;

    /// <summary>The process gets no processor; what arrives waits in the socket.</summary>
    public void Pause(TimeSpan time)
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
        _pace = _pace.Observe(now - _machine.NextDeadline is { } late && late > TimeSpan.Zero ? late : TimeSpan.Zero, now);
        while (_unread.TryDequeue(out var read))
        {
            Step(BfdEvent.Received(read.Packet, read.At, now, world.Jitter));
        }

        var least = BfdPace.LeastInterval(_pace.Repeated, Config.DetectMultiplier);
        if (!ReferenceEquals(_inForce, Config) || LeastInterval != least || _machine.NextDeadline <= now)
        {
            (_inForce, LeastInterval) = (Config, least);
            Step(BfdEvent.Timer(now, now, world.Jitter));
        }

        Arm();
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
        world.Referee.Sent(this, packet, isNews);
        world.Carry(this, packet);
    }
}
