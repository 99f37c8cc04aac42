using System.Collections.Concurrent;
using System.Net.Sockets;
using BgpSharp.Transport;

namespace BgpSharp.Interop.Harness;

/// <summary>The library's own sockets, made in a namespace, for a speaker inside the test process.</summary>
internal sealed class NamespaceTransport(string ns) : BgpTransport
{
    private readonly ConcurrentBag<BgpConnection> _connections = [];
    private volatile bool _killed;

    /// <summary>What was sent over all connections so far.</summary>
    public MessageLog Sent { get; } = new();

    public override async ValueTask<BgpConnection> ConnectAsync(BgpConnectOptions options, CancellationToken cancellationToken)
    {
        if (_killed)
        {
            throw new SocketException((int)SocketError.NetworkDown);
        }
        var socket = NetNs.Run(ns, () => SocketTransport.Open(options));
        return Keep(await SocketTransport.ConnectAsync(socket, options, cancellationToken));
    }

    public override async ValueTask<BgpListener> ListenAsync(BgpListenOptions options, CancellationToken cancellationToken) =>
        new NamespaceListener(await NetNs.Run(ns, () => SocketTransport.Instance.ListenAsync(options, cancellationToken)), Keep);

    /// <summary>What the kernel does when the process is killed: it closes every socket, and there is nobody to open another.</summary>
    public async Task KillAsync()
    {
        _killed = true;
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private NamespaceConnection Keep(BgpConnection inner)
    {
        var connection = new NamespaceConnection(ns, inner, Sent);
        _connections.Add(connection);
        return connection;
    }
}
