namespace BgpSharp.Fsm;

/// <summary>An output of the state machine, to be carried out in order.</summary>
internal readonly record struct FsmAction(FsmActionKind Kind, int Connection)
{
    public BgpNotification? Notification { get; init; }

    public NegotiatedSession? Negotiated { get; init; }

    public BgpDownReason? Reason { get; init; }
}
