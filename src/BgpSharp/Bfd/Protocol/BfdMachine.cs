namespace BgpSharp.Bfd;

/// <summary>
/// The state machine of RFC 5880 §6.8 in asynchronous mode, active role: (state, event) to (state, actions). It reads no clock
/// and allocates nothing.
/// </summary>
internal static class BfdMachine
{
    /// <summary>The least interval between packets while not Up (§6.8.3).</summary>
    public static readonly TimeSpan SlowInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan InitialRemoteMinRx = TimeSpan.FromMicroseconds(1);

    /// <summary>A new session, which sends at its first timer event.</summary>
    public static BfdMachineState Start(BfdMachineConfig config, uint localDiscriminator, TimeSpan now)
    {
        var interval = Larger(config.DesiredMinTx, SlowInterval);
        return new BfdMachineState
        {
            State = config.AdminDown ? BfdState.AdminDown : BfdState.Down,
            Diagnostic = config.AdminDown ? BfdDiagnostic.AdministrativelyDown : BfdDiagnostic.None,
            LocalDiscriminator = localDiscriminator,
            RemoteState = BfdState.Down,
            RemoteMinRx = InitialRemoteMinRx,
            DetectMultiplier = config.DetectMultiplier,
            DesiredMinTx = interval,
            TxInForce = interval,
            RequiredMinRx = config.RequiredMinRx,
            RxInForce = config.RequiredMinRx,
            LastSent = now - interval,
            NextSend = now,
        };
    }

    public static BfdTransition Step(in BfdMachineState state, in BfdEvent input, BfdMachineConfig config)
    {
        var before = state.TransmitInterval;
        var actions = BfdActions.None;
        var next = state with { DetectMultiplier = config.DetectMultiplier, IsSlowed = input.LeastInterval > config.DesiredMinTx };
        next = input.Kind == BfdEventKind.Packet
            ? Receive(next, input, ref actions)
            : Expire(Administer(next, config), input.HeardUntil);
        if (next.State != state.State)
        {
            // News does not wait for its turn (§6.8.7).
            actions |= BfdActions.Send;
        }

        next = Negotiate(next, config, input, hasChanged: next.State != state.State, ref actions);
        if (IsNews(state, next))
        {
            actions |= BfdActions.StateChanged;
        }

        if (next.TransmitInterval != before)
        {
            // Another interval holds from the last packet on, not from the next one (§6.8.3).
            var planned = next.LastSent + Jittered(next, input.Jitter);
            var moves = next.TransmitInterval < before ? planned < next.NextSend : planned > next.NextSend;
            next = moves ? next with { NextSend = planned } : next;
        }

        if (!next.IsSending)
        {
            actions &= ~BfdActions.Send;
        }
        else if ((actions & BfdActions.SendFinal) != 0)
        {
            // It has the news already; a poll waits for the next turn.
            actions &= ~BfdActions.Send;
        }
        else if ((actions & BfdActions.Send) != 0 || (input.Kind == BfdEventKind.Timer && next.NextSend <= input.At))
        {
            actions |= BfdActions.Send;
            next = next with
            {
                LastSent = input.At,
                NextSend = input.At + Jittered(next, input.Jitter),
                PollsSent = next.Polling ? next.PollsSent + 1 : next.PollsSent,
            };
        }

        return new BfdTransition(next, actions);
    }

    private static bool IsNews(in BfdMachineState before, in BfdMachineState after) =>
        before.State != after.State
        || (before.RemoteState == BfdState.AdminDown) != (after.RemoteState == BfdState.AdminDown)
        || (after.State == BfdState.Up && (before.TransmitInterval != after.TransmitInterval || before.DetectionTime != after.DetectionTime));

    private static BfdMachineState Administer(in BfdMachineState state, BfdMachineConfig config) => (state.State, config.AdminDown) switch
    {
        (not BfdState.AdminDown, true) => state with { State = BfdState.AdminDown, Diagnostic = BfdDiagnostic.AdministrativelyDown },
        (BfdState.AdminDown, false) => state with { State = BfdState.Down, Diagnostic = BfdDiagnostic.None },
        _ => state,
    };

    /// <summary>The reception of a packet that was found to be for this session (§6.8.6).</summary>
    private static BfdMachineState Receive(in BfdMachineState state, in BfdEvent input, ref BfdActions actions)
    {
        var packet = input.Packet;
        var next = state with
        {
            RemoteDiscriminator = packet.MyDiscriminator,
            RemoteState = packet.State,
            RemoteDiagnostic = packet.Diagnostic,
            RemoteDemand = packet.Demand,
            RemoteMultiplier = packet.DetectMultiplier,
            RemoteMinTx = TimeSpan.FromMicroseconds(packet.DesiredMinTx),
            RemoteMinRx = TimeSpan.FromMicroseconds(packet.RequiredMinRx),
            LastReceived = state.LastReceived > input.ArrivedAt ? state.LastReceived : input.ArrivedAt,
        };
        if (packet.Final && next.Polling)
        {
            next = next with
            {
                Polling = false,
                TxInForce = next.DesiredMinTx,
                RxInForce = next.RequiredMinRx,
                // Each P is answered: the answers to the later ones take no longer than the first.
                NextPollAt = next.PollsSent > 1 ? input.At + (input.At - next.PollBegan) : input.At,
            };
        }

        if (next.State == BfdState.AdminDown)
        {
            // The peer has not heard of it: silence until the next turn would look like a failure to it.
            actions |= packet.State is BfdState.Init or BfdState.Up ? BfdActions.Send : BfdActions.None;
            return next;
        }

        if (packet.Poll)
        {
            actions |= BfdActions.SendFinal;
        }

        return (next.State, packet.State) switch
        {
            (BfdState.Init or BfdState.Up, BfdState.AdminDown) or (BfdState.Up, BfdState.Down) =>
                next with { State = BfdState.Down, Diagnostic = BfdDiagnostic.NeighborSignaledSessionDown },
            (BfdState.Down, BfdState.Down) => next with { State = BfdState.Init },
            (BfdState.Down, BfdState.Init) or (BfdState.Init, BfdState.Init or BfdState.Up) =>
                next with { State = BfdState.Up, Diagnostic = BfdDiagnostic.None },
            _ => next,
        };
    }

    /// <summary>Judges the silence (§6.8.4), and forgets what a silent peer said (§6.8.1).</summary>
    private static BfdMachineState Expire(in BfdMachineState state, TimeSpan heardUntil)
    {
        if (!(state.DetectionDeadline <= heardUntil))
        {
            return state;
        }

        var forgotten = state with
        {
            RemoteDiscriminator = 0,
            RemoteState = BfdState.Down,
            RemoteDemand = false,
            RemoteMultiplier = 0,
            RemoteMinTx = TimeSpan.Zero,
            RemoteMinRx = InitialRemoteMinRx,
            LastReceived = null,
            Polling = false,
        };
        return state.State is BfdState.Init or BfdState.Up
            ? forgotten with { State = BfdState.Down, Diagnostic = BfdDiagnostic.ControlDetectionTimeExpired }
            : forgotten;
    }

    /// <summary>Tells the peer of other timers by a poll, and puts in force at once what cannot make it believe we are gone (§6.8.3).</summary>
    private static BfdMachineState Negotiate(in BfdMachineState state, BfdMachineConfig config, in BfdEvent input, bool hasChanged, ref BfdActions actions)
    {
        var (now, isUp) = (input.At, state.State == BfdState.Up);
        var tx = Larger(config.DesiredMinTx, isUp ? input.LeastInterval : Larger(input.LeastInterval, SlowInterval));
        var rx = config.RequiredMinRx;
        if (state.DesiredMinTx == tx && state.RequiredMinRx == rx)
        {
            // Not Up, nobody relies on what was before a poll that was never answered.
            return isUp ? state : state with { TxInForce = tx, RxInForce = rx };
        }

        if (isUp && !hasChanged && (state.Polling || now < state.NextPollAt))
        {
            // One poll at a time: its answer has to be about these values.
            return state;
        }

        actions |= BfdActions.Send;
        var isHeard = state.RemoteDiscriminator != 0;
        return state with
        {
            DesiredMinTx = tx,
            RequiredMinRx = rx,
            TxInForce = isUp ? Smaller(state.TxInForce, tx) : tx,
            RxInForce = isUp ? Larger(state.RxInForce, rx) : rx,
            Polling = isHeard,
            PollBegan = state.Polling ? state.PollBegan : now,
            PollsSent = state.Polling ? state.PollsSent : 0,
        };
    }

    // 75 to 100 %, and at most 90 % where one lost packet is enough (§6.8.7).
    internal static TimeSpan Jittered(in BfdMachineState state, double jitter) =>
        state.TransmitInterval * (0.75 + ((state.DetectMultiplier == 1 ? 0.15 : 0.25) * jitter));

    private static TimeSpan Larger(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Smaller(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
