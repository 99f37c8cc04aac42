using System.IO.Pipelines;
using System.Net;

namespace BgpSharp.Testing;

/// <summary>
/// One end of a byte stream in memory. What the other end has not read beyond 64 KiB holds the sender back. Whatever was
/// taken counts as acknowledged; there are no hops and no TCP-MD5.
/// </summary>
public sealed class MemoryConnection : BgpConnection
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

    /// <inheritdoc/>
    public override IPEndPoint LocalEndPoint { get; }

    /// <inheritdoc/>
    public override IPEndPoint RemoteEndPoint { get; }

    /// <inheritdoc/>
    public override PipeReader Input => _input;

    /// <inheritdoc/>
    public override long UnacknowledgedBytes => 0;

    /// <inheritdoc/>
    public override bool HasUnreadInput => false;

    /// <summary>Makes both ends of a stream, for code that is tested without a speaker.</summary>
    /// <param name="left">The endpoint of the one end.</param>
    /// <param name="right">The endpoint of the other end.</param>
    /// <returns>The ends; each is disposed by its owner.</returns>
    public static (MemoryConnection Left, MemoryConnection Right) CreatePair(IPEndPoint left, IPEndPoint right)
    {
        var toRight = new Pipe(Buffering);
        var toLeft = new Pipe(Buffering);
        return (new MemoryConnection(left, right, toLeft.Reader, toRight.Writer), new MemoryConnection(right, left, toRight.Reader, toLeft.Writer));
    }

    /// <inheritdoc/>
    public override async ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var result = await _output.WriteAsync(data, cancellationToken).ConfigureAwait(false);
        if (result.IsCompleted)
        {
            throw new IOException("The other end is gone.");
        }
    }

    /// <inheritdoc/>
    public override void CompleteSending() => _output.Complete();

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _output.Complete();
        _input.Complete();
        return ValueTask.CompletedTask;
    }
}
