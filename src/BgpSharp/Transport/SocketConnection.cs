using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Transport;

/// <summary>A connected TCP socket.</summary>
internal sealed class SocketConnection : BgpConnection, IQuietInput
{
    // Zero-byte reads keep no buffer in an idle session; the sizes were the fastest measured for BGP's small frames.
    internal static readonly StreamPipeReaderOptions ReaderOptions = new(bufferSize: 65536, minimumReadSize: 16384, useZeroByteReads: true);

    private readonly Socket _socket;
    private readonly QuietStream _stream;

    public SocketConnection(Socket socket)
    {
        _socket = socket;
        LocalEndPoint = (IPEndPoint)socket.LocalEndPoint!;
        RemoteEndPoint = (IPEndPoint)socket.RemoteEndPoint!;
        _stream = new QuietStream(socket);
        Input = PipeReader.Create(_stream, ReaderOptions);
    }

    internal Socket Socket => _socket;

    public override IPEndPoint LocalEndPoint { get; }

    public override IPEndPoint RemoteEndPoint { get; }

    public override PipeReader Input { get; }

    public override long UnacknowledgedBytes => SocketQueue.UnacknowledgedBytes(_socket);

    public override bool HasUnreadInput => _stream.HasEnough;

    public void WakeFor(int octets) => _stream.WakeFor(octets);

    public int TakeRepeats(ReadOnlySpan<byte> message, out TimeSpan age) => _stream.TakeRepeats(message, out age);

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        while (!data.IsEmpty)
        {
            var sent = await _socket.SendAsync(data, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            data = data[sent..];
        }
    }

    public override void CompleteSending() => _socket.Shutdown(SocketShutdown.Send);

    public override void SetTimeToLive(int hops) => _socket.Ttl = (short)hops;

    public override void RequireTimeToLive(int minimum) => SocketTuning.RequireTimeToLive(_socket, minimum);

    public override void RequireInterface(string name) => InterfaceBinding.BindAccepted(_socket, name);

    public override void SetPassword(BgpSecret password) => TcpMd5.Set(_socket, RemoteEndPoint.Address, password);

    public override void SetUserTimeout(TimeSpan timeout) => SocketTuning.SetUserTimeout(_socket, timeout);

    public override BgpInterfaceAddresses? FindInterfaceAddresses() => InterfaceLookup.Find(LocalEndPoint.Address, RemoteEndPoint.Address);

    public override ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
