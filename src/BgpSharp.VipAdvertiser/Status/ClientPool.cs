using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>
/// Serves the clients of a listening socket, a bounded number at a time. Where there are too many, the one that we have
/// been waiting for the longest goes: who connects and says nothing locks nobody out.
/// </summary>
internal sealed class ClientPool(int capacity, TimeSpan patience, TimeProvider time, Action<Exception> onDefect)
{
    private static readonly TimeSpan AfterFailedAccept = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly List<ServedClient> _clients = [];
    private readonly OwnedTasks _tasks = new(onDefect);

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _clients.Count;
            }
        }
    }

    /// <summary>Serves until it is cancelled, and waits for the clients that it still has then.</summary>
    public async Task ServeAsync(Socket listener, Func<ServedClient, Task> serve, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var client = new ServedClient(await AcceptAsync(listener, cancellationToken), patience, time, cancellationToken);
                if (TryAdd(client))
                {
                    _tasks.Run(() => ServeOneAsync(client, serve));
                }
                else
                {
                    client.Dispose();
                }
            }
        }
        finally
        {
            await _tasks.EndAsync();
        }
    }

    private async Task<Socket> AcceptAsync(Socket listener, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await listener.AcceptAsync(cancellationToken);
            }
            catch (SocketException)
            {
                // The client is gone already, or there is no descriptor left: neither is helped by haste.
                await Task.Delay(AfterFailedAccept, time, cancellationToken);
            }
        }
    }

    private bool TryAdd(ServedClient client)
    {
        lock (_gate)
        {
            if (_clients.Count >= capacity)
            {
                if (_clients.Find(other => other.IsAwaited) is not { } longest)
                {
                    return false;
                }

                _clients.Remove(longest);
                longest.Socket.Dispose();
            }

            _clients.Add(client);
            return true;
        }
    }

    private async Task ServeOneAsync(ServedClient client, Func<ServedClient, Task> serve)
    {
        using (client)
        {
            try
            {
                await serve(client);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It went, or had to make room.
            }
            finally
            {
                lock (_gate)
                {
                    _clients.Remove(client);
                }
            }
        }
    }
}
