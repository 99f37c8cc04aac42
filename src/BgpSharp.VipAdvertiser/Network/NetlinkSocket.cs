using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>A NETLINK_ROUTE socket for one request at a time. Synchronous: the kernel has answered when the send returns.</summary>
internal sealed class NetlinkSocket : IDisposable
{
    private const int NetlinkLevel = 270, CapAck = 10, ExtendedAck = 11;

    /// <summary>The kernel fills at most 32 KiB into one datagram of a dump.</summary>
    private const int LargestDatagram = 32 * 1024;

    private readonly Socket _socket;

    /// <summary>Opens the socket in the network namespace of the calling thread.</summary>
    public NetlinkSocket()
    {
        _socket = new Socket(NetlinkSocketHandle.Open());
        byte[] on = BitConverter.GetBytes(1);
        _socket.SetRawSocketOption(NetlinkLevel, CapAck, on);
        _socket.SetRawSocketOption(NetlinkLevel, ExtendedAck, on);
        _socket.Bind(new NetlinkEndPoint());
    }

    /// <summary>Sends a request and returns the addresses of its answer, complete.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<InterfaceAddress> Request(ReadOnlySpan<byte> request, uint sequence)
    {
        _socket.Send(request);
        var addresses = new List<InterfaceAddress>();
        var buffer = new byte[LargestDatagram];
        while (true)
        {
            int received = _socket.Receive(buffer);
            if (ReadAnswer(buffer.AsSpan(0, received), sequence, addresses))
            {
                return addresses;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>True when the answer is complete.</summary>
    private static bool ReadAnswer(ReadOnlySpan<byte> datagram, uint sequence, List<InterfaceAddress> addresses)
    {
        while (NetlinkMessage.TryRead(ref datagram, out NetlinkMessage message))
        {
            if (message.Sequence != sequence)
            {
                continue;
            }

            if (message.Type is NetlinkMessageType.Error or NetlinkMessageType.Done)
            {
                AddressReply.ReadOutcome(message, out int errno, out string? text);
                return errno == 0 ? true : throw new NetlinkException(errno, text);
            }

            if (AddressReply.TryReadAddress(message, out InterfaceAddress? address))
            {
                addresses.Add(address);
            }
        }

        return false;
    }
}
