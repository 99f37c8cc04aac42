using System.IO.Pipelines;
using System.Net;

namespace BgpSharp.Tests.Session;

/// <summary>One end of an in-memory byte stream. What the other end has not read beyond 64 KiB holds the sender back.</summary>
internal sealed class MemoryConnection : BgpConnection
{
    private static readonly PipeOptions Buffering = new(pauseWriterThreshold: 65536, resumeWriterThreshold: 32768, useSynchronizationContext: false);

    private readonly PipeWriter _output;
    private readonly PipeReader _input;

    private MemoryConnection(IPEndPoint local, IPEndPoint remote, PipeReader input, PipeWriter output)
    {
        LocalEndPoint = local;
        RemoteEndPoint = remote;
        _input = input;
        _output = output;
    }

    public override IPEndPoint LocalEndPoint { get; }

    public override IPEndPoint RemoteEndPoint { get; }

    public override PipeReader Input => _input;

    public override long UnacknowledgedBytes => 0;

    public override bool HasUnreadInput => false;

    public static (MemoryConnection Left, MemoryConnection Right) CreatePair(IPEndPoint left, IPEndPoint right)
    {
        var toRight = new Pipe(Buffering);
        var toLeft = new Pipe(Buffering);
        return (new MemoryConnection(left, right, toLeft.Reader, toRight.Writer), new MemoryConnection(right, left, toRight.Reader, toLeft.Writer));
    }

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var result = await _output.WriteAsync(data, cancellationToken);
        if (result.IsCompleted)
        {
            throw new IOException("The other end is gone.");
        }
    }

    public override void CompleteSending() => _output.Complete();

    public override ValueTask DisposeAsync()
    {
        _output.Complete();
        _input.Complete();
        return ValueTask.CompletedTask;
    }
}
