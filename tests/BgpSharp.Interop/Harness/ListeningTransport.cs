using BgpSharp.Transport;

namespace BgpSharp.Interop.Harness;

/// <summary>The library's own listener, made in a namespace.</summary>
internal sealed class ListeningTransport(string ns) : BgpTransport
{
    public override ValueTask<BgpConnection> ConnectAsync(BgpConnectOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This speaker only listens.");

    public override ValueTask<BgpListener> ListenAsync(BgpListenOptions options, CancellationToken cancellationToken) =>
        NetNs.Run(ns, () => SocketTransport.Instance.ListenAsync(options, cancellationToken));
}
