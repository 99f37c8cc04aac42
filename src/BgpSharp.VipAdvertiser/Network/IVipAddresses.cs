using System.Net;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The VIPs on their interfaces.</summary>
internal interface IVipAddresses
{
    /// <summary>What is in place of what was wanted last, however it came there. Never changed, but replaced.</summary>
    IReadOnlyCollection<IPAddress> InPlace { get; }

    /// <summary>
    /// Puts what is missing on its interface, and takes off what this program put there and nobody wants any more.
    /// What the kernel refuses for now is not in place, and said once; <see cref="WaitForChangeAsync"/> says when to try again.
    /// </summary>
    /// <exception cref="NetlinkException">This process may not manage addresses.</exception>
    void Set(IReadOnlyList<VipPlacement> wanted);

    /// <summary>Completes when somebody else has changed an address or an interface since the last <see cref="Set"/>.</summary>
    Task WaitForChangeAsync(CancellationToken cancellationToken);
}
