using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Interop.Harness;

/// <summary>TCP connections that start in a namespace, for a speaker inside the test process.</summary>
internal sealed class NamespaceTransport(string ns) : BgpTransport
{
    private readonly ConcurrentBag<NamespaceConnection> _connections = [];
    private volatile bool _killed;

    /// <summary>What was sent over all connections so far.</summary>
    public MessageLog Sent { get; } = new();

    public override async ValueTask<BgpConnection> ConnectAsync(BgpConnectOptions options, CancellationToken cancellationToken)
    {
        var socket = NetNs.OpenTcp(ns, options.RemoteEndPoint.AddressFamily);
        try
        {
            socket.NoDelay = true;
            if (options.LocalAddress is { } local)
            {
                socket.Bind(new IPEndPoint(local, 0));
            }
            if (_killed)
            {
                throw new SocketException((int)SocketError.NetworkDown);
            }
            await socket.ConnectAsync(options.RemoteEndPoint, cancellationToken);
            var connection = new NamespaceConnection(ns, socket, Sent);
            _connections.Add(connection);
            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>What the kernel does when the process is killed: it closes every socket, and there is nobody to open another.</summary>
    public async Task KillAsync()
    {
        _killed = true;
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    public override ValueTask<BgpListener> ListenAsync(BgpListenOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Speakers of the tests only dial.");
}
