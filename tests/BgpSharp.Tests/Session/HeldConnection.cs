using System.IO.Pipelines;
using System.Net;

namespace BgpSharp.Tests.Session;

/// <summary>A connection whose reader takes octets in, but hands them out only when it is let.</summary>
internal sealed class HeldConnection(BgpConnection inner) : BgpConnection
{
    private readonly HeldReader _input = new(inner.Input);

    /// <summary>Whether octets wait where a look at the connection finds them, not in the reader.</summary>
    public bool Unread { get; set; }

    public override IPEndPoint LocalEndPoint => inner.LocalEndPoint;

    public override IPEndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public override PipeReader Input => _input;

    public override long UnacknowledgedBytes => inner.UnacknowledgedBytes;

    public override bool HasUnreadInput => Unread;

    public void Hold() => _input.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _input.Gate.TrySetResult();

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => inner.SendAsync(data, cancellationToken);

    public override void CompleteSending() => inner.CompleteSending();

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class HeldReader(PipeReader reader) : PipeReader
    {
        public TaskCompletionSource Gate { get; set; } = Open();

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var result = await reader.ReadAsync(cancellationToken);
            await Gate.Task;
            return result;
        }

        public override bool TryRead(out ReadResult result) => throw new NotSupportedException();

        public override void AdvanceTo(SequencePosition consumed) => reader.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => reader.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => reader.CancelPendingRead();

        public override void Complete(Exception? exception = null) => reader.Complete(exception);

        private static TaskCompletionSource Open()
        {
            var gate = new TaskCompletionSource();
            gate.SetResult();
            return gate;
        }
    }
}
