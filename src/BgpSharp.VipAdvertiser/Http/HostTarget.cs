using System.Net;
using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Http;

/// <summary>The host of the URL, or one that is connected to in its place.</summary>
internal sealed class HostTarget(DnsEndPoint? instead = null) : IHttpTarget
{
    public IPEndPoint? Answered { get; private set; }

    public string? Shown => instead is null ? null : $"{instead.Host}:{instead.Port}";

    public bool IsStillAllowed => true;

    public async Task<Socket> ConnectAsync(DnsEndPoint asked, CancellationToken cancellationToken)
    {
        Answered = null;
        var socket = await TcpConnection.OpenAsync(instead ?? asked, cancellationToken);
        Answered = TcpConnection.RemoteOf(socket);
        return socket;
    }
}
