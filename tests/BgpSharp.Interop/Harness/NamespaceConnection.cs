using System.ComponentModel;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using BgpSharp.Transport;

namespace BgpSharp.Interop.Harness;

/// <summary>A connected socket of a <see cref="NamespaceTransport"/>.</summary>
internal sealed class NamespaceConnection : BgpConnection
{
    private readonly Socket _socket;
    private readonly MessageLog _sent;

    private readonly string _ns;

    public NamespaceConnection(string ns, Socket socket, MessageLog sent)
    {
        _ns = ns;
        _sent = sent;
        _socket = socket;
        LocalEndPoint = (IPEndPoint)socket.LocalEndPoint!;
        RemoteEndPoint = (IPEndPoint)socket.RemoteEndPoint!;
        Input = PipeReader.Create(new NetworkStream(socket, ownsSocket: false));
    }

    public override IPEndPoint LocalEndPoint { get; }

    public override IPEndPoint RemoteEndPoint { get; }

    public override PipeReader Input { get; }

    public override long UnacknowledgedBytes =>
        Native.ReadNumber(_socket.SafeHandle, Native.OutputQueue, out var octets) == 0
            ? octets
            : throw new Win32Exception(Marshal.GetLastPInvokeError());

    public override bool HasUnreadInput => _socket.Available > 0;

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        _sent.Add(data.Span);
        while (!data.IsEmpty)
        {
            data = data[await _socket.SendAsync(data, SocketFlags.None, cancellationToken)..];
        }
    }

    public override BgpInterfaceAddresses? FindInterfaceAddresses() =>
        NetNs.Run(_ns, () => InterfaceLookup.Find(LocalEndPoint.Address, RemoteEndPoint.Address));

    public override void CompleteSending() => _socket.Shutdown(SocketShutdown.Send);

    public override ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
