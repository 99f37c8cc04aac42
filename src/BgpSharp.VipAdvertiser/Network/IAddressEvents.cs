namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The kernel's word that addresses, interfaces or routes have changed.</summary>
internal interface IAddressEvents
{
    /// <summary>What counts as a change from now on. The first call begins the watch.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    void Watch(AddressInterest interest);

    /// <summary>Completes when something has changed that concerns the interest, or may have. One caller at a time.</summary>
    ValueTask WaitAsync(CancellationToken cancellationToken);
}
