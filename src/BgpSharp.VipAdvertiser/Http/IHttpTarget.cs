using System.Net;
using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Http;

/// <summary>Where a caller connects to.</summary>
internal interface IHttpTarget
{
    /// <summary>The address of the last connection that was made; null when the last try failed.</summary>
    IPEndPoint? Answered { get; }

    /// <summary>For messages: what is connected to in place of the URL's host; null when it is that.</summary>
    string? Shown { get; }

    /// <summary>Whether a connection to <see cref="Answered"/> may be used again.</summary>
    bool IsStillAllowed { get; }

    /// <param name="asked">The host and port of the URL.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="SocketException">No connection.</exception>
    Task<Socket> ConnectAsync(DnsEndPoint asked, CancellationToken cancellationToken);
}
