using System.Net;
using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The system's resolver: libc's getaddrinfo, with /etc/hosts, nsswitch.conf and resolv.conf, in native AOT too.</summary>
internal sealed class SystemNameResolver : INameResolver
{
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        // Libc hears of no token: its wait for a silent name server goes on without us.
        var found = await Dns.GetHostAddressesAsync(name, cancellationToken).WaitAsync(cancellationToken);

        // Many systems give their own name 127.0.1.1 in /etc/hosts: no answer either.
        var usable = DnsChoice.Usable(found);
        return usable.Count > 0 ? usable : throw new SocketException((int)SocketError.NoData);
    }
}
