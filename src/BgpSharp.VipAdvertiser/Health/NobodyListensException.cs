using System.Net;
using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>Every address that was tried refused.</summary>
internal sealed class NobodyListensException(int port, IReadOnlyList<IPAddress> tried) : SocketException((int)SocketError.ConnectionRefused)
{
    public override string Message => FormattableString.Invariant($"nobody listens on port {port} of {string.Join(", ", tried)}");
}
