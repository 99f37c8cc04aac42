using BgpSharp.Fsm;

namespace BgpSharp.Sessions;

/// <summary>The peer's one timer: set for the first of the state machine's deadlines, and late on a machine that has no time for us.</summary>
internal sealed partial class PeerDriver
{
    // A timer later than this ran on a machine that had no time for us, and our reader may not have had any either.
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(1);

    private void OnTimer()
    {
        var now = Now;
        var late = now - _armedFor > Lateness;
        var isDue = _armedFor <= now;
        _armedFor = null;
        ExpireStaleRoutes(now);
        if (Established is { } connection)
        {
            connection.LookForKeepalives();
            if (isDue && _fsm.NextDeadline > now)
            {
                return;
            }

            var busySince = connection.HandlerBusySince;
            var holdTime = Status.Current.Session?.HoldTime ?? TimeSpan.Zero;
            var isTooSlow = busySince is { } since && holdTime > TimeSpan.Zero && now - since >= holdTime;
            if (isTooSlow && !MayLookTwice(late, busySince!.Value))
            {
                Step(Event(FsmEventKind.AutomaticStop) with
                {
                    Notification = new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.OutOfResources),
                    Reason = new BgpDownReason(BgpDownKind.HandlerTooSlow),
                });
            }
            else
            {
                // Messages only stamp the connection; the machine hears of them here, before it judges the hold timer.
                var at = isTooSlow ? now - holdTime + Lateness : busySince is not null ? now : LastSignOfLife(connection, now, holdTime, late);
                Step(Event(FsmEventKind.KeepaliveMessage, connection.Id) with
                {
                    At = at,
                    SentAt = connection.LastSent(now),
                    UpdateSentAt = connection.LastUpdateSent,
                });
            }
        }

        while (PeerFsm.TryGetDueTimer(_fsm, now, out var due))
        {
            Step(due with { Jitter = Random.Shared.NextDouble() });
        }
    }

    /// <summary>
    /// When the peer was last heard of. What the kernel holds is a sign of life too; and after a timer that ran late, what
    /// was taken from the kernel and not looked at yet gets a moment to be.
    /// </summary>
    private TimeSpan LastSignOfLife(PeerConnection connection, TimeSpan now, TimeSpan holdTime, bool late)
    {
        var last = connection.LastReceived;
        if (holdTime == TimeSpan.Zero || now - last < holdTime)
        {
            return last;
        }

        if (connection.HasUnreadInput)
        {
            return now;
        }

        return MayLookTwice(late, last) ? now - holdTime + Lateness : last;
    }

    /// <summary>Whether a timer that ran late may wait a moment and look again: once for each time since when something is waited for.</summary>
    private bool MayLookTwice(bool late, TimeSpan since)
    {
        if (!late || _lookedTwiceAt == since)
        {
            return false;
        }

        _lookedTwiceAt = since;
        return true;
    }

    private void Arm()
    {
        var next = _fsm.NextDeadline is { } timer && !(_staleDeadline < timer) ? timer : _staleDeadline;
        if (next is not { } deadline)
        {
            return;
        }

        if (Established?.NextLook is { } look && look < deadline)
        {
            deadline = KeepaliveTimer.LastTick(look);
        }

        if (_armedFor is { } armed && armed <= deadline)
        {
            return;
        }

        _armedFor = deadline;
        _services.Timers.Set(_timer, deadline);
    }
}
