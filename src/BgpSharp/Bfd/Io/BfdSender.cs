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
    private int _handle;

    private BfdSender(int handle, byte[] destination) => (_handle, _destination) = (handle, destination);

    public static BfdSender Open(BfdSessionOptions options)
    {
        var family = options.Address.AddressFamily;
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
            var local = options.LocalAddress ?? (family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any);
            BindToFreePort(handle, local);
            return new BfdSender(handle, BfdSocketOptions.Address(options.Address, options.Bfd.Multihop ? MultihopPort : SingleHopPort));
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
        var data = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_packet, 0);
        var destination = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_destination, 0);
        return LibC.SendTo(_handle, data, BfdControlPacket.Length, 0, destination, (uint)_destination.Length) == BfdControlPacket.Length;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _handle, -1) is >= 0 and var handle)
        {
            _ = LibC.Close(handle);
        }
    }

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
