using System.Net;
using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The node's own addresses, as the kernel has them now.</summary>
internal sealed class NetlinkNodeAddresses(IAddressTable table) : INodeAddresses
{
    /// <summary>Any: no packet is sent to it.</summary>
    private const int Port = 179;

    public IReadOnlyList<IPAddress> NodeAddresses()
    {
        var up = new Dictionary<int, bool>();
        return [.. table.ListAddresses().Where(IsOrdinary).Where(IsOnLinkThatIsUp).Select(address => address.Address).Distinct()];

        bool IsOnLinkThatIsUp(InterfaceAddress address)
        {
            if (!up.TryGetValue(address.InterfaceIndex, out bool isUp))
            {
                up[address.InterfaceIndex] = isUp = table.FindLink(address.InterfaceIndex) is { IsUp: true };
            }

            return isUp;
        }
    }

    public IPAddress? FindSourceAddress(IPAddress peer)
    {
        try
        {
            using var socket = new Socket(peer.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(peer, Port);
            return (socket.LocalEndPoint as IPEndPoint)?.Address;
        }
        catch (SocketException)
        {
            return null; // No route yet.
        }
    }

    private static bool IsOrdinary(InterfaceAddress address) =>
        address is { Scope: AddressScope.Global, Deprecated: false, IsUsable: true } && !IPAddress.IsLoopback(address.Address);
}
