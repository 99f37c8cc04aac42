namespace BgpSharp.Interop.Harness;

/// <summary>
/// Wakes whoever waits for the next change. Take <see cref="Next"/> before looking at the state, then look, then await it:
/// a change in between is not lost.
/// </summary>
internal sealed class ChangeSignal
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>Completes at the next <see cref="Raise"/>.</summary>
    public Task Next => _next.Task;

    public void Raise() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
