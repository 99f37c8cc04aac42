namespace BgpSharp.Benchmarks.Receive;

/// <summary>Every dial ends at the one connection.</summary>
internal sealed class ReplayTransport(BgpConnection connection) : BgpTransport
{
    public override ValueTask<BgpConnection> ConnectAsync(BgpConnectOptions options, CancellationToken cancellationToken) => new(connection);

    public override ValueTask<BgpListener> ListenAsync(BgpListenOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();
}
