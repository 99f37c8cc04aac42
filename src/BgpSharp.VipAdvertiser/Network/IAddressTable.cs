using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The addresses of this host's interfaces, and the interfaces.</summary>
internal interface IAddressTable
{
    /// <summary>Adds an address. False when the same address with the same prefix length is there already, in whatever shape.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    bool AddAddress(InterfaceAddress address);

    /// <summary>Adds an address, or changes lifetimes, flags and metric of the one that is there.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    void ReplaceAddress(InterfaceAddress address);

    /// <summary>Removes an address. False when it is not there.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    bool RemoveAddress(InterfaceAddress address);

    /// <summary>Every address of every interface.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    IReadOnlyList<InterfaceAddress> ListAddresses();

    /// <summary>An interface by its name; null when there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    NetworkLink? FindLink(string name);

    /// <summary>An interface by its index; null when there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    NetworkLink? FindLink(int index);

    /// <summary>The interface of a family's best default route; null when there is no such route.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    NetworkLink? FindDefaultLink(AddressFamily family);
}
