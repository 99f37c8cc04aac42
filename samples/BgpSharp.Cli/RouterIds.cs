using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Cli;

/// <summary>Finds a router id when none was given.</summary>
internal static class RouterIds
{
    /// <summary>The address from which this host reaches the peer.</summary>
    public static BgpIdentifier Towards(IPEndPoint peer)
    {
        if (peer.AddressFamily != AddressFamily.InterNetwork)
        {
            throw new UsageException($"--router-id is not given; it is needed because --peer {peer.Address} is not IPv4");
        }

        // Connecting a UDP socket looks the route up and sends nothing.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(peer);
        return BgpIdentifier.FromAddress(((IPEndPoint)socket.LocalEndPoint!).Address);
    }

    /// <summary>The address that is listened on.</summary>
    public static BgpIdentifier Of(IPEndPoint local) =>
        local.AddressFamily == AddressFamily.InterNetwork && !Parsers.IsAny(local.Address)
            ? BgpIdentifier.FromAddress(local.Address)
            : throw new UsageException($"--router-id is not given; it is needed because {local.Address} is not one IPv4 address");
}
