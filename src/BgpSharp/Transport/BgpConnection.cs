using System.IO.Pipelines;
using System.Net;

namespace BgpSharp;

/// <summary>One byte stream to a peer. One reader and one writer use it at the same time; nobody else does.</summary>
public abstract class BgpConnection : IAsyncDisposable
{
    /// <summary>Our end.</summary>
    public abstract IPEndPoint LocalEndPoint { get; }

    /// <summary>The peer's end.</summary>
    public abstract IPEndPoint RemoteEndPoint { get; }

    /// <summary>The bytes received. Completed when the peer has closed; throws when the connection broke.</summary>
    public abstract PipeReader Input { get; }

    /// <summary>
    /// Octets sent that the peer's TCP has not acknowledged yet. Zero means that the peer's host has everything.
    /// </summary>
    public abstract long UnacknowledgedBytes { get; }

    /// <summary>Whether received octets lie ready that <see cref="Input"/> has not handed out yet.</summary>
    public abstract bool HasUnreadInput { get; }

    /// <summary>Sends everything; pending while the peer does not take it.</summary>
    /// <param name="data">The octets.</param>
    /// <param name="cancellationToken">Gives up; the connection is unusable afterwards.</param>
    /// <returns>Completes when the transport has taken all of it.</returns>
    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);

    /// <summary>Says that nothing more will be sent (FIN), and leaves the receiving side open.</summary>
    public abstract void CompleteSending();

    /// <summary>Sets the TTL or hop limit of what is sent. Without effect where there is none.</summary>
    /// <param name="hops">1 to 255.</param>
    public virtual void SetTimeToLive(int hops)
    {
    }

    /// <summary>Drops what arrives with a smaller TTL or hop limit from now on (RFC 5082).</summary>
    /// <param name="minimum">1 to 255.</param>
    /// <exception cref="NotSupportedException">The transport cannot; the connection must not be used unprotected.</exception>
    public virtual void RequireTimeToLive(int minimum) => throw new NotSupportedException("This transport has no TTL security.");

    /// <summary>
    /// Has everything leave and arrive by one interface from now on, if the connection came in by it.
    /// </summary>
    /// <param name="name">The interface's name.</param>
    /// <exception cref="IOException">The connection came in by another interface, or there is none of this name.</exception>
    /// <exception cref="NotSupportedException">The transport cannot; the connection must not be used.</exception>
    public virtual void RequireInterface(string name) => throw new NotSupportedException("This transport has no interfaces.");

    /// <summary>
    /// Replaces the TCP-MD5 password (RFC 2385) of a connection that has one: what is sent from now on is signed with it, and
    /// what arrives must be. Segments of a peer that has not changed its own are dropped, and sent again by its TCP.
    /// </summary>
    /// <param name="password">The password.</param>
    /// <exception cref="NotSupportedException">The transport cannot; the connection has to be made again.</exception>
    public virtual void SetPassword(BgpSecret password) => throw new NotSupportedException("This transport has no TCP-MD5.");

    /// <summary>Sets how long sent octets may go unacknowledged before the connection breaks. Without effect where there is no such limit.</summary>
    /// <param name="timeout">The limit; zero for the system's own.</param>
    public virtual void SetUserTimeout(TimeSpan timeout)
    {
    }

    /// <summary>
    /// Looks up the interface the connection leaves by: routes of another family than the session's address have their next
    /// hop from there (RFC 2545 §2).
    /// </summary>
    /// <returns>Its addresses; null where the transport knows of none.</returns>
    public virtual BgpInterfaceAddresses? FindInterfaceAddresses() => null;

    /// <summary>Closes at once; what was not taken yet is lost.</summary>
    /// <returns>Completes when the connection is gone.</returns>
    public abstract ValueTask DisposeAsync();
}
