using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser;

/// <summary>Counts the signals that ask for the end: the host's lifetime acts on the first, the second wants no more waiting.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _hurry = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _received;
    private volatile string? _first;

    /// <summary>The name of the first; null: none was received.</summary>
    public string? First => _first;

    /// <summary>Cancelled by the second signal.</summary>
    public CancellationToken Hurry => _hurry.Token;

    public void Listen()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Count("SIGTERM")));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Count("SIGINT")));
    }

    public void Count(string signal)
    {
        switch (Interlocked.Increment(ref _received))
        {
            case 1:
                _first = signal;
                break;
            case 2:
                _hurry.Cancel();
                break;
        }
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _hurry.Dispose();
    }
}
