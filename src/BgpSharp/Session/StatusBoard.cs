namespace BgpSharp.Sessions;

/// <summary>The peer's present status, and waking whoever waits for it to change.</summary>
internal sealed class StatusBoard
{
    private readonly Lock _lock = new();
    private BgpPeerStatus _current = new(BgpSessionState.Idle, null, null);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BgpPeerStatus Current => Volatile.Read(ref _current);

    /// <summary>The status, and a task that completes at the next change.</summary>
    public (BgpPeerStatus Status, Task Changed) Observe()
    {
        lock (_lock)
        {
            return (_current, _changed.Task);
        }
    }

    public void SessionUp(BgpSession session) => Set(new BgpPeerStatus(BgpSessionState.Established, session, Current.LastDown));

    public void SessionDown(BgpDownReason reason) => Set(new BgpPeerStatus(BgpSessionState.Idle, null, reason));

    public void AttemptFailed(BgpDownReason reason) => Set(new BgpPeerStatus(Current.State, Current.Session, reason));

    public void SetState(BgpSessionState state)
    {
        if (Current.State != state)
        {
            Set(new BgpPeerStatus(state, Current.Session, Current.LastDown));
        }
    }

    private void Set(BgpPeerStatus status)
    {
        lock (_lock)
        {
            Volatile.Write(ref _current, status);
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
