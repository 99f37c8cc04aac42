using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Tests.VipAdvertiser.Health;

/// <summary>A port of every address that nobody listens on, and nobody else is given.</summary>
internal sealed class ReservedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };

    public ReservedPort()
    {
        _socket.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
    }

    public int Number => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Dispose() => _socket.Dispose();
}
