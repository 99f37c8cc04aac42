using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser;

/// <summary>Counts the signals that ask for the end: the first asks for the stop, the second wants no more waiting.</summary>
internal sealed class StopSignals(TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _hurry = new();
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _received;
    private long _askedAt;
    private volatile string? _first;

    /// <summary>The name of the first; null: none was received.</summary>
    public string? First => _first;

    /// <summary>Cancelled by the second signal.</summary>
    public CancellationToken Hurry => _hurry.Token;

    /// <summary>Completes with the first signal, or when a part of the program asks for the stop.</summary>
    public Task Stop => _stop.Task;

    public void Listen()
    {
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true; // The process ends when all is taken down.
                Count($"{context.Signal}");
            }));
        }
    }

    /// <summary>How long ago the stop was asked for; zero before.</summary>
    public TimeSpan SinceAsked => Interlocked.Read(ref _askedAt) is var at and not 0 ? time.GetElapsedTime(at) : TimeSpan.Zero;

    public void AskForStop()
    {
        Interlocked.CompareExchange(ref _askedAt, time.GetTimestamp(), 0);
        _stop.TrySetResult();
    }

    public void Count(string signal)
    {
        var received = Interlocked.Increment(ref _received);
        if (received == 1)
        {
            _first = signal;
        }

        AskForStop();
        if (received == 2)
        {
            _hurry.Cancel();
        }
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _hurry.Dispose();
    }
}
