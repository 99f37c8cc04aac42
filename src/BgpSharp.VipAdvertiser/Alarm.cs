using System.Threading.Channels;

namespace BgpSharp.VipAdvertiser;

/// <summary>What one loop waits for between two rounds: a time, or that somebody rings. Ringing is thread-safe.</summary>
internal sealed class Alarm : IDisposable
{
    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true, AllowSynchronousContinuations = true });

    private readonly ITimer _timer;

    public Alarm(TimeProvider time) => _timer = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Ends the wait, or the next one.</summary>
    public void Ring() => _rings.Writer.TryWrite(true);

    /// <summary>Every wait from now on throws this.</summary>
    public void Fail(Exception exception) => _rings.Writer.TryComplete(exception);

    /// <summary>Waits; sometimes not for so long: the ring may be that of an earlier wait.</summary>
    public async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        // Timers forget what is less than a millisecond.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        await _rings.Reader.WaitToReadAsync(cancellationToken);
        _rings.Reader.TryRead(out _);
    }

    public void Dispose() => _timer.Dispose();
}
