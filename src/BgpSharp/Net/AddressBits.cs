using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp;

/// <summary>The octets of an address without the object; an IPv4 address fills the upper half of the first word.</summary>
internal readonly record struct AddressBits(ulong High, ulong Low)
{
    public static AddressBits From(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out var written);
        return Read(octets[..written]);
    }

    /// <summary>Reads 4 or 16 octets.</summary>
    public static AddressBits Read(ReadOnlySpan<byte> octets) => octets.Length == 4
        ? new((ulong)BinaryPrimitives.ReadUInt32BigEndian(octets) << 32, 0)
        : new(BinaryPrimitives.ReadUInt64BigEndian(octets), BinaryPrimitives.ReadUInt64BigEndian(octets[8..]));

    /// <summary>Writes all 16 octets; an IPv4 address fills the first four.</summary>
    public void Write(Span<byte> sixteenOctets)
    {
        BinaryPrimitives.WriteUInt64BigEndian(sixteenOctets, High);
        BinaryPrimitives.WriteUInt64BigEndian(sixteenOctets[8..], Low);
    }

    public IPAddress ToAddress(AddressFamily family)
    {
        Span<byte> octets = stackalloc byte[16];
        Write(octets);
        return new IPAddress(family == AddressFamily.InterNetwork ? octets[..4] : octets);
    }
}
