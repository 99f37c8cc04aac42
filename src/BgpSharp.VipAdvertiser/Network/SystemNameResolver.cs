using System.Net;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The system's resolver.</summary>
internal sealed class SystemNameResolver : INameResolver
{
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken) =>
        await Dns.GetHostAddressesAsync(name, cancellationToken);
}
