using BgpSharp.Fsm;

namespace BgpSharp.Simulation;

/// <summary>The state machine, with what a mutation makes of its inputs and outputs.</summary>
internal sealed class MutatedFsm(Mutation mutation, PeerFsmConfig config)
{
    private readonly PeerFsmConfig _inverted = new()
    {
        LocalAsn = config.LocalAsn,
        LocalIdentifier = new BgpIdentifier(~config.LocalIdentifier.Value),
        RemoteAsn = config.RemoteAsn,
        HoldTime = config.HoldTime,
        Active = config.Active,
        OpenHoldTime = config.OpenHoldTime,
    };

    public PeerFsmState Step(PeerFsmState state, FsmEvent input, List<FsmAction> actions)
    {
        if (mutation == Mutation.None)
        {
            return PeerFsm.Step(state, input, config, actions);
        }

        if (mutation == Mutation.HoldTimerNotRestarted && input.Kind == FsmEventKind.KeepaliveMessage && state.Established?.Id == input.Connection)
        {
            input = input with { At = TimeSpan.Zero };
        }

        if (mutation == Mutation.BfdUpLost && input.Kind == FsmEventKind.BfdUp)
        {
            return state;
        }

        if (mutation == Mutation.BfdNotAwaited)
        {
            state = state with { IsBfdClear = true };
        }

        var inverted = mutation == Mutation.CollisionInverted && input.Kind == FsmEventKind.BgpOpen;
        var next = PeerFsm.Step(state, input, inverted ? _inverted : config, actions);
        return mutation switch
        {
            Mutation.HoldTimerNeverRuns when next.Established is { } session => next with { Established = session with { HoldDeadline = null } },
            Mutation.KeepaliveTimerNotRestarted when input.Kind == FsmEventKind.KeepaliveTimerExpires && next.Established is { } session =>
                next with { Established = session with { KeepaliveDeadline = null } },
            Mutation.DialNotPlanned when input.Kind == FsmEventKind.TcpConnectionFails => next with { ConnectRetryDeadline = null, IdleHoldDeadline = null },
            Mutation.NoBackoff => next with
            {
                ConnectRetryDeadline = next.Dialling == BgpSessionState.Connect || next.ConnectRetryDeadline is null ? next.ConnectRetryDeadline : input.Now,
                IdleHoldDeadline = next.IdleHoldDeadline is null ? null : input.Now,
            },
            Mutation.BfdAwaitedForEver => next with { Outbound = WithoutBound(next.Outbound), Inbound = WithoutBound(next.Inbound) },
            Mutation.CollisionLoserNotClosed => LeaveOpen(next, actions),
            _ => next,
        };
    }

    private static ConnectionState? WithoutBound(ConnectionState? connection) =>
        connection is { IsAwaitingBfd: true } ? connection with { HoldDeadline = null, BfdDeadline = null } : connection;

    private static PeerFsmState LeaveOpen(PeerFsmState state, List<FsmAction> actions)
    {
        foreach (var lost in actions.Where(action => action is { Kind: FsmActionKind.AttemptFailed, Reason.Kind: BgpDownKind.Collision }).ToArray())
        {
            actions.RemoveAll(action => action.Connection == lost.Connection && action.Kind is FsmActionKind.Close or FsmActionKind.SendNotification);
        }

        return state;
    }
}
