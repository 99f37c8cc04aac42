using System.Net;
using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Http;

/// <summary>Makes TCP connections.</summary>
internal static class TcpConnection
{
    /// <exception cref="SocketException">No connection.</exception>
    public static async Task<Socket> OpenAsync(EndPoint target, CancellationToken cancellationToken)
    {
        var socket = target is IPEndPoint
            ? new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;

            // Whoever asks libc for a name's addresses waits until it answers, for a minute where no server does.
            await socket.ConnectAsync(target, cancellationToken).AsTask().WaitAsync(cancellationToken);

            // Without a listener, a connect to a port of the ephemeral range can meet itself.
            return Equals(socket.LocalEndPoint, socket.RemoteEndPoint) ? throw new SocketException((int)SocketError.ConnectionRefused) : socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The other end, an IPv4 address as such.</summary>
    public static IPEndPoint RemoteOf(Socket socket)
    {
        var remote = (IPEndPoint)socket.RemoteEndPoint!;
        return remote.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(remote.Address.MapToIPv4(), remote.Port) : remote;
    }
}
