using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Sessions;

/// <summary>The speaker's listeners: accepts connections and gives each to the peer it comes from.</summary>
internal sealed partial class ListenerSet : IAsyncDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly BgpSpeakerOptions _options;
    private readonly SpeakerServices _services;
    private readonly Func<IPEndPoint, PeerDriver?> _findPeer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _loops = [];
    private readonly Lock _lock = new();
    private readonly List<BgpListener> _listeners = [];
    private readonly ILogger _logger;
    private readonly LogLimit _refusals;

    public ListenerSet(BgpSpeakerOptions options, SpeakerServices services, Func<IPEndPoint, PeerDriver?> findPeer)
    {
        _options = options;
        _services = services;
        _refusals = new LogLimit(services.Time);
        _findPeer = findPeer;
        _logger = services.CreateLogger("BgpSharp.BgpListener");
        Keys = new ListenerKeys(services, _logger);
    }

    public ListenerKeys Keys { get; }

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

    public async Task StartAsync()
    {
        foreach (var endPoint in _options.ListenEndPoints)
        {
            var listener = await TryListenAsync(endPoint).ConfigureAwait(false);
            _loops.Add(listener is null ? ListenLaterAsync(endPoint) : AcceptLoopAsync(listener));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        try
        {
            await Task.WhenAll(_loops).ConfigureAwait(false);
        }
        finally
        {
            await Keys.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Listens; null when the address is not on this host yet, which early in a boot is no error.</summary>
    private async Task<BgpListener?> TryListenAsync(IPEndPoint endPoint)
    {
        try
        {
            var listener = await _services.Transport.ListenAsync(new BgpListenOptions { LocalEndPoint = endPoint }, _stopping.Token).ConfigureAwait(false);
            Keys.Add(listener);
            lock (_lock)
            {
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
        string? lastFailure = null;
        while (!_stopping.IsCancellationRequested)
        {
            await Task.Delay(RetryInterval, _services.Time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                _stopping.Token.ThrowIfCancellationRequested();
                if (await TryListenAsync(endPoint).ConfigureAwait(false) is { } listener)
                {
                    await AcceptLoopAsync(listener).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The address is there, but something else is wrong, and nobody waits for the start any more.
                if (lastFailure != exception.Message)
                {
                    LogListenFailed(exception, endPoint);
                }

                lastFailure = exception.Message;
            }
        }
    }

    private async Task AcceptLoopAsync(BgpListener listener)
    {
        try
        {
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
                    // Out of descriptors, say: not a reason to stop listening.
                    LogAcceptFailed(exception, listener.LocalEndPoint);
                    await Task.Delay(RetryInterval, _services.Time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
        finally
        {
            Keys.Remove(listener);
            await listener.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task DispatchAsync(BgpConnection connection)
    {
        string refusal;
        var remote = connection.RemoteEndPoint.Address;
        remote = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        try
        {
            var peer = _findPeer(new IPEndPoint(remote, connection.RemoteEndPoint.Port));
            if (peer is not null && !Keys.IsMissing(remote) && peer.TryAccept(connection))
            {
                return;
            }

            refusal = peer is null ? "it is no peer"
                : Keys.IsMissing(remote) ? "its TCP-MD5 key cannot be set"
                : "the peer has too many connections or is being stopped";
        }
        catch (Exception exception)
        {
            // A connection that is gone before it is looked at is not the listener's trouble, nor is an AcceptPeer that throws.
            refusal = exception.Message;
        }

        if (_refusals.IsDue(out var refused))
        {
            LogRefused(remote, refusal, refused);
        }

        await connection.DisposeAsync().ConfigureAwait(false);
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "Listening on {EndPoint}")]
    private partial void LogListening(IPEndPoint endPoint);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Warning, Message = "Cannot listen on {EndPoint} yet: the address is not on this host; trying every second")]
    private partial void LogAddressMissing(IPEndPoint endPoint);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Error, Message = "Cannot listen on {EndPoint}, trying every second")]
    private partial void LogListenFailed(Exception exception, IPEndPoint endPoint);

    [LoggerMessage(EventId = 1104, Level = LogLevel.Warning, Message = "Accepting on {EndPoint} failed, trying again")]
    private partial void LogAcceptFailed(Exception exception, IPEndPoint endPoint);

    [LoggerMessage(EventId = 1105, Level = LogLevel.Warning, Message = "Closed a connection from {Address}: {Cause} ({Refused} closed so far)")]
    private partial void LogRefused(IPAddress address, string cause, long refused);
}
