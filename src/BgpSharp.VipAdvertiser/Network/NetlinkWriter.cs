using System.Net;
using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>Writes one netlink message. Netlink speaks the host's byte order.</summary>
internal ref struct NetlinkWriter
{
    private readonly Span<byte> _buffer;
    private int _length;

    /// <summary>Writes nlmsghdr; pid 0 lets the kernel fill in the sender.</summary>
    public NetlinkWriter(Span<byte> buffer, NetlinkMessageType type, NetlinkFlags flags, uint sequence)
    {
        _buffer = buffer;
        Write(0);
        Write((ushort)type);
        Write((ushort)flags);
        Write(sequence);
        Write(0);
    }

    public void Write<T>(T value)
        where T : unmanaged
    {
        MemoryMarshal.Write(_buffer[_length..], in value);
        _length += MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).Length;
    }

    public void WriteAttribute(ushort type, scoped ReadOnlySpan<byte> value)
    {
        Write((ushort)(NetlinkAttribute.HeaderLength + value.Length));
        Write(type);
        value.CopyTo(_buffer[_length..]);
        _length += value.Length;
        while (_length % 4 != 0)
        {
            _buffer[_length++] = 0;
        }
    }

    public void WriteAttribute(ushort type, uint value) => WriteAttribute(type, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in value)));

    public void WriteAttribute(ushort type, IPAddress address)
    {
        Span<byte> value = stackalloc byte[16];
        address.TryWriteBytes(value, out int written);
        WriteAttribute(type, value[..written]);
    }

    /// <summary>The message, with its length filled in.</summary>
    public readonly ReadOnlySpan<byte> Finish()
    {
        MemoryMarshal.Write(_buffer, in _length);
        return _buffer[.._length];
    }
}
