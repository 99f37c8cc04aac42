using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>
/// The kernel's news of TCP sockets that are gone (sock_diag), in the network namespace of the thread that made this; only
/// of those that listened on one port.
/// </summary>
internal sealed class ListenerEnds : IDisposable
{
    /// <summary>SKNLGRP_INET_TCP_DESTROY and SKNLGRP_INET6_TCP_DESTROY.</summary>
    private const uint Groups = (1 << 0) | (1 << 2);

    /// <summary>SOCK_DIAG_BY_FAMILY; each netlink protocol has numbers of its own.</summary>
    private const NetlinkMessageType SocketByFamily = (NetlinkMessageType)20;

    private const int SocketLevel = 1, AttachFilter = 26;

    /// <summary>Of inet_diag_msg.</summary>
    private const int LocalPort = 4, RemotePort = 6;

    private const ushort LoadHalf = 0x28, JumpIfEqual = 0x15, Return = 0x06;

    private readonly byte[] _buffer = new byte[8192];
    private readonly Socket _socket;
    private readonly ushort _port;

    /// <exception cref="NetlinkException">The kernel has no sock_diag.</exception>
    /// <exception cref="SocketException">This process may not listen to it.</exception>
    public ListenerEnds(ushort port)
    {
        _port = port;
        _socket = new Socket(NetlinkSocketHandle.Open(NetlinkSocketHandle.SocketDiagnosis));
        try
        {
            Filter();
            _socket.Bind(new NetlinkEndPoint(Groups));
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Completes when a socket that listened on the port is gone, or when news were lost.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var received = await _socket.ReceiveAsync(_buffer, cancellationToken);
                if (HasEnd(_buffer.AsSpan(0, received), _port))
                {
                    return;
                }
            }
            catch (SocketException)
            {
                // ENOBUFS, whose number does not get through: there were more than the socket holds.
                return;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>A socket without a remote port was no connection.</summary>
    public static bool HasEnd(ReadOnlySpan<byte> datagram, ushort port)
    {
        while (NetlinkMessage.TryRead(ref datagram, out var message))
        {
            if (message.Type == SocketByFamily
                && message.Payload.Length >= RemotePort + sizeof(ushort)
                && BinaryPrimitives.ReadUInt16BigEndian(message.Payload[LocalPort..]) == port
                && BinaryPrimitives.ReadUInt16BigEndian(message.Payload[RemotePort..]) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>In the kernel already: a busy node has thousands of connections a second that end, and none of them concerns us.</summary>
    private unsafe void Filter()
    {
        ReadOnlySpan<BpfInstruction> program =
        [
            new(LoadHalf, 0, 0, NetlinkMessage.HeaderLength + LocalPort),
            new(JumpIfEqual, 0, 3, _port),
            new(LoadHalf, 0, 0, NetlinkMessage.HeaderLength + RemotePort),
            new(JumpIfEqual, 0, 1, 0),
            new(Return, 0, 0, uint.MaxValue),
            new(Return, 0, 0, 0),
        ];
        fixed (BpfInstruction* first = program)
        {
            var filter = new BpfProgram((ushort)program.Length, (nint)first);
            _socket.SetRawSocketOption(SocketLevel, AttachFilter, MemoryMarshal.AsBytes(new ReadOnlySpan<BpfProgram>(in filter)));
        }
    }

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct BpfInstruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand);

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct BpfProgram(ushort Length, nint First);
}
