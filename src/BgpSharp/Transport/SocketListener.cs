using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Transport;

/// <summary>A listening TCP socket.</summary>
internal sealed class SocketListener(Socket socket) : BgpListener
{
    internal Socket Socket => socket;

    public override IPEndPoint LocalEndPoint { get; } = (IPEndPoint)socket.LocalEndPoint!;

    public override async ValueTask<BgpConnection> AcceptAsync(CancellationToken cancellationToken)
    {
        var accepted = await socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            SocketTuning.Apply(accepted);
            return new SocketConnection(accepted);
        }
        catch
        {
            accepted.Dispose();
            throw;
        }
    }

    public override void SetPassword(IPAddress peer, BgpSecret? password)
    {
        if (socket.AddressFamily == AddressFamily.InterNetwork && peer.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // Such a peer cannot come this way, and the kernel would refuse its key.
            return;
        }

        if (password is null)
        {
            TcpMd5.Clear(socket, peer);
        }
        else
        {
            TcpMd5.Set(socket, peer, password);
        }
    }

    public override ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
