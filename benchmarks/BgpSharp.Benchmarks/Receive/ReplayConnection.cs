using System.IO.Pipelines;
using System.Net;
using BgpSharp.Transport;

namespace BgpSharp.Benchmarks.Receive;

/// <summary>A connection whose input the benchmark writes, and whose output goes nowhere.</summary>
internal sealed class ReplayConnection : BgpConnection
{
    private PipeReader? _input;

    /// <summary>What the peer sends.</summary>
    public ReplayStream Peer { get; } = new();

    public override IPEndPoint LocalEndPoint { get; } = new(IPAddress.Loopback, 1);

    public override IPEndPoint RemoteEndPoint { get; } = new(IPAddress.Parse("127.0.0.2"), 179);

    public override PipeReader Input => _input ??= PipeReader.Create(Peer, SocketConnection.ReaderOptions);

    public override long UnacknowledgedBytes => 0;

    public override bool HasUnreadInput => false;

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override void CompleteSending()
    {
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
