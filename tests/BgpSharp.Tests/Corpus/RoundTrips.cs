using BgpSharp.Fuzz;
using BgpSharp.Mrt;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Vectors;

/// <summary>Counts how UPDATEs survive being read, written and read again.</summary>
internal sealed class RoundTrips
{
    private readonly UpdateRoundTrip _roundTrip = new();
    private readonly byte[] _body = new byte[ushort.MaxValue];

    public int Same { get; private set; }

    /// <summary>Written with other octets that change the same.</summary>
    public int Canonical { get; private set; }

    /// <summary>Nothing is kept of these.</summary>
    public int Refused { get; private set; }

    public List<string> Differences { get; } = [];

    public void Add(ReadOnlySpan<byte> body, in WireContext context)
    {
        if (UpdateDecoder.Decode(body, context, out _, out _) == UpdateVerdict.Reset)
        {
            Refused++;
        }
        else if (_roundTrip.Difference(body, context) is { } difference)
        {
            Differences.Add($"{difference}: {Convert.ToHexString(body)} {context}");
        }
        else if (_roundTrip.IsSameOctets)
        {
            Same++;
        }
        else
        {
            Canonical++;
        }
    }

    /// <summary>An entry of a table, as the UPDATE it must have come from.</summary>
    public void AddRoute(BgpFamily family, ReadOnlySpan<byte> nlri, PathAttributeBlock attributes, ReadOnlySpan<byte> nextHop, bool fourOctetAsn)
    {
        var isInternal = false;
        var length = 4;
        foreach (var attribute in attributes)
        {
            isInternal |= attribute.Type == AttributeType.LocalPref;
            if (attribute.Type == AttributeType.MpReach)
            {
                // Tables leave out what the record says already (RFC 6396 §4.3.4).
                byte[] value = [(byte)(family.Afi >> 8), (byte)family.Afi, family.Safi, (byte)nextHop.Length, .. nextHop, 0, .. nlri];
                length += Put(length, attribute.Flags, attribute.Type, value);
            }
            else
            {
                length += Put(length, attribute.Flags, attribute.Type, attribute.Value);
            }
        }

        (_body[2], _body[3]) = ((byte)((length - 4) >> 8), (byte)(length - 4));
        if (family == BgpFamily.Ipv4Unicast)
        {
            nlri.CopyTo(_body.AsSpan(length));
            length += nlri.Length;
        }

        Add(_body.AsSpan(0, length), new WireContext { FourOctetAsn = fourOctetAsn, IsInternal = isInternal });
    }

    /// <summary>Every UPDATE of an archive, and every entry of a table of unicast routes.</summary>
    public void AddArchive(byte[] octets)
    {
        var reader = new MrtReader(new MemoryStream(octets));
        while (reader.TryRead(out var record))
        {
            switch (record.Kind)
            {
                case MrtKind.Message when MrtMessage.TryRead(record, out var message, out _) && message.MessageType == (byte)MessageType.Update:
                    AddMessage(message);
                    break;
                case MrtKind.TableDump when MrtTableDump.TryRead(record, out var dump, out _):
                    AddRoute(dump.Prefix, dump.Attributes, fourOctetAsn: false);
                    break;
                case MrtKind.Rib when MrtRib.TryRead(record, out var rib, out _):
                    foreach (var entry in rib.Entries)
                    {
                        AddRoute(rib.Prefix, entry.Attributes, fourOctetAsn: true);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    public override string ToString() =>
        $"{Same} come out octet for octet, {Canonical} in another form that says the same, {Refused} are refused, {Differences.Count} differ";

    // BIRD once wrote path identifiers into records that do not say so.
    private void AddMessage(MrtMessage message)
    {
        var context = message.Context;
        var isReadable = UpdateDecoder.Decode(message.Body, context, out _, out _) != UpdateVerdict.Reset;
        Add(message.Body, isReadable ? context : context with { AddPathIpv4Unicast = true, AddPathIpv6Unicast = true });
    }

    private void AddRoute(IpPrefix prefix, PathAttributeBlock attributes, bool fourOctetAsn)
    {
        if (prefix.IsNone)
        {
            return;
        }

        Span<byte> octets = stackalloc byte[17];
        prefix.Address.TryWriteBytes(octets[1..], out _);
        octets[0] = (byte)prefix.Length;
        ReadOnlySpan<byte> nextHop = default;
        foreach (var attribute in attributes)
        {
            if (attribute.Type == AttributeType.MpReach)
            {
                nextHop = MrtRibEntry.ReadMultiprotocolNextHop(attribute.Value);
            }
        }

        AddRoute(prefix.Family, octets[..(1 + ((prefix.Length + 7) / 8))], attributes, nextHop, fourOctetAsn);
    }

    private int Put(int at, byte flags, byte type, ReadOnlySpan<byte> value)
    {
        var isLong = (flags & AttributeFlags.ExtendedLength) != 0 || value.Length > byte.MaxValue;
        byte[] header = isLong
            ? [(byte)(flags | AttributeFlags.ExtendedLength), type, (byte)(value.Length >> 8), (byte)value.Length]
            : [flags, type, (byte)value.Length];
        header.CopyTo(_body, at);
        value.CopyTo(_body.AsSpan(at + header.Length));
        return header.Length + value.Length;
    }
}
