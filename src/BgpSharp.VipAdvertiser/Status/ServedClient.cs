using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>One client of a <see cref="ClientPool"/>.</summary>
internal sealed class ServedClient : IDisposable
{
    /// <summary>For an answer that is on its way when the host ends: what it was asked for has been done by then.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationToken _hostEnded;
    private readonly TimeSpan _patience;
    private bool _asked;

    public ServedClient(Socket socket, TimeSpan patience, TimeProvider time, CancellationToken ended)
    {
        Socket = socket;
        _patience = patience;
        _limit = new CancellationTokenSource(patience, time);
        _hostEnded = ended;
        Ended = _limit.Token;
        _registration = ended.Register(EndSoon);
    }

    public Socket Socket { get; }

    /// <summary>Cancelled when the client takes too long, or the host ends: at once while nothing is asked, else after the grace.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Whether it is we who wait for the client: to ask, to take the answer, to close.</summary>
    public bool IsAwaited { get; private set; } = true;

    /// <summary>Its request is complete: from now on it waits for us.</summary>
    public void Asked()
    {
        IsAwaited = false;
        lock (_gate)
        {
            _asked = true;
            _limit.CancelAfter(_hostEnded.IsCancellationRequested ? Grace : Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The answer goes out: it has to be taken within the limit.</summary>
    public void Answering()
    {
        IsAwaited = true;
        lock (_gate)
        {
            _limit.CancelAfter(_hostEnded.IsCancellationRequested ? Grace : _patience);
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        Socket.Dispose();
        _limit.Dispose();
    }

    private void EndSoon()
    {
        var asked = false;
        lock (_gate)
        {
            asked = _asked;
            if (asked)
            {
                _limit.CancelAfter(Grace);
            }
        }

        if (!asked)
        {
            _limit.Cancel();
        }
    }
}
