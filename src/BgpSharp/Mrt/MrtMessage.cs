using System.Buffers.Binary;
using System.Net;
using System.Runtime.CompilerServices;
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

    private const int FourOctetAsn = 1;
    private const int PathIds = 2;
    private const int Local = 4;
    private const int Legacy = 8;

    private readonly ReadOnlySpan<byte> _record;
    private readonly ReadOnlySpan<byte> _message;
    private readonly int _form;

    private MrtMessage(ReadOnlySpan<byte> record, ReadOnlySpan<byte> message, int form, byte messageType)
    {
        _record = record;
        _message = message;
        _form = form;
        MessageType = messageType;
    }

    /// <summary>The peer's AS number.</summary>
    public Asn PeerAsn => Session.PeerAsn;

    /// <summary>The recorder's AS number.</summary>
    public Asn LocalAsn => Session.LocalAsn;

    /// <summary>The interface's SNMP index; zero when it is not known.</summary>
    public ushort InterfaceIndex => Session.InterfaceIndex;

    /// <summary>The peer's address, made anew at each call.</summary>
    public IPAddress PeerAddress => new(PeerAddressOctets);

    /// <summary>The octets of the peer's address: 4 or 16.</summary>
    public ReadOnlySpan<byte> PeerAddressOctets => Session.PeerAddress;

    /// <summary>The recorder's address, made anew at each call.</summary>
    public IPAddress LocalAddress => new(LocalAddressOctets);

    /// <summary>The octets of the recorder's address: 4 or 16.</summary>
    public ReadOnlySpan<byte> LocalAddressOctets => Session.LocalAddress;

    /// <summary>Whether the recorder sent the message; it received it otherwise.</summary>
    public bool IsLocal => (_form & Local) != 0;

    /// <summary>
    /// What the codec has to know to read the message: the width of AS numbers, whether IPv4 and IPv6 prefixes have path
    /// identifiers, whether both ends are in one AS.
    /// </summary>
    public WireContext Context => new()
    {
        FourOctetAsn = (_form & FourOctetAsn) != 0,
        AddPathIpv4Unicast = (_form & PathIds) != 0,
        AddPathIpv6Unicast = (_form & PathIds) != 0,
        IsInternal = PeerAsn == LocalAsn,
    };

    /// <summary>The message with its header; empty in the older form, which has none.</summary>
    public ReadOnlySpan<byte> Octets => (_form & Legacy) == 0 ? _message : default;

    /// <summary>The type of the message: 1 OPEN, 2 UPDATE, 3 NOTIFICATION, 4 KEEPALIVE, 5 ROUTE-REFRESH.</summary>
    public byte MessageType { get; }

    /// <summary>The message behind its header.</summary>
    public ReadOnlySpan<byte> Body => (_form & Legacy) != 0 ? _message : _message.Length < BodyAt ? default : _message[BodyAt..];

    private MrtSessionFields Session => (_form & Legacy) != 0
        ? MrtSessionFields.Legacy(_record)
        : MrtSessionFields.Bgp4Mp(_record, (_form & FourOctetAsn) != 0);

    /// <summary>Reads the message; looks at the length and type of its header, not at its marker and body.</summary>
    /// <param name="record">A record of <see cref="MrtKind.Message"/>.</param>
    /// <param name="message">The message; when the result is false, the fields before the error.</param>
    /// <param name="error">What is wrong, when the result is false.</param>
    /// <returns>Whether all of it could be read.</returns>
    public static bool TryRead(scoped in MrtRecord record, out MrtMessage message, out MrtError error)
    {
        if (record.Type is MrtType.Bgp4Mp or MrtType.Bgp4MpEt && FormOf(record.Subtype) is >= 0 and var form)
        {
            return TryReadBgp4Mp(record.Body, form, out message, out error);
        }

        if (record.Kind == MrtKind.Message)
        {
            return TryReadLegacy(record, out message, out error);
        }

        message = default;
        error = new MrtError(MrtProblem.WrongKind, 0);
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadBgp4Mp(ReadOnlySpan<byte> body, int form, out MrtMessage message, out MrtError error)
    {
        var session = MrtSessionFields.Bgp4Mp(body, (form & FourOctetAsn) != 0);
        var rest = session.IsWhole ? body[session.Length..] : default;
        if (rest.Length >= BodyAt)
        {
            // Of a message that says it is longer than the record, what is there is taken; the error says that it is not all.
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[LengthAt..]);
            var isWhole = length >= BodyAt && length <= rest.Length;
            message = new MrtMessage(body, isWhole ? rest[..length] : rest, form, rest[TypeAt]);
            error = isWhole ? default : new MrtError(MrtProblem.MessageLength, session.Length);
            return isWhole;
        }

        message = new MrtMessage(body, default, form, 0);
        error = message.Session.Error() ?? new MrtError(MrtProblem.MessageLength, session.Length);
        return false;
    }

    private static bool TryReadLegacy(scoped in MrtRecord record, out MrtMessage message, out MrtError error)
    {
        var session = MrtSessionFields.Legacy(record.Body);
        var type = (LegacyBgpSubtype)record.Subtype switch
        {
            LegacyBgpSubtype.Update => Wire.MessageType.Update,
            LegacyBgpSubtype.Open => Wire.MessageType.Open,
            LegacyBgpSubtype.Notification => Wire.MessageType.Notification,
            _ => Wire.MessageType.Keepalive,
        };
        message = new MrtMessage(record.Body, session.IsWhole ? record.Body[session.Length..] : default, Legacy, (byte)type);
        error = session.Error() ?? default;
        return session.IsWhole;
    }

    // By subtype, 0 to 11; -1 for those that hold no message.
    private static int FormOf(ushort subtype)
    {
        ReadOnlySpan<sbyte> forms =
        [
            -1, 0, -1, -1, FourOctetAsn, -1, Local, FourOctetAsn | Local,
            PathIds, FourOctetAsn | PathIds, Local | PathIds, FourOctetAsn | Local | PathIds,
        ];
        return subtype < forms.Length ? forms[subtype] : -1;
    }
}
