using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser;

/// <summary>Counts the signals that ask for the end: the host's lifetime acts on the first, the second wants no more waiting.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _hurry = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _received;

    /// <summary>Cancelled by the second signal.</summary>
    public CancellationToken Hurry => _hurry.Token;

    public void Listen()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Count()));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Count()));
    }

    public void Count()
    {
        if (Interlocked.Increment(ref _received) == 2)
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
