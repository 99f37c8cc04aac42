using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>rtnetlink's multicast groups, in the network namespace of the thread that watches first.</summary>
internal sealed class NetlinkEvents : IAddressEvents, IDisposable
{
    private const uint LinkGroup = 0x1, Ipv4AddressGroup = 0x10, Ipv6AddressGroup = 0x100;
    private const int NetlinkLevel = 270, AddMembership = 1, Ipv4RouteGroup = 7, Ipv6RouteGroup = 11;

    /// <summary>What .NET makes of an errno it does not know, in some of its calls ENOBUFS too.</summary>
    private const int UnknownError = -131074;

    private const int NoBuffers = 105;

    /// <summary>An interface's message has about 2 KiB.</summary>
    private const int LargestDatagram = 8 * 1024;

    /// <summary>How many datagrams that wait already are taken together.</summary>
    private const int Batch = 1024;

    private readonly byte[] _buffer = new byte[LargestDatagram];
    private volatile AddressInterest _interest = AddressInterest.None;
    private Socket? _socket;
    private bool _hearsRoutes;

    /// <summary>SO_RCVBUF; null: the system's default.</summary>
    public int? ReceiveBufferSize { get; init; }

    public void Watch(AddressInterest interest)
    {
        _interest = interest;
        _socket ??= Open();
        if (interest.DefaultRoute && !_hearsRoutes)
        {
            _hearsRoutes = true;
            _socket.SetRawSocketOption(NetlinkLevel, AddMembership, BitConverter.GetBytes(Ipv4RouteGroup));
            _socket.SetRawSocketOption(NetlinkLevel, AddMembership, BitConverter.GetBytes(Ipv6RouteGroup));
        }
    }

    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        Socket socket = _socket ?? throw new InvalidOperationException("nothing is watched");
        bool changed = false;
        while (!changed)
        {
            try
            {
                int received = await socket.ReceiveAsync(_buffer, cancellationToken);
                changed = _interest.Concerns(_buffer.AsSpan(0, received));
                for (int more = 1; more < Batch && socket.Poll(0, SelectMode.SelectRead); more++)
                {
                    received = socket.Receive(_buffer);
                    changed |= _interest.Concerns(_buffer.AsSpan(0, received));
                }
            }
            catch (SocketException e) when (IsOverflow(e))
            {
                changed = true;
            }
        }
    }

    public void Dispose() => _socket?.Dispose();

    /// <summary>The socket's buffer was full and events are lost.</summary>
    private static bool IsOverflow(SocketException e) =>
        e.SocketErrorCode == SocketError.NoBufferSpaceAvailable || e.NativeErrorCode is UnknownError or NoBuffers;

    private Socket Open()
    {
        var socket = new Socket(NetlinkSocketHandle.Open());
        if (ReceiveBufferSize is { } size)
        {
            socket.ReceiveBufferSize = size;
        }

        socket.Bind(new NetlinkEndPoint(LinkGroup | Ipv4AddressGroup | Ipv6AddressGroup));
        return socket;
    }
}
