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

    /// <summary>Called at each dial, before it is answered.</summary>
    public Action<BgpConnectOptions>? OnDial { get; set; }

    public override ValueTask<BgpConnection> ConnectAsync(BgpConnectOptions options, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _dials);
        OnDial?.Invoke(options);
        lock (_lock)
        {
            if (!_listeners.TryGetValue(options.RemoteEndPoint, out var listener))
            {
                throw new SocketException((int)SocketError.ConnectionRefused);
            }

            var local = new IPEndPoint(options.LocalAddress ?? DefaultSource, _nextPort++);
            var (left, right) = MemoryConnection.CreatePair(local, options.RemoteEndPoint);
            listener.Offer(right);
            return ValueTask.FromResult<BgpConnection>(left);
        }
    }

    public override ValueTask<BgpListener> ListenAsync(BgpListenOptions options, CancellationToken cancellationToken) =>
        ValueTask.FromResult<BgpListener>(Listen(options.LocalEndPoint));

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
            _listeners.Add(endPoint, listener);
            return listener;
        }
    }

    /// <summary>A listener whose accepted ends a test plays itself.</summary>
    internal sealed class MemoryListener(IPEndPoint endPoint, Action closed) : BgpListener
    {
        private readonly Channel<BgpConnection> _accepted = Channel.CreateUnbounded<BgpConnection>();

        public override IPEndPoint LocalEndPoint => endPoint;

        public void Offer(BgpConnection connection) => _accepted.Writer.TryWrite(connection);

        public override ValueTask<BgpConnection> AcceptAsync(CancellationToken cancellationToken) => _accepted.Reader.ReadAsync(cancellationToken);

        public override ValueTask DisposeAsync()
        {
            closed();
            return ValueTask.CompletedTask;
        }
    }
}
