using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BgpSharp.Bfd;

/// <summary>
/// The socket that a session sends from: a source port of its own in the range of RFC 5881 §4, TTL or hop limit 255, CS6. It is not
/// connected, so that nobody's ICMP turns up as an error.
/// </summary>
internal sealed unsafe class BfdSender : IDisposable
{
    public const int SingleHopPort = 3784;
    public const int MultihopPort = 4784;

    private const int FirstSourcePort = 49152;
    private const int SourcePorts = 65536 - FirstSourcePort;
    private const int MaximumTimeToLive = 255;
    private const int ClassSelector6 = 48 << 2;
    private const int IpTypeOfService = 1;
    private const int IpTimeToLive = 2;
    private const int Ipv6UnicastHops = 16;
    private const int Ipv6TrafficClass = 67;
    private const int ReceiveBuffer = 8;

    private readonly byte[] _destination;
    private readonly byte[] _packet = GC.AllocateArray<byte>(BfdControlPacket.Length, pinned: true);
    private readonly byte[] _periodic = GC.AllocateArray<byte>(BfdControlPacket.Length, pinned: true);
    private readonly LibC.Buffer[] _buffer = GC.AllocateArray<LibC.Buffer>(1, pinned: true);
    private readonly LibC.MessageHeader[] _message = GC.AllocateArray<LibC.MessageHeader>(1, pinned: true);
    private int _handle;

    private BfdSender(int handle, byte[] destination)
    {
        (_handle, _destination) = (handle, destination);
        _buffer[0] = new LibC.Buffer { Data = Pointer(_periodic), Length = BfdControlPacket.Length };
        _message[0] = new LibC.MessageHeader
        {
            Name = Pointer(_destination),
            NameLength = (uint)_destination.Length,
            Buffers = (LibC.Buffer*)Marshal.UnsafeAddrOfPinnedArrayElement(_buffer, 0),
            BufferCount = 1,
        };
    }

    public static BfdSender Open(BfdSessionOptions options) =>
        To(options.Address, options.Bfd.Multihop ? MultihopPort : SingleHopPort, options.LocalAddress);

    public static BfdSender To(IPAddress address, int port, IPAddress? local = null)
    {
        var family = address.AddressFamily;
        var handle = BfdSocketOptions.Open(family);
        try
        {
            if (family == AddressFamily.InterNetworkV6)
            {
                BfdSocketOptions.Set(handle, BfdSocketOptions.Ipv6Level, Ipv6UnicastHops, MaximumTimeToLive);
                BfdSocketOptions.Set(handle, BfdSocketOptions.Ipv6Level, Ipv6TrafficClass, ClassSelector6);
            }
            else
            {
                BfdSocketOptions.Set(handle, BfdSocketOptions.IpLevel, IpTimeToLive, MaximumTimeToLive);
                BfdSocketOptions.Set(handle, BfdSocketOptions.IpLevel, IpTypeOfService, ClassSelector6);
            }

            // Nothing is expected here.
            BfdSocketOptions.Set(handle, BfdSocketOptions.SocketLevel, ReceiveBuffer, 0);
            BindToFreePort(handle, local ?? (family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any));
            return new BfdSender(handle, BfdSocketOptions.Address(address, port));
        }
        catch
        {
            _ = LibC.Close(handle);
            throw;
        }
    }

    /// <summary>Whether the system took the packet.</summary>
    public bool Send(in BfdControlPacket packet)
    {
        packet.Encode(_packet);
        return LibC.SendTo(_handle, Pointer(_packet), BfdControlPacket.Length, 0, Pointer(_destination), (uint)_destination.Length)
            == BfdControlPacket.Length;
    }

    /// <summary>What <see cref="TrySendAt"/> sends from now on; not while the ring has packets of this sender.</summary>
    public void Prepare(in BfdControlPacket packet) => packet.Encode(_periodic);

    /// <summary>Whether the ring takes what was prepared, to be sent then.</summary>
    public bool TrySendAt(SendRing ring, TimeSpan at) =>
        ring.TryAdd(_handle, (LibC.MessageHeader*)Marshal.UnsafeAddrOfPinnedArrayElement(_message, 0), at);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _handle, -1) is >= 0 and var handle)
        {
            _ = LibC.Close(handle);
        }
    }

    private static byte* Pointer(byte[] pinned) => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    private static void BindToFreePort(int handle, IPAddress local)
    {
        var first = Random.Shared.Next(SourcePorts);
        for (var i = 0; i < SourcePorts; i++)
        {
            if (BfdSocketOptions.TryBind(handle, local, FirstSourcePort + ((first + i) % SourcePorts)))
            {
                return;
            }
        }

        throw new IOException($"BFD: no UDP port from {FirstSourcePort} on is free at {local}.");
    }
}
