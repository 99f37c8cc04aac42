using System.Net;
using BgpSharp.Wire;

namespace BgpSharp.Mrt;

/// <summary>
/// One route of a table in the older form (RFC 6396 §4.2). Subtypes 1 and 2 are IPv4 and IPv6 with two-octet AS numbers, 3
/// and 4 the same with four-octet ones, which no RFC has but some recorders wrote.
/// </summary>
public readonly ref struct MrtTableDump
{
    private MrtTableDump(scoped in MrtRecord record, scoped ref MrtFieldReader fields)
    {
        var addressLength = record.Subtype is 1 or 3 ? 4 : 16;
        FourOctetAsn = record.Subtype is 3 or 4;
        View = fields.UInt16();
        Sequence = fields.UInt16();
        PrefixOctets = fields.Octets(addressLength);
        var lengthAt = fields.Position;
        PrefixLength = fields.Byte();
        Status = fields.Byte();
        OriginatedSeconds = fields.UInt32();
        PeerAddressOctets = fields.Octets(addressLength);
        PeerAsn = fields.Asn(FourOctetAsn);
        Attributes = new PathAttributeBlock(fields.Octets(fields.UInt16()));
        if (fields.IsOk && PrefixLength > addressLength * 8)
        {
            fields.Fail(MrtProblem.PrefixLength, lengthAt);
        }
    }

    /// <summary>The number of the view, where a recorder has several.</summary>
    public ushort View { get; }

    /// <summary>The number of the record, which wraps.</summary>
    public ushort Sequence { get; }

    /// <summary>The prefix; none when its length is more than an address has.</summary>
    public IpPrefix Prefix => MrtPrefix.From(PrefixOctets, PrefixLength);

    /// <summary>The address octets of the prefix as they are, host bits included: 4 or 16.</summary>
    public ReadOnlySpan<byte> PrefixOctets { get; }

    /// <summary>The number of network bits as it is.</summary>
    public byte PrefixLength { get; }

    /// <summary>The status; recorders write 1.</summary>
    public byte Status { get; }

    /// <summary>When the route was last changed, in seconds since 1970-01-01 UTC.</summary>
    public uint OriginatedSeconds { get; }

    /// <summary>The peer's address, made anew at each call.</summary>
    public IPAddress PeerAddress => new(PeerAddressOctets);

    /// <summary>The octets of the peer's address: 4 or 16.</summary>
    public ReadOnlySpan<byte> PeerAddressOctets { get; }

    /// <summary>The peer's AS number.</summary>
    public Asn PeerAsn { get; }

    /// <summary>The path attributes as they are.</summary>
    public PathAttributeBlock Attributes { get; }

    /// <summary>Whether AS numbers in the attributes have four octets.</summary>
    public bool FourOctetAsn { get; }

    /// <summary>Reads the route.</summary>
    /// <param name="record">A record of <see cref="MrtKind.TableDump"/>.</param>
    /// <param name="dump">The route; when the result is false, the fields before the error.</param>
    /// <param name="error">What is wrong, when the result is false.</param>
    /// <returns>Whether all of it could be read.</returns>
    public static bool TryRead(scoped in MrtRecord record, out MrtTableDump dump, out MrtError error)
    {
        dump = default;
        if (record.Kind != MrtKind.TableDump)
        {
            error = new MrtError(MrtProblem.WrongKind, 0);
            return false;
        }

        var fields = new MrtFieldReader(record.Body);
        dump = new MrtTableDump(record, ref fields);
        error = fields.Error;
        return fields.IsOk;
    }
}
