using System.Buffers.Binary;

namespace BgpSharp.Mrt;

/// <summary>One MRT record where it lies in a buffer (RFC 6396 §2, §3).</summary>
public readonly ref struct MrtRecord
{
    /// <summary>The octets of the header that every record has.</summary>
    public const int HeaderLength = 12;

    /// <summary>The longest record that is read unless another bound is given: 16 MiB, header included.</summary>
    public const int DefaultMaximumLength = 16 * 1024 * 1024;

    private const int MicrosecondsLength = 4;

    private MrtRecord(ReadOnlySpan<byte> octets)
    {
        Seconds = BinaryPrimitives.ReadUInt32BigEndian(octets);
        Type = (MrtType)BinaryPrimitives.ReadUInt16BigEndian(octets[4..]);
        Subtype = BinaryPrimitives.ReadUInt16BigEndian(octets[6..]);
        Length = octets.Length;
        Body = octets[HeaderLength..];
        if (IsExtended && Body.Length >= MicrosecondsLength)
        {
            Microseconds = BinaryPrimitives.ReadUInt32BigEndian(Body);
            Body = Body[MicrosecondsLength..];
        }
        else if (IsExtended)
        {
            Body = default;
        }
    }

    /// <summary>When it happened or the table was written, in seconds since 1970-01-01 UTC.</summary>
    public uint Seconds { get; }

    /// <summary>The microseconds to add, as they are written; zero in records without them (RFC 6396 §3).</summary>
    public uint Microseconds { get; }

    /// <summary>The time stamp with its microseconds.</summary>
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeSeconds(Seconds).AddMicroseconds(Microseconds);

    /// <summary>The type.</summary>
    public MrtType Type { get; }

    /// <summary>
    /// The subtype; its meaning depends on the type: <see cref="TableDumpV2Subtype"/>, <see cref="Bgp4MpSubtype"/>,
    /// <see cref="LegacyBgpSubtype"/>, and for <see cref="MrtType.TableDump"/> the address family.
    /// </summary>
    public ushort Subtype { get; }

    /// <summary>What follows the header and the microseconds.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>The octets of the record, header included.</summary>
    public int Length { get; }

    /// <summary>Whether the type is one with microseconds (RFC 6396 §3).</summary>
    public bool IsExtended => Type is MrtType.Bgp4MpEt or MrtType.IsisEt or MrtType.Ospfv3Et;

    /// <summary>Which view reads the record.</summary>
    public MrtKind Kind => Type switch
    {
        MrtType.Bgp4Mp or MrtType.Bgp4MpEt => (Bgp4MpSubtype)Subtype switch
        {
            Bgp4MpSubtype.StateChange or Bgp4MpSubtype.StateChangeAs4 => MrtKind.StateChange,
            Bgp4MpSubtype.Message or (>= Bgp4MpSubtype.MessageAs4 and <= Bgp4MpSubtype.MessageAs4LocalAddPath) => MrtKind.Message,
            _ => MrtKind.Other,
        },
        MrtType.TableDumpV2 => (TableDumpV2Subtype)Subtype switch
        {
            TableDumpV2Subtype.PeerIndexTable => MrtKind.PeerIndexTable,
            TableDumpV2Subtype.GeoPeerTable => MrtKind.Other,
            >= TableDumpV2Subtype.RibIpv4Unicast and <= TableDumpV2Subtype.RibGenericAddPath => MrtKind.Rib,
            _ => MrtKind.Other,
        },
        MrtType.TableDump => Subtype is >= 1 and <= 4 ? MrtKind.TableDump : MrtKind.Other,
        MrtType.LegacyBgp => (LegacyBgpSubtype)Subtype switch
        {
            LegacyBgpSubtype.StateChange => MrtKind.StateChange,
            LegacyBgpSubtype.Update or LegacyBgpSubtype.Open or LegacyBgpSubtype.Notification or LegacyBgpSubtype.Keepalive => MrtKind.Message,
            _ => MrtKind.Other,
        },
        _ => MrtKind.Other,
    };

    /// <summary>Reads the record at the start of a buffer. Records of every type are framed; nothing is copied.</summary>
    /// <param name="buffer">The octets.</param>
    /// <param name="record">The record, when the result is <see cref="MrtReadStatus.Record"/>; go on <see cref="Length"/> octets later.</param>
    /// <param name="maximumLength">The longest record that is believed, in octets with the header.</param>
    /// <returns>Whether there is a record.</returns>
    public static MrtReadStatus TryRead(ReadOnlySpan<byte> buffer, out MrtRecord record, int maximumLength = DefaultMaximumLength)
    {
        record = default;
        if (buffer.Length < HeaderLength)
        {
            return MrtReadStatus.NeedMore;
        }

        var length = LengthOf(buffer);
        if (length > maximumLength)
        {
            return MrtReadStatus.Corrupt;
        }

        if (length > buffer.Length)
        {
            return MrtReadStatus.NeedMore;
        }

        record = new MrtRecord(buffer[..(int)length]);
        return MrtReadStatus.Record;
    }

    /// <summary>The length that a record's header states, header included.</summary>
    internal static long LengthOf(ReadOnlySpan<byte> header) => HeaderLength + (long)BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
}
