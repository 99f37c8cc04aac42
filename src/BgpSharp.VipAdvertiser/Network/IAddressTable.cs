namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The addresses of this host's interfaces.</summary>
internal interface IAddressTable
{
    /// <summary>Adds an address. False when the same address with the same prefix length is there already, in whatever shape.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    Task<bool> AddAddressAsync(InterfaceAddress address, CancellationToken cancellationToken);

    /// <summary>Removes an address. False when it is not there.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    Task<bool> RemoveAddressAsync(InterfaceAddress address, CancellationToken cancellationToken);

    /// <summary>Every address of every interface.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    Task<IReadOnlyList<InterfaceAddress>> ListAddressesAsync(CancellationToken cancellationToken);
}
