namespace BgpSharp.Interop.Harness;

/// <summary>Bounds the wait for an effect. It also ends when the test run is cancelled.</summary>
internal sealed class Deadline : IDisposable
{
    /// <summary>Generous: a busy machine must not fail a test, and a met condition ends the wait at once.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _source;

    public Deadline(TimeSpan? limit = null)
    {
        Limit = limit ?? Default;
        _source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _source.CancelAfter(Limit);
    }

    public TimeSpan Limit { get; }

    public CancellationToken Token => _source.Token;

    /// <summary>True when the time is over; false when the run was cancelled.</summary>
    public bool Passed => _source.IsCancellationRequested && !TestContext.Current.CancellationToken.IsCancellationRequested;

    public void Dispose() => _source.Dispose();
}
