using System.Net;

namespace BgpSharp.Mrt;

/// <summary>A change of a session's state (RFC 6396 §4.4.1, §4.4.4, and the older form of appendix B.2.5).</summary>
public readonly ref struct MrtStateChange
{
    private MrtStateChange(scoped in MrtRecord record, scoped ref MrtFieldReader fields)
    {
        if (record.Type == MrtType.LegacyBgp)
        {
            PeerAsn = fields.UInt16();
            PeerAddressOctets = fields.Octets(4);
        }
        else
        {
            var session = MrtSessionFields.Bgp4Mp(record.Body, (Bgp4MpSubtype)record.Subtype == Bgp4MpSubtype.StateChangeAs4);
            fields.Skip(session);
            PeerAsn = session.PeerAsn;
            LocalAsn = session.LocalAsn;
            InterfaceIndex = session.InterfaceIndex;
            PeerAddressOctets = session.PeerAddress;
            LocalAddressOctets = session.LocalAddress;
        }

        OldState = (MrtFsmState)fields.UInt16();
        NewState = (MrtFsmState)fields.UInt16();
    }

    /// <summary>The peer's AS number.</summary>
    public Asn PeerAsn { get; }

    /// <summary>The recorder's AS number; zero in the older form, which has none.</summary>
    public Asn LocalAsn { get; }

    /// <summary>The interface's SNMP index; zero when it is not known.</summary>
    public ushort InterfaceIndex { get; }

    /// <summary>The peer's address, made anew at each call.</summary>
    public IPAddress PeerAddress => new(PeerAddressOctets);

    /// <summary>The octets of the peer's address: 4 or 16.</summary>
    public ReadOnlySpan<byte> PeerAddressOctets { get; }

    /// <summary>The recorder's address, made anew at each call; null in the older form.</summary>
    public IPAddress? LocalAddress => LocalAddressOctets.IsEmpty ? null : new(LocalAddressOctets);

    /// <summary>The octets of the recorder's address: 4 or 16, none in the older form.</summary>
    public ReadOnlySpan<byte> LocalAddressOctets { get; }

    /// <summary>The state before.</summary>
    public MrtFsmState OldState { get; }

    /// <summary>The state after.</summary>
    public MrtFsmState NewState { get; }

    /// <summary>Reads the state change.</summary>
    /// <param name="record">A record of <see cref="MrtKind.StateChange"/>.</param>
    /// <param name="change">The state change; when the result is false, the fields before the error.</param>
    /// <param name="error">What is wrong, when the result is false.</param>
    /// <returns>Whether all of it could be read.</returns>
    public static bool TryRead(scoped in MrtRecord record, out MrtStateChange change, out MrtError error)
    {
        change = default;
        if (record.Kind != MrtKind.StateChange)
        {
            error = new MrtError(MrtProblem.WrongKind, 0);
            return false;
        }

        var fields = new MrtFieldReader(record.Body);
        change = new MrtStateChange(record, ref fields);
        error = fields.Error;
        return fields.IsOk;
    }
}
