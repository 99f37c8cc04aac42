using BgpSharp.Transport;

namespace BgpSharp;

/// <summary>
/// Where connections come from. TCP sockets unless <see cref="BgpSpeakerOptions.Transport"/> says otherwise; tests put an
/// in-memory one here. Implementations are thread-safe.
/// </summary>
public abstract class BgpTransport
{
    /// <summary>Opens a connection to a peer.</summary>
    /// <param name="options">Where to, and how.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="Exception">Anything thrown is a failed attempt and will be tried again.</exception>
    public abstract ValueTask<BgpConnection> ConnectAsync(BgpConnectOptions options, CancellationToken cancellationToken);

    /// <summary>Starts to listen.</summary>
    /// <param name="options">Where, and how.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <returns>The listener.</returns>
    public abstract ValueTask<BgpListener> ListenAsync(BgpListenOptions options, CancellationToken cancellationToken);

    /// <summary>What the kernel below dropped for TCP-MD5; null: there is none that counts.</summary>
    internal virtual TcpMd5Counts? CountTcpMd5() => null;
}
