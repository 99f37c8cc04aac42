using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Mrt;

/// <summary>
/// Writes BGP messages as MRT records (RFC 6396 §4.4.3, RFC 8050 §3): BGP4MP, or BGP4MP_ET where microseconds are wanted.
/// Allocates nothing.
/// </summary>
public static partial class MrtWriter
{
    private const int MicrosecondsLength = 4;
    private const int InterfaceAndFamilyLength = 4;
    private const int MessageHeaderLength = 19;

    /// <summary>How many octets a record has.</summary>
    /// <param name="peering">The ends of the session.</param>
    /// <param name="messageLength">The octets of the message with its header.</param>
    /// <param name="subtype">The subtype; it decides the width of the AS numbers.</param>
    /// <param name="withMicroseconds">Whether the record has microseconds.</param>
    /// <returns>The length, header included.</returns>
    public static int GetLength(
        MrtPeering peering, int messageLength, Bgp4MpSubtype subtype = Bgp4MpSubtype.MessageAs4, bool withMicroseconds = false)
    {
        ArgumentNullException.ThrowIfNull(peering);
        var addressLength = peering.PeerAddress.AddressFamily == AddressFamily.InterNetwork ? 4 : 16;
        return MrtRecord.HeaderLength + (withMicroseconds ? MicrosecondsLength : 0)
            + (2 * AsnLength(subtype)) + InterfaceAndFamilyLength + (2 * addressLength) + messageLength;
    }

    /// <summary>Writes a record into a buffer writer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="peering">The ends of the session.</param>
    /// <param name="time">When the message came or went.</param>
    /// <param name="message">The message with its header.</param>
    /// <param name="subtype">
    /// What the session agreed on, and whether the recorder sent the message; the default is a received one with four-octet
    /// AS numbers and no path identifiers.
    /// </param>
    /// <param name="withMicroseconds">Whether to keep the microseconds: BGP4MP_ET.</param>
    /// <exception cref="ArgumentException">
    /// The message has no header, the subtype is not one of messages, or the time is not in 1970 to 2106.
    /// </exception>
    public static void Write(
        IBufferWriter<byte> output,
        MrtPeering peering,
        DateTimeOffset time,
        ReadOnlySpan<byte> message,
        Bgp4MpSubtype subtype = Bgp4MpSubtype.MessageAs4,
        bool withMicroseconds = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Advance(WriteTo(output.GetSpan(GetLength(peering, message.Length, subtype, withMicroseconds)), peering, time, message, subtype, withMicroseconds));
    }

    /// <summary>Writes a record into a span.</summary>
    /// <param name="destination">Where to; <see cref="GetLength"/> says how much is needed.</param>
    /// <param name="peering">The ends of the session.</param>
    /// <param name="time">When the message came or went.</param>
    /// <param name="message">The message with its header.</param>
    /// <param name="subtype">As for <see cref="Write"/>.</param>
    /// <param name="withMicroseconds">Whether to keep the microseconds: BGP4MP_ET.</param>
    /// <returns>How many octets were written.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Write"/>, or the destination is too short.</exception>
    public static int WriteTo(
        Span<byte> destination,
        MrtPeering peering,
        DateTimeOffset time,
        ReadOnlySpan<byte> message,
        Bgp4MpSubtype subtype = Bgp4MpSubtype.MessageAs4,
        bool withMicroseconds = false)
    {
        var length = GetLength(peering, message.Length, subtype, withMicroseconds);
        if (message.Length < MessageHeaderLength)
        {
            throw new ArgumentException($"A BGP message has at least {MessageHeaderLength} octets, this one {message.Length}.", nameof(message));
        }

        message.CopyTo(destination[WriteHead(destination, length, peering, time, subtype, withMicroseconds)..]);
        return length;
    }

    /// <summary>Everything in front of the message or the states.</summary>
    private static int WriteHead(Span<byte> destination, int length, MrtPeering peering, DateTimeOffset time, Bgp4MpSubtype subtype, bool withMicroseconds)
    {
        var seconds = time.ToUnixTimeSeconds();
        if (seconds is < 0 or > uint.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, "An MRT time stamp is within 1970 to 2106.");
        }

        if (destination.Length < length)
        {
            throw new ArgumentException($"The record needs {length} octets, the destination has {destination.Length}.", nameof(destination));
        }

        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)seconds);
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], (ushort)(withMicroseconds ? MrtType.Bgp4MpEt : MrtType.Bgp4Mp));
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], (ushort)subtype);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], (uint)(length - MrtRecord.HeaderLength));
        var at = MrtRecord.HeaderLength;
        if (withMicroseconds)
        {
            var ticks = time.UtcTicks % TimeSpan.TicksPerSecond;
            BinaryPrimitives.WriteUInt32BigEndian(destination[at..], (uint)(ticks / TimeSpan.TicksPerMicrosecond));
            at += MicrosecondsLength;
        }

        var asnLength = subtype == Bgp4MpSubtype.StateChangeAs4 ? 4 : AsnLength(subtype);
        at += WriteAsn(destination[at..], peering.PeerAsn, asnLength);
        at += WriteAsn(destination[at..], peering.LocalAsn, asnLength);
        BinaryPrimitives.WriteUInt16BigEndian(destination[at..], peering.InterfaceIndex);
        var isV4 = peering.PeerAddress.AddressFamily == AddressFamily.InterNetwork;
        BinaryPrimitives.WriteUInt16BigEndian(destination[(at + 2)..], (ushort)(isV4 ? 1 : 2));
        at += InterfaceAndFamilyLength;
        at += WriteAddress(destination[at..], peering.PeerAddress);
        at += WriteAddress(destination[at..], peering.LocalAddress);
        return at;
    }

    private static int AsnLength(Bgp4MpSubtype subtype) => subtype switch
    {
        Bgp4MpSubtype.MessageAs4 or Bgp4MpSubtype.MessageAs4Local
            or Bgp4MpSubtype.MessageAs4AddPath or Bgp4MpSubtype.MessageAs4LocalAddPath => 4,
        Bgp4MpSubtype.Message or Bgp4MpSubtype.MessageLocal
            or Bgp4MpSubtype.MessageAddPath or Bgp4MpSubtype.MessageLocalAddPath => 2,
        _ => throw new ArgumentException($"{subtype} is not a subtype of messages.", nameof(subtype)),
    };

    private static int WriteAsn(Span<byte> destination, Asn asn, int length)
    {
        if (length == 4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, asn.Value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)(asn.IsTwoOctet ? asn : Asn.Trans).Value);
        }

        return length;
    }

    private static int WriteAddress(Span<byte> destination, IPAddress address)
    {
        address.TryWriteBytes(destination, out var written);
        return written;
    }
}
