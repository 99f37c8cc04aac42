using BgpSharp.Fsm;

namespace BgpSharp.Simulation;

/// <summary>A peer as its driver runs it: the mailbox, the one timer, and what the actions do.</summary>
internal sealed class SimPeer
{
    private static readonly TimeSpan DialWindow = TimeSpan.FromSeconds(3);
    private const int DialsInWindow = 12;

    private readonly Queue<FsmEvent> _mailbox = new();
    private readonly List<FsmAction> _actions = [];
    private readonly Queue<TimeSpan> _dials = new();
    private readonly MutatedFsm _fsm;
    private readonly int _life;
    private TimeSpan? _armedFor;
    private int _epoch;
    private int _lastAccepted;
    private bool _draining;

    public SimPeer(SimHost host, SimHost remote, bool active)
    {
        (Host, Remote, IsActive, _life) = (host, remote, active, host.Life);
        Config = new PeerFsmConfig
        {
            LocalAsn = host.Asn,
            LocalIdentifier = host.Identifier,
            RemoteAsn = remote.Asn,
            HoldTime = host.HoldTime,
            Active = active,
            BfdStrict = host.BfdStrict,
            OpenHoldTime = TimeSpan.FromSeconds(20),
        };
        _fsm = new MutatedFsm(host.World.Mutation, Config);
    }

    public SimHost Host { get; }

    public SimHost Remote { get; }

    public bool IsActive { get; }

    public PeerFsmConfig Config { get; }

    public World World => Host.World;

    public PeerFsmState State { get; private set; } = PeerFsmState.Initial;

    public Dictionary<int, SimConnection> Connections { get; } = [];

    public SimConnection? Established { get; private set; }

    /// <summary>Whether BFD with the other machine is Up here.</summary>
    public bool IsBfdUp { get; private set; }

    /// <summary>Our Adj-RIB-In: the MED of each prefix.</summary>
    public Dictionary<IpPrefix, uint> Learned { get; } = [];

    /// <summary>The Adj-RIB-Out of the last session, for a mistake to keep.</summary>
    public Rib.AdjRibOut? KeptRib { get; set; }

    public void Start() => Post(Event(FsmEventKind.ManualStart));

    public void Stop() => Post(Event(FsmEventKind.ManualStop) with { Notification = new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.AdministrativeShutdown) });

    public void Reset() => Post(Event(FsmEventKind.AutomaticStop) with { Notification = new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.AdministrativeReset) });

    /// <summary>BFD has found the path up or down.</summary>
    public void BfdChanged(bool isUp)
    {
        if (isUp == IsBfdUp)
        {
            return;
        }

        IsBfdUp = isUp;
        Post(Event(isUp ? FsmEventKind.BfdUp : FsmEventKind.BfdDown));
        if (!isUp && Established is { } session)
        {
            Post(Event(FsmEventKind.AutomaticStop, session.Id) with { Notification = new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.BfdDown) });
        }
    }

    public FsmEvent Event(FsmEventKind kind, int connection = 0) =>
        new(kind, Host.Now) { Connection = connection, Jitter = World.Random.NextDouble() };

    public bool TryAccept(SimEnd end)
    {
        if (Connections.Count >= 8)
        {
            return false;
        }

        var connection = new SimConnection(this, --_lastAccepted);
        Connections.Add(connection.Id, connection);
        connection.Accepted(end);
        return true;
    }

    public void Forget(SimConnection connection)
    {
        if (World.Mutation != Mutation.ConnectionLeaked)
        {
            Connections.Remove(connection.Id);
        }
    }

    public void Post(FsmEvent input)
    {
        _mailbox.Enqueue(input);
        if (_draining)
        {
            return;
        }

        _draining = true;
        while (_mailbox.TryDequeue(out var next))
        {
            Step(next);
            Arm();
        }

        _draining = false;
    }

    private void Step(in FsmEvent input)
    {
        World.Note(Host, input.Kind, input.Connection);
        _actions.Clear();
        State = _fsm.Step(State, input, _actions);
        foreach (var action in _actions.ToArray())
        {
            // An accepted connection that gives way to the next one the peer opened is no collision of §6.8.
            if (action is { Kind: FsmActionKind.AttemptFailed, Reason.Kind: BgpDownKind.Collision } && input.Kind == FsmEventKind.BgpOpen)
            {
                Referee.CheckCollision(this, action.Connection);
            }

            Execute(action);
        }
    }

    private void Execute(in FsmAction action)
    {
        World.Note(Host, action.Kind, action.Connection);
        switch (action.Kind)
        {
            case FsmActionKind.Connect:
                Dial(action.Connection);
                return;
            case FsmActionKind.AttemptFailed:
                return;
        }

        if (!Connections.TryGetValue(action.Connection, out var connection))
        {
            return;
        }

        switch (action.Kind)
        {
            case FsmActionKind.SendOpen:
                connection.SendOpen(LocalOpen.Create(Config));
                break;
            case FsmActionKind.SendKeepalive:
                connection.SendKeepalive();
                break;
            case FsmActionKind.SendNotification:
                connection.SendNotification(action.Notification!);
                break;
            case FsmActionKind.Close:
                connection.Close();
                break;
            case FsmActionKind.Drop:
                connection.Close();
                connection.Abort();
                break;
            case FsmActionKind.SessionUp:
                Referee.CheckNoOtherSession(this, connection);
                Referee.CheckBfd(this, action.Negotiated!);
                Established = connection;
                connection.Establish(action.Negotiated!);
                break;
            case FsmActionKind.SessionDown:
                Referee.CheckEnd(this, connection, action.Reason!);
                Established = null;
                if (World.Mutation != Mutation.WithdrawLostOnReconnect)
                {
                    Learned.Clear();
                }

                connection.EndSession();
                break;
        }
    }

    private void Dial(int id)
    {
        _dials.Enqueue(World.Clock.Now);
        while (_dials.Peek() < World.Clock.Now - DialWindow)
        {
            _dials.Dequeue();
        }

        if (_dials.Count > DialsInWindow)
        {
            throw new InvariantException($"{Host.Number} dialled {Remote.Number} {_dials.Count} times within {DialWindow.TotalSeconds} s");
        }

        var connection = new SimConnection(this, id);
        Connections.Add(id, connection);
        World.Network.Connect(connection, Remote, World.Clock.Now);
    }

    private void OnTimer()
    {
        _armedFor = null;
        var now = Host.Now;
        if (Established is { } connection && World.Mutation != Mutation.SignsOfLifeIgnored)
        {
            Step(Event(FsmEventKind.KeepaliveMessage, connection.Id) with
            {
                At = connection.HasUnread ? now : connection.LastReceived,
                SentAt = connection.LastSent(now),
                UpdateSentAt = connection.LastUpdateSent,
            });
        }

        while (PeerFsm.TryGetDueTimer(State, now, out var due))
        {
            Step(due with { Jitter = World.Random.NextDouble() });
        }

        Referee.CheckAlive(this);
    }

    /// <summary>The clock has jumped, and the kernel's timers with it.</summary>
    public void Rearm()
    {
        _armedFor = null;
        Arm();
    }

    private void Arm()
    {
        if (State.NextDeadline is not { } deadline || (_armedFor is { } armed && armed <= deadline))
        {
            return;
        }

        _armedFor = deadline;
        var epoch = ++_epoch;
        var late = World.Random.Chance(0.1) ? World.Random.Between(0, 0.8) : TimeSpan.Zero;
        var wait = deadline - Host.Now;
        World.Clock.After((wait > TimeSpan.Zero ? wait : TimeSpan.Zero) + late, () => Alive(() => Expired(epoch)));
    }

    private void Alive(Action action)
    {
        if (Host.Life == _life)
        {
            Host.Do(action);
        }
    }

    private void Expired(int epoch)
    {
        if (epoch == _epoch && _armedFor is not null)
        {
            OnTimer();
            Arm();
        }
        else if (World.Mutation == Mutation.TimerEpochIgnored && State.Established is { HoldDeadline: { } deadline } session)
        {
            Post(Event(FsmEventKind.HoldTimerExpires, session.Id) with { Now = deadline });
        }
    }
}
