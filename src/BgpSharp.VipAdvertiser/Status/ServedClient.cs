using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>One client of a <see cref="ClientPool"/>.</summary>
internal sealed class ServedClient : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;
    private readonly TimeSpan _patience;

    public ServedClient(Socket socket, TimeSpan patience, TimeProvider time, CancellationToken ended)
    {
        Socket = socket;
        _patience = patience;
        _limit = new CancellationTokenSource(patience, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, ended);
        Ended = _either.Token;
    }

    public Socket Socket { get; }

    /// <summary>Cancelled when the client takes too long, or the host ends.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Whether it is we who wait for the client: to ask, to take the answer, to close.</summary>
    public bool IsAwaited { get; private set; } = true;

    /// <summary>Its request is complete: from now on it waits for us.</summary>
    public void Asked()
    {
        IsAwaited = false;
        _limit.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <summary>The answer goes out: it has to be taken within the limit.</summary>
    public void Answering()
    {
        IsAwaited = true;
        _limit.CancelAfter(_patience);
    }

    public void Dispose()
    {
        Socket.Dispose();
        _either.Dispose();
        _limit.Dispose();
    }
}
