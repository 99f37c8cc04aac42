using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>A NETLINK_ROUTE socket for one request at a time. Synchronous: the kernel has answered when the send returns.</summary>
internal sealed class NetlinkSocket : IDisposable
{
    private const int NetlinkLevel = 270, CapAck = 10, ExtendedAck = 11;
    private const int NoBuffers = 105;

    /// <summary>The kernel fills at most 32 KiB into one datagram of a dump.</summary>
    private const int LargestDatagram = 32 * 1024;

    /// <summary>How often a dump is read again because its table changed meanwhile; then it is taken as it is.</summary>
    private const int MaxDumps = 5;

    /// <summary>The kernel has answered when the send returns, so that this can only mean an answer that got lost.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[LargestDatagram];

    /// <summary>Opens the socket in the network namespace of the calling thread, where it stays.</summary>
    public NetlinkSocket()
    {
        _socket = new Socket(NetlinkSocketHandle.Open()) { ReceiveTimeout = (int)AnswerTimeout.TotalMilliseconds };
        byte[] on = BitConverter.GetBytes(1);
        _socket.SetRawSocketOption(NetlinkLevel, CapAck, on);
        _socket.SetRawSocketOption(NetlinkLevel, ExtendedAck, on);
        _socket.Bind(new NetlinkEndPoint());
    }

    /// <summary>Sends a request and returns what its answer holds, complete.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public List<T> Request<T>(ReadOnlySpan<byte> request, uint sequence, NetlinkReader<T> read)
        where T : class
    {
        var items = new List<T>();
        try
        {
            for (int dumps = 1; ; dumps++)
            {
                _socket.Send(request);
                if (!Receive(sequence, read, items) || dumps == MaxDumps)
                {
                    return items;
                }

                items.Clear();
            }
        }
        catch (SocketException e)
        {
            throw new NetlinkException(NoBuffers, e.Message);
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>True when the table changed while it was read.</summary>
    private bool Receive<T>(uint sequence, NetlinkReader<T> read, List<T> items)
        where T : class
    {
        bool interrupted = false;
        while (true)
        {
            ReadOnlySpan<byte> datagram = _buffer.AsSpan(0, _socket.Receive(_buffer));
            while (NetlinkMessage.TryRead(ref datagram, out NetlinkMessage message))
            {
                if (message.Sequence != sequence)
                {
                    continue;
                }

                interrupted |= (message.Flags & NetlinkFlags.DumpInterrupted) != 0;
                if (message.Type is NetlinkMessageType.Error or NetlinkMessageType.Done)
                {
                    NetlinkOutcome.Read(message, out int errno, out string? text);
                    return errno == 0 ? interrupted : throw new NetlinkException(errno, text);
                }

                if (read(message, out T? item))
                {
                    items.Add(item);
                }
            }
        }
    }
}
