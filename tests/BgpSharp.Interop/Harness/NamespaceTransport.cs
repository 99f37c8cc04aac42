using System.Net;

namespace BgpSharp.Interop.Harness;

/// <summary>TCP connections that start in a namespace, for a speaker inside the test process.</summary>
internal sealed class NamespaceTransport(string ns) : BgpTransport
{
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
            await socket.ConnectAsync(options.RemoteEndPoint, cancellationToken);
            return new NamespaceConnection(ns, socket, Sent);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override ValueTask<BgpListener> ListenAsync(BgpListenOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Speakers of the tests only dial.");
}
