using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Sessions;

/// <summary>The speaker's listeners: accepts connections and gives each to the peer it comes from.</summary>
internal sealed partial class ListenerSet(BgpSpeakerOptions options, SpeakerServices services, Func<IPAddress, PeerDriver?> findPeer) : IAsyncDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UnknownPeerLogInterval = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _loops = [];
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, BgpSecret> _passwords = [];
    private readonly List<BgpListener> _listeners = [];
    private readonly ILogger _logger = services.LoggerFactory.CreateLogger("BgpSharp.BgpListener");
    private TimeSpan? _lastUnknownLogged;
    private long _unknownRefused;

    public IReadOnlyList<IPEndPoint> EndPoints
    {
        get
        {
            lock (_lock)
            {
                return [.. _listeners.Select(listener => listener.LocalEndPoint)];
            }
        }
    }

    public async Task StartAsync(IEnumerable<BgpPeerOptions> peers)
    {
        foreach (var peer in peers.Where(peer => peer.Password is not null))
        {
            _passwords[peer.Address] = peer.Password!;
        }

        foreach (var endPoint in options.ListenEndPoints)
        {
            var listener = await TryListenAsync(endPoint).ConfigureAwait(false);
            _loops.Add(listener is null ? ListenLaterAsync(endPoint) : AcceptLoopAsync(listener));
        }
    }

    public void SetPassword(IPAddress peer, BgpSecret? password)
    {
        lock (_lock)
        {
            if (password is null ? !_passwords.Remove(peer) : ReferenceEquals(_passwords.GetValueOrDefault(peer), password))
            {
                return;
            }

            if (password is not null)
            {
                _passwords[peer] = password;
            }

            foreach (var listener in _listeners)
            {
                listener.SetPassword(peer, password);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_loops).ConfigureAwait(false);
        _stopping.Dispose();
    }

    /// <summary>Listens; null when the address is not on this host yet, which early in a boot is no error.</summary>
    private async Task<BgpListener?> TryListenAsync(IPEndPoint endPoint)
    {
        try
        {
            var listener = await services.Transport.ListenAsync(new BgpListenOptions { LocalEndPoint = endPoint }, _stopping.Token).ConfigureAwait(false);
            lock (_lock)
            {
                foreach (var (peer, password) in _passwords)
                {
                    listener.SetPassword(peer, password);
                }

                _listeners.Add(listener);
            }

            LogListening(listener.LocalEndPoint);
            return listener;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            return null;
        }
    }

    private async Task ListenLaterAsync(IPEndPoint endPoint)
    {
        LogAddressMissing(endPoint);
        try
        {
            while (true)
            {
                await Task.Delay(RetryInterval, services.Time, _stopping.Token).ConfigureAwait(false);
                if (await TryListenAsync(endPoint).ConfigureAwait(false) is { } listener)
                {
                    await AcceptLoopAsync(listener).ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        catch (SocketException exception)
        {
            LogListenFailed(exception, endPoint);
        }
    }

    private async Task AcceptLoopAsync(BgpListener listener)
    {
        await using var _ = listener.ConfigureAwait(false);
        while (true)
        {
            try
            {
                var connection = await listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                await DispatchAsync(connection).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Out of descriptors, or a connection that was gone before we looked: not a reason to stop listening.
                LogAcceptFailed(exception, listener.LocalEndPoint);
                await Task.Delay(RetryInterval, services.Time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task DispatchAsync(BgpConnection connection)
    {
        var remote = connection.RemoteEndPoint.Address;
        remote = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        if (findPeer(remote) is { } peer)
        {
            peer.Accept(connection);
            return;
        }

        await connection.DisposeAsync().ConfigureAwait(false);
        _unknownRefused++;
        var now = services.Time.GetElapsedTime(0);
        if (_lastUnknownLogged is not { } last || now - last >= UnknownPeerLogInterval)
        {
            _lastUnknownLogged = now;
            LogUnknownPeer(remote, _unknownRefused);
        }
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "Listening on {EndPoint}")]
    private partial void LogListening(IPEndPoint endPoint);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Warning, Message = "Cannot listen on {EndPoint} yet: the address is not on this host; trying every second")]
    private partial void LogAddressMissing(IPEndPoint endPoint);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Error, Message = "Cannot listen on {EndPoint}")]
    private partial void LogListenFailed(Exception exception, IPEndPoint endPoint);

    [LoggerMessage(EventId = 1104, Level = LogLevel.Warning, Message = "Accepting on {EndPoint} failed, trying again")]
    private partial void LogAcceptFailed(Exception exception, IPEndPoint endPoint);

    [LoggerMessage(EventId = 1105, Level = LogLevel.Warning, Message = "Closed a connection from {Address}, which is no peer ({Refused} so far)")]
    private partial void LogUnknownPeer(IPAddress address, long refused);
}
