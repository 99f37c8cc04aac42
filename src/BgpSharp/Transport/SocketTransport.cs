using System.Net.Sockets;

namespace BgpSharp.Transport;

/// <summary>TCP sockets.</summary>
internal sealed class SocketTransport : BgpTransport
{
    public static readonly SocketTransport Instance = new();

    internal override TcpMd5Counts? CountTcpMd5() => TcpMd5Counts.Read();

    public override ValueTask<BgpConnection> ConnectAsync(BgpConnectOptions options, CancellationToken cancellationToken) =>
        ConnectAsync(Open(options), options, cancellationToken);

    /// <summary>The socket of a connection, with everything set that has to be before the first segment.</summary>
    internal static Socket Open(BgpConnectOptions options)
    {
        var socket = new Socket(options.RemoteEndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            SocketTuning.Apply(socket);
            if (options.TimeToLive is { } hops)
            {
                socket.Ttl = (short)hops;
            }

            if (options.MinimumTimeToLive is { } minimum)
            {
                SocketTuning.RequireTimeToLive(socket, minimum);
            }

            if (options.Password is { } password)
            {
                TcpMd5.Set(socket, options.RemoteEndPoint.Address, password);
            }

            if (options.SourceInterface is { } device)
            {
                InterfaceBinding.Bind(socket, device);
            }

            if (options.LocalAddress is { } local)
            {
                socket.Bind(new System.Net.IPEndPoint(local, 0));
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Connects a socket from <see cref="Open"/>, which it disposes when that fails.</summary>
    internal static async ValueTask<BgpConnection> ConnectAsync(Socket socket, BgpConnectOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(options.RemoteEndPoint, cancellationToken).ConfigureAwait(false);
            return new SocketConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override ValueTask<BgpListener> ListenAsync(BgpListenOptions options, CancellationToken cancellationToken)
    {
        var socket = new Socket(options.LocalEndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            SocketTuning.Apply(socket);

            // A peer with TTL security drops a SYN-ACK with less; what it is to be afterwards is set on acceptance.
            socket.Ttl = 255;

            // Bind sets SO_REUSEADDR on Linux. The runtime's ReuseAddress option would set SO_REUSEPORT too, and two
            // speakers could share a port without either noticing.
            socket.Bind(options.LocalEndPoint);
            socket.Listen(128);
            return ValueTask.FromResult<BgpListener>(new SocketListener(socket));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
