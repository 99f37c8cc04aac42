using System.Net;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.Tests.VipAdvertiser.Health;

/// <summary>The addresses of a node, as a test has them.</summary>
internal sealed class OwnAddresses(params string[] addresses) : INodeAddresses
{
    public IReadOnlyList<IPAddress> NodeAddresses() => [.. addresses.Select(IPAddress.Parse)];

    public IPAddress? FindSourceAddress(IPAddress peer) => throw new NotSupportedException();
}
