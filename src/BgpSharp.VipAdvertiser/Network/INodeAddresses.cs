using System.Net;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The addresses this node has of its own.</summary>
internal interface INodeAddresses
{
    /// <summary>
    /// Those a service of this node can listen on: of global scope, on interfaces that are up, and not deprecated as
    /// VIPs are. IPVS keeps the cluster's service addresses on an interface that is down.
    /// </summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    IReadOnlyList<IPAddress> NodeAddresses();

    /// <summary>The local address that a connection to a peer would leave from; null while there is no route to it.</summary>
    IPAddress? FindSourceAddress(IPAddress peer);
}
