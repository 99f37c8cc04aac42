using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BgpSharp.Bfd;

/// <summary>
/// The socket that all sessions of one family and kind listen on. Linux sets no least TTL on UDP, so each datagram is asked for
/// its own; its time stamp is the kernel's, so that a pause of ours does not make the peer look silent.
/// </summary>
internal sealed unsafe class BfdReceiver : IDisposable
{
    private const int BufferLength = 1 << 20;
    private const int DatagramLength = 256;
    private const int NameLength = 28;
    private const int ControlLength = 256;
    private const int ControlHeaderLength = 16;
    private const int DontWait = 0x40;
    private const int ReceiveBuffer = 8;
    private const int TimestampNanoseconds = 35;
    private const int IpTimeToLive = 2;
    private const int IpReceiveTimeToLive = 12;
    private const int Ipv6Only = 26;
    private const int Ipv6ReceiveHopLimit = 51;
    private const int Ipv6HopLimit = 52;

    private readonly bool _isIpv6;
    private readonly byte[] _data = GC.AllocateArray<byte>(DatagramLength, pinned: true);
    private readonly byte[] _name = GC.AllocateArray<byte>(NameLength, pinned: true);
    private readonly byte[] _control = GC.AllocateArray<byte>(ControlLength, pinned: true);
    private int _handle;

    private BfdReceiver(int handle, AddressFamily family, bool multihop)
    {
        (_handle, _isIpv6, IsMultihop) = (handle, family == AddressFamily.InterNetworkV6, multihop);
        HeardUntil = EmptyAt = BfdClock.Now;
    }

    public bool IsMultihop { get; }

    public int Handle => _handle;

    /// <summary>Everything that arrived until then was read.</summary>
    public TimeSpan HeardUntil { get; set; }

    /// <summary>When the socket was last found empty; what is read after that arrived later, whatever the clock of the stamps does.</summary>
    public TimeSpan EmptyAt { get; set; }

    // Of the datagram that was read last.
    public ReadOnlySpan<byte> Data => _data.AsSpan(0, Length);

    public int Length { get; private set; }

    public ulong AddressHigh { get; private set; }

    public ulong AddressLow { get; private set; }

    public uint ScopeId { get; private set; }

    /// <summary>TTL or hop limit.</summary>
    public int Hops { get; private set; }

    /// <summary>The kernel's stamp, time since 1970; null: none.</summary>
    public TimeSpan? Stamp { get; private set; }

    public static BfdReceiver Open(AddressFamily family, bool multihop)
    {
        var handle = BfdSocketOptions.Open(family);
        try
        {
            BfdSocketOptions.Set(handle, BfdSocketOptions.SocketLevel, ReceiveBuffer, BufferLength);
            BfdSocketOptions.Set(handle, BfdSocketOptions.SocketLevel, TimestampNanoseconds, 1);
            if (family == AddressFamily.InterNetworkV6)
            {
                BfdSocketOptions.Set(handle, BfdSocketOptions.Ipv6Level, Ipv6Only, 1);
                BfdSocketOptions.Set(handle, BfdSocketOptions.Ipv6Level, Ipv6ReceiveHopLimit, 1);
            }
            else
            {
                BfdSocketOptions.Set(handle, BfdSocketOptions.IpLevel, IpReceiveTimeToLive, 1);
            }

            var port = multihop ? BfdSender.MultihopPort : BfdSender.SingleHopPort;
            return BfdSocketOptions.TryBind(handle, family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, port)
                ? new BfdReceiver(handle, family, multihop)
                : throw new IOException($"BFD: UDP port {port} is taken by another BFD speaker on this host.");
        }
        catch
        {
            _ = LibC.Close(handle);
            throw;
        }
    }

    /// <summary>Reads the next datagram; false: there is none.</summary>
    public bool TryRead()
    {
        var buffer = new LibC.Buffer { Data = Pointer(_data), Length = DatagramLength };
        var message = new LibC.MessageHeader
        {
            Name = Pointer(_name),
            NameLength = NameLength,
            Buffers = &buffer,
            BufferCount = 1,
            Control = Pointer(_control),
            ControlLength = ControlLength,
        };
        var length = LibC.ReceiveMessage(_handle, &message, DontWait);
        if (length < 0)
        {
            return false;
        }

        Length = (int)length;
        ReadAddress();
        ReadControl(_control.AsSpan(0, (int)message.ControlLength));
        return true;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _handle, -1) is >= 0 and var handle)
        {
            _ = LibC.Close(handle);
        }
    }

    private static byte* Pointer(byte[] pinned) => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    // sockaddr_in: family 2, port 2, address 4. sockaddr_in6: family 2, port 2, flow 4, address 16, scope 4.
    private void ReadAddress()
    {
        if (_isIpv6)
        {
            AddressHigh = BinaryPrimitives.ReadUInt64LittleEndian(_name.AsSpan(8));
            AddressLow = BinaryPrimitives.ReadUInt64LittleEndian(_name.AsSpan(16));
            ScopeId = BinaryPrimitives.ReadUInt32LittleEndian(_name.AsSpan(24));
        }
        else
        {
            (AddressHigh, AddressLow, ScopeId) = (BinaryPrimitives.ReadUInt32LittleEndian(_name.AsSpan(4)), 0, 0);
        }
    }

    // struct cmsghdr: length 8, level 4, type 4; the next one begins at a multiple of 8.
    private void ReadControl(ReadOnlySpan<byte> control)
    {
        (Hops, Stamp) = (0, null);
        while (control.Length >= ControlHeaderLength)
        {
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(control), (ulong)control.Length);
            if (length < ControlHeaderLength)
            {
                return;
            }

            var value = control[ControlHeaderLength..length];
            switch (BinaryPrimitives.ReadInt32LittleEndian(control[8..]), BinaryPrimitives.ReadInt32LittleEndian(control[12..]))
            {
                case (BfdSocketOptions.SocketLevel, TimestampNanoseconds) when value.Length >= 16:
                    Stamp = new TimeSpan((BinaryPrimitives.ReadInt64LittleEndian(value) * TimeSpan.TicksPerSecond)
                        + (BinaryPrimitives.ReadInt64LittleEndian(value[8..]) / TimeSpan.NanosecondsPerTick));
                    break;
                case (BfdSocketOptions.IpLevel, IpTimeToLive) or (BfdSocketOptions.Ipv6Level, Ipv6HopLimit) when value.Length >= 4:
                    Hops = BinaryPrimitives.ReadInt32LittleEndian(value);
                    break;
            }

            control = control[Math.Min((length + 7) & ~7, control.Length)..];
        }
    }
}
