using System.Net;

namespace BgpSharp.Cli;

/// <summary>The place for one peer: taken by the first address that connects, unless one was named.</summary>
internal sealed class PeerSlot(IPAddress? only, Func<IPAddress, BgpPeerOptions> configure)
{
    private IPAddress? _taken = only;

    public BgpPeerOptions? Accept(IPEndPoint remote)
    {
        // Two listeners may accept at the same moment.
        var holder = Interlocked.CompareExchange(ref _taken, remote.Address, null) ?? remote.Address;
        return holder.Equals(remote.Address) ? configure(remote.Address) : null;
    }
}
