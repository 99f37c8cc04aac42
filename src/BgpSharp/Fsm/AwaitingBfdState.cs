namespace BgpSharp.Fsm;

/// <summary>
/// Both OPENs are accepted and both want BFD to be Up first (draft-ietf-idr-bgp-bfd-strict-mode): OpenSent goes on, and our
/// KEEPALIVE is held back. The hold timer bounds the wait, or where there is none, a timer of its own.
/// </summary>
internal static class AwaitingBfdState
{
    public static void Begin(ref Transition transition, ConnectionState connection)
    {
        var (now, negotiated) = (transition.Input.Now, connection.Negotiated!);
        var timersRun = negotiated.HoldTime > TimeSpan.Zero;
        transition.Set(connection with
        {
            State = BgpSessionState.OpenSent,
            IsAwaitingBfd = true,
            HoldDeadline = timersRun ? now + negotiated.HoldTime : null,
            BfdDeadline = timersRun ? null : now + transition.Config.BfdHoldTime,
        });
        transition.Add(FsmActionKind.AwaitBfd, connection.Id);
    }

    public static void Step(ref Transition transition, ConnectionState connection)
    {
        switch (transition.Input.Kind)
        {
            case FsmEventKind.KeepaliveMessage:
                transition.Set(HoldTimer.Restarted(connection, transition.Input) with { IsConfirmed = true });
                break;
            case FsmEventKind.BfdHoldTimerExpires:
                ConnectionEnd.BfdHoldTimerExpires(ref transition, connection);
                break;
            case FsmEventKind.BgpOpen:
                // A second one.
                ConnectionEnd.Unexpected(ref transition, connection);
                break;
            default:
                OpenSentState.Step(ref transition, connection);
                break;
        }
    }

    /// <summary>BFD stands in nobody's way any more: what waited for it goes on.</summary>
    public static void BfdUp(ref Transition transition)
    {
        transition.State = transition.State with { IsBfdClear = true };
        foreach (var candidate in (ReadOnlySpan<ConnectionState?>)[transition.State.Outbound, transition.State.Inbound])
        {
            if (candidate is not { IsAwaitingBfd: true } connection || transition.State.Find(connection.Id) is null)
            {
                continue;
            }

            OpenConfirmState.Begin(ref transition, connection with { IsAwaitingBfd = false, BfdDeadline = null });
            if (connection.IsConfirmed)
            {
                OpenConfirmState.Establish(ref transition, transition.State.Find(connection.Id)!);
            }
        }
    }

    /// <summary>The path is down: an agreed session does not begin over it. That of an Established one is the driver's to end.</summary>
    public static void BfdDown(ref Transition transition)
    {
        transition.State = transition.State with { IsBfdClear = false };
        foreach (var candidate in (ReadOnlySpan<ConnectionState?>)[transition.State.Outbound, transition.State.Inbound])
        {
            if (candidate is { State: BgpSessionState.OpenConfirm, Negotiated.BfdStrict: true } connection)
            {
                ConnectionEnd.BfdDown(ref transition, connection);
                transition.State = transition.State with { ConnectRetryCounter = 0 };
            }
        }
    }
}
