using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.Samples;

/// <summary>A clock that knows which waits have begun, so that it is not moved before them.</summary>
internal sealed class AwaitedTime : FakeTimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _begun = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        lock (_lock)
        {
            _begun.Add(dueTime);
        }

        return timer;
    }

    /// <summary>Passes a wait of this length when one has begun.</summary>
    public bool TryPass(TimeSpan wait)
    {
        lock (_lock)
        {
            if (!_begun.Remove(wait))
            {
                return false;
            }
        }

        Advance(wait);
        return true;
    }
}
