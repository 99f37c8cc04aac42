using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Testing;

/// <summary>
/// A network in memory, for <see cref="BgpSpeakerOptions.Transport"/>: speakers that share one reach each other, and peers that
/// a test plays, by endpoint. Nothing takes time. Thread-safe.
/// </summary>
public sealed class MemoryTransport : BgpTransport
{
    private const int FirstPort = 40000;

    private readonly Dictionary<IPEndPoint, MemoryListener> _listeners = [];
    private readonly Lock _lock = new();
    private int _nextPort = FirstPort;
    private int _dials;

    /// <summary>The source address of dials that name none. Default: 198.51.100.11.</summary>
    public IPAddress DefaultSource { get; init; } = new([198, 51, 100, 11]);

    /// <summary>How often somebody dialled.</summary>
    public int Dials => Volatile.Read(ref _dials);

    /// <summary>
    /// Called at each dial, before it is answered; what it throws the dial throws: a <see cref="SocketException"/> for a
    /// network that is unreachable, say.
    /// </summary>
    public Action<BgpConnectOptions>? OnDial { get; set; }

    /// <summary>Whether dials are never answered, as by a host that is off. Default: false.</summary>
    public bool Silent { get; set; }

    /// <summary>
    /// Puts something around the dialling end of each connection: one that drops, delays or counts what is sent. Default: nothing.
    /// </summary>
    public Func<BgpConnection, BgpConnection> Wrap { get; set; } = connection => connection;

    internal Action<BgpListenOptions>? OnListen { get; set; }

    internal Action<IPAddress, BgpSecret?>? OnSetPassword { get; set; }

    internal int ListenerCount
    {
        get
        {
            lock (_lock)
            {
                return _listeners.Count;
            }
        }
    }

    /// <summary>Dials a listener.</summary>
    /// <param name="options">Where to, and from where.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <returns>The dialling end; the listener is given the other one.</returns>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public override async ValueTask<BgpConnection> ConnectAsync(BgpConnectOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Interlocked.Increment(ref _dials);
        OnDial?.Invoke(options);
        if (Silent)
        {
            var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await never.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        lock (_lock)
        {
            if (!_listeners.TryGetValue(options.RemoteEndPoint, out var listener))
            {
                throw new SocketException((int)SocketError.ConnectionRefused);
            }

            var local = new IPEndPoint(options.LocalAddress ?? DefaultSource, _nextPort);
            _nextPort = _nextPort == IPEndPoint.MaxPort ? FirstPort : _nextPort + 1;
            var (left, right) = MemoryConnection.CreatePair(local, options.RemoteEndPoint);
            listener.Offer(right);
            return Wrap(left);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="SocketException">Somebody listens there already.</exception>
    public override ValueTask<BgpListener> ListenAsync(BgpListenOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        OnListen?.Invoke(options);
        return ValueTask.FromResult<BgpListener>(Listen(options.LocalEndPoint));
    }

    /// <summary>Listens where a test plays the peer.</summary>
    /// <param name="endPoint">The peer's endpoint, with its real port: 0 is none.</param>
    /// <returns>The listener.</returns>
    /// <exception cref="SocketException">Somebody listens there already.</exception>
    public MemoryListener Listen(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        lock (_lock)
        {
            var listener = new MemoryListener(this, endPoint);
            return _listeners.TryAdd(endPoint, listener) ? listener : throw new SocketException((int)SocketError.AddressAlreadyInUse);
        }
    }

    internal void Remove(MemoryListener listener)
    {
        lock (_lock)
        {
            if (_listeners.GetValueOrDefault(listener.LocalEndPoint) == listener)
            {
                _listeners.Remove(listener.LocalEndPoint);
            }
        }
    }
}
