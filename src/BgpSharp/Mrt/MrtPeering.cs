using System.Net;

namespace BgpSharp.Mrt;

/// <summary>Whose session a record is about: the two ends of it.</summary>
public sealed class MrtPeering
{
    /// <summary>Names the two ends.</summary>
    /// <param name="peerAsn">The peer's AS number.</param>
    /// <param name="peerAddress">The peer's address.</param>
    /// <param name="localAsn">The recorder's AS number.</param>
    /// <param name="localAddress">The recorder's address, of the same family.</param>
    /// <param name="interfaceIndex">The interface's SNMP index, 0 to 65535; zero when it is not known.</param>
    /// <exception cref="ArgumentException">One address is IPv4, the other IPv6.</exception>
    public MrtPeering(Asn peerAsn, IPAddress peerAddress, Asn localAsn, IPAddress localAddress, ushort interfaceIndex = 0)
    {
        ArgumentNullException.ThrowIfNull(peerAddress);
        ArgumentNullException.ThrowIfNull(localAddress);
        if (peerAddress.AddressFamily != localAddress.AddressFamily)
        {
            throw new ArgumentException($"A record has addresses of one family; {peerAddress} and {localAddress} are not.", nameof(localAddress));
        }

        PeerAsn = peerAsn;
        PeerAddress = peerAddress;
        LocalAsn = localAsn;
        LocalAddress = localAddress;
        InterfaceIndex = interfaceIndex;
    }

    /// <summary>The peer's AS number.</summary>
    public Asn PeerAsn { get; }

    /// <summary>The peer's address.</summary>
    public IPAddress PeerAddress { get; }

    /// <summary>The recorder's AS number.</summary>
    public Asn LocalAsn { get; }

    /// <summary>The recorder's address.</summary>
    public IPAddress LocalAddress { get; }

    /// <summary>The interface's SNMP index; zero when it is not known.</summary>
    public ushort InterfaceIndex { get; }
}
