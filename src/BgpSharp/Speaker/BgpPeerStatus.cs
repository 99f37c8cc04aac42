namespace BgpSharp;

/// <summary>What a peer is doing at one moment. Immutable.</summary>
public sealed class BgpPeerStatus
{
    internal BgpPeerStatus(BgpSessionState state, BgpSession? session, BgpDownReason? lastDown)
    {
        State = state;
        Session = session;
        LastDown = lastDown;
    }

    /// <summary>The state.</summary>
    public BgpSessionState State { get; }

    /// <summary>The session, when established.</summary>
    public BgpSession? Session { get; }

    /// <summary>Why the last session or attempt ended; null when none has.</summary>
    public BgpDownReason? LastDown { get; }

    /// <summary>State, and why it is not Established.</summary>
    /// <returns>For example <c>Active (cannot connect: Connection refused)</c>.</returns>
    public override string ToString() => Session is null && LastDown is not null ? $"{State} ({LastDown})" : State.ToString();
}
