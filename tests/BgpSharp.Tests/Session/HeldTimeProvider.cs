using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.Session;

/// <summary>A clock whose timers fire in time, but whose callbacks run only when they are let: a thread pool without a thread to spare.</summary>
internal sealed class HeldTimeProvider : TimeProvider
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ConcurrentQueue<Action> _callbacks = new();
    private volatile bool _held;

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public override long GetTimestamp() => _clock.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public void Advance(TimeSpan time) => _clock.Advance(time);

    public void Hold() => _held = true;

    /// <summary>Runs here what was due meanwhile; how many callbacks that were.</summary>
    public int Release()
    {
        _held = false;
        var count = 0;
        for (; _callbacks.TryDequeue(out var callback); count++)
        {
            callback();
        }

        return count;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _clock.CreateTimer(
        due =>
        {
            if (_held)
            {
                _callbacks.Enqueue(() => callback(due));
            }
            else
            {
                callback(due);
            }
        },
        state,
        dueTime,
        period);
}
