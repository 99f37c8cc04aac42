using System.Net;
using System.Threading.Channels;

namespace BgpSharp.Testing;

/// <summary>
/// Accepts the connections that are dialled to one endpoint of a <see cref="MemoryTransport"/>: for a speaker, or for a test
/// that plays the accepting side with a <see cref="ScriptedPeer"/>.
/// </summary>
public sealed class MemoryListener : BgpListener
{
    private readonly Channel<BgpConnection> _accepted = Channel.CreateUnbounded<BgpConnection>();
    private readonly MemoryTransport _network;

    internal MemoryListener(MemoryTransport network, IPEndPoint endPoint)
    {
        _network = network;
        LocalEndPoint = endPoint;
    }

    /// <inheritdoc/>
    public override IPEndPoint LocalEndPoint { get; }

    /// <summary>Waits for the next connection.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The accepting end of it.</returns>
    /// <exception cref="ChannelClosedException">The listener was disposed.</exception>
    public override ValueTask<BgpConnection> AcceptAsync(CancellationToken cancellationToken = default) => _accepted.Reader.ReadAsync(cancellationToken);

    /// <summary>Takes a password and checks none.</summary>
    /// <param name="peer">The peer's address.</param>
    /// <param name="password">The password; null removes it.</param>
    public override void SetPassword(IPAddress peer, BgpSecret? password) => _network.OnSetPassword?.Invoke(peer, password);

    /// <summary>Stops listening, and closes what nobody has accepted. Connections already accepted live on.</summary>
    /// <returns>Completes when the endpoint is free.</returns>
    public override async ValueTask DisposeAsync()
    {
        _network.Remove(this);
        _accepted.Writer.TryComplete();
        while (_accepted.Reader.TryRead(out var connection))
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    internal void Offer(BgpConnection connection) => _accepted.Writer.TryWrite(connection);
}
