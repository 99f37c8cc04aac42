using System.Threading.Tasks.Sources;

namespace BgpSharp.Sessions;

/// <summary>Wakes one waiter; a signal given while nobody waits is kept, several are one. Allocates nothing per wait.</summary>
internal sealed class AsyncSignal : IValueTaskSource
{
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<bool> _core;
    private bool _signalled;
    private bool _waiting;

    /// <summary>Wakes the waiter; it runs elsewhere, or at once and here if <paramref name="inline"/> says so.</summary>
    public void Set(bool inline = false)
    {
        lock (_lock)
        {
            if (!_waiting)
            {
                _signalled = true;
                return;
            }

            _waiting = false;
        }

        _core.RunContinuationsAsynchronously = !inline;
        _core.SetResult(true);
    }

    public ValueTask WaitAsync()
    {
        lock (_lock)
        {
            if (_signalled)
            {
                _signalled = false;
                return ValueTask.CompletedTask;
            }

            _core.Reset();
            _waiting = true;
            return new ValueTask(this, _core.Version);
        }
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
