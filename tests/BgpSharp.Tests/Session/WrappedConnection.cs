using System.IO.Pipelines;
using System.Net;

namespace BgpSharp.Tests.Session;

/// <summary>A connection that behaves like another one, but for what a test changes.</summary>
internal class WrappedConnection(BgpConnection inner) : BgpConnection
{
    /// <summary>What TCP says it still holds.</summary>
    public long Unacknowledged { get; set; }

    /// <summary>From when on the kernel takes octets, and the peer's none.</summary>
    public bool WindowIsClosed { get; set; }

    /// <summary>Thrown by each send; null: nothing is.</summary>
    public Exception? OnSend { get; set; }

    /// <summary>Thrown by the end of sending; null: nothing is.</summary>
    public Exception? OnCompleteSending { get; set; }

    /// <summary>What its interface has.</summary>
    public Func<BgpInterfaceAddresses?> Interface { get; init; } = () => null;

    /// <summary>Whether the connection is closed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Thrown when the connection is closed.</summary>
    public Exception? OnDispose { get; init; }

    /// <summary>Called when the connection is closed.</summary>
    public Action? Disposed { get; init; }

    /// <summary>How long TCP was told to wait for acknowledgements.</summary>
    public TimeSpan UserTimeout { get; private set; }

    public override IPEndPoint LocalEndPoint => inner.LocalEndPoint;

    public override IPEndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public override PipeReader Input => inner.Input;

    public override long UnacknowledgedBytes => Unacknowledged;

    public override bool HasUnreadInput => inner.HasUnreadInput;

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        if (OnSend is { } failure)
        {
            throw failure;
        }

        if (!WindowIsClosed)
        {
            return inner.SendAsync(data, cancellationToken);
        }

        Unacknowledged += data.Length;
        return ValueTask.CompletedTask;
    }

    public override BgpInterfaceAddresses? FindInterfaceAddresses() => Interface();

    public override void SetUserTimeout(TimeSpan timeout) => UserTimeout = timeout;

    public override void CompleteSending()
    {
        if (OnCompleteSending is { } failure)
        {
            throw failure;
        }

        inner.CompleteSending();
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        IsDisposed = true;
        Disposed?.Invoke();
        if (OnDispose is { } exception)
        {
            throw exception;
        }
    }
}
