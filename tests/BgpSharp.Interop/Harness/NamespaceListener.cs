using System.Net;

namespace BgpSharp.Interop.Harness;

/// <summary>A listener of a <see cref="NamespaceTransport"/>, which keeps what is accepted.</summary>
internal sealed class NamespaceListener(BgpListener inner, Func<BgpConnection, BgpConnection> keep) : BgpListener
{
    public override IPEndPoint LocalEndPoint => inner.LocalEndPoint;

    public override async ValueTask<BgpConnection> AcceptAsync(CancellationToken cancellationToken) => keep(await inner.AcceptAsync(cancellationToken));

    public override void SetPassword(IPAddress peer, BgpSecret? password) => inner.SetPassword(peer, password);

    public override ValueTask DisposeAsync() => inner.DisposeAsync();
}
