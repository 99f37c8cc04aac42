namespace BgpSharp.Fsm;

/// <summary>
/// The peer as a whole: Idle, Connect and Active (RFC 4271 §8.2.2). The dialling side goes on, timers and all, while an
/// accepted connection is on its way, and ends when one is Established: a connection accepted from a peer that died
/// after its SYN must not keep us from dialling for as long as an OPEN is waited for.
/// </summary>
internal static class DiallingStates
{
    public static void Start(ref Transition transition, bool passive)
    {
        // A peer that is held down was started; an operator starts it again all the same, other start events do not.
        var ordered = transition.Input.Kind is FsmEventKind.ManualStart or FsmEventKind.ManualStartPassive;
        if (transition.State.Started && !(transition.State.IsHeldDown && ordered))
        {
            return;
        }

        transition.State = transition.State with
        {
            Started = true,
            IsHeldDown = false,
            IdleHoldDeadline = null,
            Dialling = BgpSessionState.Active,
            ConnectRetryCounter = 0,
            Misconfigured = false,
            LastDialAt = null,
        };
        if (!transition.Config.Active)
        {
            return;
        }

        if (passive)
        {
            transition.State = transition.State with { ConnectRetryDeadline = Backoff.NextDial(transition) };
        }
        else
        {
            transition.Dial();
        }
    }

    /// <summary>ManualStop: nothing happens any more until the next start.</summary>
    public static void StopForGood(ref Transition transition)
    {
        CloseAll(ref transition);
        transition.State = transition.State with { Started = false, IsHeldDown = false, ConnectRetryCounter = 0, Misconfigured = false };
    }

    /// <summary>AutomaticStop: the IdleHoldTimer starts the peer again, unless it is held down without end.</summary>
    public static void StopForNow(ref Transition transition)
    {
        if (transition.State.State == BgpSessionState.Idle)
        {
            if (transition.State.IsHeldDown && transition.Input.IdleHold is null)
            {
                // A reset: the hold ends at once.
                transition.State = transition.State with { IsHeldDown = false, IdleHoldDeadline = transition.Input.Now };
            }

            return;
        }

        var lasted = transition.State.Established is { } session
            && Backoff.Lasted(session, transition.State.EstablishedAt, transition.Input.Now);
        CloseAll(ref transition);
        transition.State = transition.State with
        {
            ConnectRetryCounter = lasted ? 0 : transition.State.ConnectRetryCounter + 1,
            Misconfigured = Backoff.SaysMisconfigured(transition.Input.Notification),
        };
        transition.State = transition.State with
        {
            IsHeldDown = transition.Input.IdleHold is not null,
            IdleHoldDeadline = transition.Input.IdleHold is not { } hold ? Backoff.NextDial(transition)
                : hold == TimeSpan.MaxValue ? null
                : transition.Input.Now + hold,
        };
    }

    public static void ConnectRetryTimerExpires(ref Transition transition)
    {
        if (!(transition.State.ConnectRetryDeadline <= transition.Input.Now))
        {
            return;
        }

        if (transition.State.Dialling == BgpSessionState.Connect)
        {
            var dial = transition.State.DialConnection;
            transition.Add(FsmActionKind.Close, dial);
            CountFailedDial(ref transition, dial, new BgpDownReason(BgpDownKind.ConnectFailed, detail: "no answer in time"));
        }

        transition.Dial();
    }

    public static void IdleHoldTimerExpires(ref Transition transition)
    {
        if (!(transition.State.IdleHoldDeadline <= transition.Input.Now))
        {
            return;
        }

        transition.StopDialling(BgpSessionState.Active);
        transition.State = transition.State with { IsHeldDown = false };
        if (transition.Config.Active)
        {
            transition.Dial();
        }
    }

    /// <summary>Event 16: the dial is up.</summary>
    public static void Dialled(ref Transition transition)
    {
        var number = transition.Input.Connection;
        if (transition.State.IsDialling(number))
        {
            transition.State = transition.State with
            {
                Dialling = BgpSessionState.Active,
                DialConnection = 0,
                ConnectRetryDeadline = null,
            };
            Open(ref transition);
        }
        else if (transition.State.Find(number) is null)
        {
            // A dial that was given up a moment before TCP was up.
            transition.Add(FsmActionKind.Close, number);
        }
    }

    /// <summary>
    /// Event 17: the peer dialled us. It is taken whatever our own timers say, in Idle after an error too, where RFC 4271
    /// refuses it: a router that comes back must not wait for our idle hold. An accepted connection that is not
    /// Established yet gives way to the new one: a peer has one dial at a time, so the old one is dead at its end. Only a
    /// peer that is held down is refused.
    /// </summary>
    public static void Accepted(ref Transition transition)
    {
        var number = transition.Input.Connection;
        if (transition.State.Find(number) is not null)
        {
            return;
        }

        if (!transition.State.Started || transition.State.IsHeldDown || !transition.Config.Passive)
        {
            transition.Add(FsmActionKind.Close, number);
            return;
        }

        if (transition.State.Inbound is { } old)
        {
            Collision.Lose(ref transition, old, new ConnectionState(number, BgpSessionState.OpenSent));
        }

        Open(ref transition);
    }

    /// <summary>Event 18 for a dial in progress. Nothing is left to close.</summary>
    public static void DialFailed(ref Transition transition)
    {
        CountFailedDial(
            ref transition,
            transition.State.DialConnection,
            transition.Input.Reason ?? new BgpDownReason(BgpDownKind.ConnectFailed));
        transition.State = transition.State with { ConnectRetryDeadline = Backoff.NextDial(transition) };
    }

    private static void CountFailedDial(ref Transition transition, int dial, BgpDownReason reason)
    {
        transition.Add(new FsmAction(FsmActionKind.AttemptFailed, dial) { Reason = reason });
        transition.State = transition.State with
        {
            Dialling = BgpSessionState.Active,
            DialConnection = 0,
            ConnectRetryDeadline = null,
            ConnectRetryCounter = transition.State.ConnectRetryCounter + 1,
            Misconfigured = false,
        };
    }

    private static void Open(ref Transition transition)
    {
        var connection = new ConnectionState(transition.Input.Connection, BgpSessionState.OpenSent)
        {
            BeganBeside = transition.State.Established?.Id,
        };
        if (transition.Config.DelayOpenTime > TimeSpan.Zero)
        {
            DelayedOpenState.Begin(ref transition, connection);
        }
        else
        {
            OpenSentState.Begin(ref transition, connection);
        }
    }

    private static void CloseAll(ref Transition transition)
    {
        var notification = transition.Input.Notification;
        var reason = transition.Input.Reason ?? new BgpDownReason(BgpDownKind.Stopped, notification);
        var state = transition.State;
        foreach (var connection in (ReadOnlySpan<ConnectionState?>)[state.Established, state.Outbound, state.Inbound])
        {
            if (connection is not null)
            {
                transition.Close(connection, reason, notification);
            }
        }

        transition.StopDialling(BgpSessionState.Idle);
    }
}
