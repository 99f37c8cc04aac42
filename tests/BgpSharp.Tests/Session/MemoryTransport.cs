using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace BgpSharp.Tests.Session;

/// <summary>A network without a network: listeners by endpoint, connections in memory, dials counted.</summary>
internal sealed class MemoryTransport : BgpTransport
{
    private readonly Dictionary<IPEndPoint, MemoryListener> _listeners = [];
    private readonly Lock _lock = new();
    private int _nextPort = 40000;
    private int _dials;

    /// <summary>The source address of dials that name none.</summary>
    public IPAddress DefaultSource { get; init; } = IPAddress.Parse("198.51.100.11");

    /// <summary>How often somebody dialled.</summary>
    public int Dials => Volatile.Read(ref _dials);

    /// <summary>Called at each dial, before it is answered; it may throw what a dial throws.</summary>
    public Action<BgpConnectOptions>? OnDial { get; set; }

    /// <summary>Called at each attempt to listen; it may throw what that throws.</summary>
    public Action<BgpListenOptions>? OnListen { get; set; }

    /// <summary>Dials are never answered.</summary>
    public bool Silent { get; set; }

    /// <summary>Puts something around the dialling end of each connection.</summary>
    public Func<BgpConnection, BgpConnection> Wrap { get; set; } = connection => connection;

    /// <summary>The listeners there are.</summary>
    public int ListenerCount
    {
        get
        {
            lock (_lock)
            {
                return _listeners.Count;
            }
        }
    }

    public override async ValueTask<BgpConnection> ConnectAsync(BgpConnectOptions options, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _dials);
        OnDial?.Invoke(options);
        if (Silent)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        lock (_lock)
        {
            if (!_listeners.TryGetValue(options.RemoteEndPoint, out var listener))
            {
                throw new SocketException((int)SocketError.ConnectionRefused);
            }

            var local = new IPEndPoint(options.LocalAddress ?? DefaultSource, _nextPort++);
            var (left, right) = MemoryConnection.CreatePair(local, options.RemoteEndPoint);
            listener.Offer(right);
            return Wrap(left);
        }
    }

    public override ValueTask<BgpListener> ListenAsync(BgpListenOptions options, CancellationToken cancellationToken)
    {
        OnListen?.Invoke(options);
        return ValueTask.FromResult<BgpListener>(Listen(options.LocalEndPoint));
    }

    public MemoryListener Listen(IPEndPoint endPoint)
    {
        lock (_lock)
        {
            var listener = new MemoryListener(endPoint, () =>
            {
                lock (_lock)
                {
                    _listeners.Remove(endPoint);
                }
            });
            return _listeners.TryAdd(endPoint, listener) ? listener : throw new SocketException((int)SocketError.AddressAlreadyInUse);
        }
    }

    /// <summary>A listener whose accepted ends a test plays itself.</summary>
    internal sealed class MemoryListener(IPEndPoint endPoint, Action closed) : BgpListener
    {
        private readonly Channel<BgpConnection> _accepted = Channel.CreateUnbounded<BgpConnection>();

        public override IPEndPoint LocalEndPoint => endPoint;

        /// <summary>The keys that were set, by peer; a test may make setting them fail by reading the secret.</summary>
        public ConcurrentDictionary<IPAddress, byte[]> Keys { get; } = new();

        public override void SetPassword(IPAddress peer, BgpSecret? password)
        {
            if (password is null)
            {
                Keys.TryRemove(peer, out _);
            }
            else
            {
                Keys[peer] = password.Read();
            }
        }

        public void Offer(BgpConnection connection) => _accepted.Writer.TryWrite(connection);

        public override ValueTask<BgpConnection> AcceptAsync(CancellationToken cancellationToken) => _accepted.Reader.ReadAsync(cancellationToken);

        public override ValueTask DisposeAsync()
        {
            closed();
            return ValueTask.CompletedTask;
        }
    }
}
