using System.Net;

namespace BgpSharp;

/// <summary>Accepts connections on one local endpoint.</summary>
public abstract class BgpListener : IAsyncDisposable
{
    /// <summary>The endpoint in use, with the real port when port 0 was asked for.</summary>
    public abstract IPEndPoint LocalEndPoint { get; }

    /// <summary>Waits for the next connection.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The connection, from whomever it is.</returns>
    public abstract ValueTask<BgpConnection> AcceptAsync(CancellationToken cancellationToken);

    /// <summary>Sets or removes the TCP-MD5 password (RFC 2385) that segments from a peer must be signed with.</summary>
    /// <param name="peer">The peer's address.</param>
    /// <param name="password">The password; null removes it.</param>
    /// <exception cref="NotSupportedException">The transport has no passwords.</exception>
    public virtual void SetPassword(IPAddress peer, BgpSecret? password)
    {
        if (password is not null)
        {
            throw new NotSupportedException("This transport has no TCP-MD5.");
        }
    }

    /// <summary>Stops listening. Connections already accepted live on.</summary>
    /// <returns>Completes when the endpoint is free.</returns>
    public abstract ValueTask DisposeAsync();
}
