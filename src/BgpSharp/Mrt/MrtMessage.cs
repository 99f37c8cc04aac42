using System.Buffers.Binary;
using System.Net;
using BgpSharp.Wire;

namespace BgpSharp.Mrt;

/// <summary>
/// A recorded BGP message (RFC 6396 §4.4.2, §4.4.3, RFC 8050 §3, and the older form of RFC 6396 appendix B.2.5). What the
/// codec has to know to read it is in <see cref="Context"/>.
/// </summary>
public readonly ref struct MrtMessage
{
    private const int LengthAt = 16;
    private const int TypeAt = 18;
    private const int BodyAt = 19;

    private MrtMessage(Bgp4MpSubtype subtype, scoped ref MrtFieldReader fields)
    {
        var fourOctetAsn = subtype is Bgp4MpSubtype.MessageAs4 or Bgp4MpSubtype.MessageAs4Local
            or Bgp4MpSubtype.MessageAs4AddPath or Bgp4MpSubtype.MessageAs4LocalAddPath;
        IsLocal = subtype is Bgp4MpSubtype.MessageLocal or Bgp4MpSubtype.MessageAs4Local
            or Bgp4MpSubtype.MessageLocalAddPath or Bgp4MpSubtype.MessageAs4LocalAddPath;
        var session = new MrtSessionFields(ref fields, fourOctetAsn);
        PeerAsn = session.PeerAsn;
        LocalAsn = session.LocalAsn;
        InterfaceIndex = session.InterfaceIndex;
        PeerAddressOctets = session.PeerAddress;
        LocalAddressOctets = session.LocalAddress;
        var hasPathIds = subtype >= Bgp4MpSubtype.MessageAddPath;
        Context = new WireContext
        {
            FourOctetAsn = fourOctetAsn,
            AddPathIpv4Unicast = hasPathIds,
            AddPathIpv6Unicast = hasPathIds,
            IsInternal = PeerAsn == LocalAsn,
        };
        Octets = ReadMessage(ref fields);
        MessageType = Octets.Length < BodyAt ? (byte)0 : Octets[TypeAt];
        Body = Octets.Length < BodyAt ? default : Octets[BodyAt..];
    }

    private MrtMessage(LegacyBgpSubtype subtype, scoped ref MrtFieldReader fields)
    {
        PeerAsn = fields.UInt16();
        PeerAddressOctets = fields.Octets(4);
        LocalAsn = fields.UInt16();
        LocalAddressOctets = fields.Octets(4);
        Context = new WireContext { IsInternal = PeerAsn == LocalAsn };
        MessageType = (byte)(subtype switch
        {
            LegacyBgpSubtype.Update => Wire.MessageType.Update,
            LegacyBgpSubtype.Open => Wire.MessageType.Open,
            LegacyBgpSubtype.Notification => Wire.MessageType.Notification,
            _ => Wire.MessageType.Keepalive,
        });
        Body = fields.IsOk ? fields.Rest : default;
    }

    /// <summary>The peer's AS number.</summary>
    public Asn PeerAsn { get; }

    /// <summary>The recorder's AS number.</summary>
    public Asn LocalAsn { get; }

    /// <summary>The interface's SNMP index; zero when it is not known.</summary>
    public ushort InterfaceIndex { get; }

    /// <summary>The peer's address, made anew at each call.</summary>
    public IPAddress PeerAddress => new(PeerAddressOctets);

    /// <summary>The octets of the peer's address: 4 or 16.</summary>
    public ReadOnlySpan<byte> PeerAddressOctets { get; }

    /// <summary>The recorder's address, made anew at each call.</summary>
    public IPAddress LocalAddress => new(LocalAddressOctets);

    /// <summary>The octets of the recorder's address: 4 or 16.</summary>
    public ReadOnlySpan<byte> LocalAddressOctets { get; }

    /// <summary>Whether the recorder sent the message; it received it otherwise.</summary>
    public bool IsLocal { get; }

    /// <summary>
    /// What the codec has to know to read the message: the width of AS numbers, whether IPv4 and IPv6 prefixes have path
    /// identifiers, whether both ends are in one AS.
    /// </summary>
    public WireContext Context { get; }

    /// <summary>The message with its header; empty in the older form, which has none.</summary>
    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>The type of the message: 1 OPEN, 2 UPDATE, 3 NOTIFICATION, 4 KEEPALIVE, 5 ROUTE-REFRESH.</summary>
    public byte MessageType { get; }

    /// <summary>The message behind its header.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Reads the message; looks at the length and type of its header, not at its marker and body.</summary>
    /// <param name="record">A record of <see cref="MrtKind.Message"/>.</param>
    /// <param name="message">The message; when the result is false, the fields before the error.</param>
    /// <param name="error">What is wrong, when the result is false.</param>
    /// <returns>Whether all of it could be read.</returns>
    public static bool TryRead(scoped in MrtRecord record, out MrtMessage message, out MrtError error)
    {
        message = default;
        if (record.Kind != MrtKind.Message)
        {
            error = new MrtError(MrtProblem.WrongKind, 0);
            return false;
        }

        var fields = new MrtFieldReader(record.Body);
        message = record.Type == MrtType.LegacyBgp
            ? new MrtMessage((LegacyBgpSubtype)record.Subtype, ref fields)
            : new MrtMessage((Bgp4MpSubtype)record.Subtype, ref fields);
        error = fields.Error;
        return fields.IsOk;
    }

    // Of a message that says it is longer than the record, what is there is taken; the error says that it is not all.
    private static ReadOnlySpan<byte> ReadMessage(scoped ref MrtFieldReader fields)
    {
        var rest = fields.IsOk ? fields.Rest : default;
        if (rest.Length < BodyAt)
        {
            fields.Fail(MrtProblem.MessageLength, fields.Position);
            return default;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(rest[LengthAt..]);
        if (length < BodyAt || length > rest.Length)
        {
            fields.Fail(MrtProblem.MessageLength, fields.Position);
            return rest;
        }

        return rest[..length];
    }
}
