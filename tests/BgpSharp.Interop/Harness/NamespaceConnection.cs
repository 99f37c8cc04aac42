using System.IO.Pipelines;
using System.Net;

namespace BgpSharp.Interop.Harness;

/// <summary>A connection of the library's own in a namespace, with a log of what was sent.</summary>
internal sealed class NamespaceConnection(string ns, BgpConnection inner, MessageLog sent) : BgpConnection
{
    public override IPEndPoint LocalEndPoint => inner.LocalEndPoint;

    public override IPEndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public override PipeReader Input => inner.Input;

    public override long UnacknowledgedBytes => inner.UnacknowledgedBytes;

    public override bool HasUnreadInput => inner.HasUnreadInput;

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        sent.Add(data.Span);
        return inner.SendAsync(data, cancellationToken);
    }

    public override void CompleteSending() => inner.CompleteSending();

    public override void SetTimeToLive(int hops) => inner.SetTimeToLive(hops);

    public override void RequireTimeToLive(int minimum) => inner.RequireTimeToLive(minimum);

    public override void RequireInterface(string name) => NetNs.Run(ns, () =>
    {
        inner.RequireInterface(name);
        return true;
    });

    public override void SetPassword(BgpSecret password) => inner.SetPassword(password);

    public override void SetUserTimeout(TimeSpan timeout) => inner.SetUserTimeout(timeout);

    public override BgpInterfaceAddresses? FindInterfaceAddresses() => NetNs.Run(ns, inner.FindInterfaceAddresses);

    public override ValueTask DisposeAsync() => inner.DisposeAsync();
}
