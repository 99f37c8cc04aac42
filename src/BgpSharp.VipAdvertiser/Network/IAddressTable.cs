namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The addresses of this host's interfaces.</summary>
internal interface IAddressTable
{
    /// <summary>Adds an address. False when the same address with the same prefix length is there already, in whatever shape.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    bool AddAddress(InterfaceAddress address);

    /// <summary>Removes an address. False when it is not there.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    bool RemoveAddress(InterfaceAddress address);

    /// <summary>Every address of every interface.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    IReadOnlyList<InterfaceAddress> ListAddresses();
}
