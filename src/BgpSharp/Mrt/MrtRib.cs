namespace BgpSharp.Mrt;

/// <summary>The routes of one prefix (RFC 6396 §4.3.2, §4.3.3, RFC 8050 §4): one entry a peer, or a path.</summary>
public readonly ref struct MrtRib
{
    private readonly bool _hasEntryPathIds;

    private MrtRib(scoped in MrtRecord record, scoped ref MrtFieldReader fields, bool pathIdInNlri)
    {
        HasPathIdentifiers = record.Subtype >= (ushort)TableDumpV2Subtype.RibIpv4UnicastAddPath;
        _hasEntryPathIds = HasPathIdentifiers && !pathIdInNlri;
        Sequence = fields.UInt32();
        var isGeneric = (TableDumpV2Subtype)record.Subtype is TableDumpV2Subtype.RibGeneric or TableDumpV2Subtype.RibGenericAddPath;
        var familyAt = fields.Position;
        Family = isGeneric ? new BgpFamily(fields.UInt16(), fields.Byte()) : FamilyOf((TableDumpV2Subtype)record.Subtype);
        if (pathIdInNlri)
        {
            PathId = fields.UInt32();
        }

        if (isGeneric && !MrtNlri.IsDelimited(Family))
        {
            fields.Fail(MrtProblem.UnknownFamily, familyAt);
        }

        var nlriAt = fields.Position;
        Nlri = MrtNlri.Read(ref fields, Family);
        if (fields.IsOk && HasPrefix && PrefixLength > MaximumPrefixLength)
        {
            fields.Fail(MrtProblem.PrefixLength, nlriAt);
        }

        EntryCount = fields.UInt16();
        EntriesField = fields.Rest;
        for (var i = 0; i < EntryCount && fields.IsOk; i++)
        {
            _ = MrtRibEntry.Read(ref fields, _hasEntryPathIds, 0);
        }
    }

    /// <summary>The number of the record in the table.</summary>
    public uint Sequence { get; }

    /// <summary>The address family.</summary>
    public BgpFamily Family { get; }

    /// <summary>The prefix; none when the family has no IPv4 or IPv6 prefixes, or when it could not be read.</summary>
    public IpPrefix Prefix => HasPrefix && PrefixLength <= MaximumPrefixLength && !Nlri.IsEmpty
        ? IpPrefix.FromOctets(Family.Afi == 1, Nlri[1..], PrefixLength)
        : default;

    /// <summary>The prefix as it is: for unicast and multicast the length octet and the significant octets.</summary>
    public ReadOnlySpan<byte> Nlri { get; }

    /// <summary>How many entries the record says it has.</summary>
    public ushort EntryCount { get; }

    /// <summary>Whether every entry has a path identifier (RFC 8050).</summary>
    public bool HasPathIdentifiers { get; }

    /// <summary>The entries where they lie; those before the error when the record is truncated.</summary>
    public MrtRibEntries Entries => new(EntriesField, EntryCount, _hasEntryPathIds, PathId);

    private uint PathId { get; }

    private ReadOnlySpan<byte> EntriesField { get; }

    private bool HasPrefix => Family is { Afi: 1 or 2, Safi: 1 or 2 };

    private int PrefixLength => Nlri.IsEmpty ? 0 : Nlri[0];

    private int MaximumPrefixLength => Family.Afi == 1 ? 32 : 128;

    /// <summary>Reads the routes of a prefix; checks that every entry is whole, not what is in its attributes.</summary>
    /// <param name="record">A record of <see cref="MrtKind.Rib"/>.</param>
    /// <param name="rib">The routes; when the result is false, what was read before the error.</param>
    /// <param name="error">What is wrong, when the result is false.</param>
    /// <returns>Whether all of it could be read.</returns>
    public static bool TryRead(scoped in MrtRecord record, out MrtRib rib, out MrtError error)
    {
        rib = default;
        if (record.Kind != MrtKind.Rib)
        {
            error = new MrtError(MrtProblem.WrongKind, 0);
            return false;
        }

        // RFC 8050 §4.2 has the path identifier of a generic record in its NLRI; GoBGP and OpenBGPD write it into the
        // entries. Only the right one of the two ends where the record does.
        var isGenericAddPath = (TableDumpV2Subtype)record.Subtype == TableDumpV2Subtype.RibGenericAddPath;
        var fields = new MrtFieldReader(record.Body);
        rib = new MrtRib(record, ref fields, pathIdInNlri: isGenericAddPath);
        if (isGenericAddPath && !(fields.IsOk && fields.Rest.IsEmpty))
        {
            var otherFields = new MrtFieldReader(record.Body);
            var other = new MrtRib(record, ref otherFields, pathIdInNlri: false);
            if (otherFields.IsOk && otherFields.Rest.IsEmpty && other.EntryCount > 0)
            {
                rib = other;
                fields = otherFields;
            }
        }

        error = fields.Error;
        return fields.IsOk;
    }

    private static BgpFamily FamilyOf(TableDumpV2Subtype subtype) => subtype switch
    {
        TableDumpV2Subtype.RibIpv4Unicast or TableDumpV2Subtype.RibIpv4UnicastAddPath => BgpFamily.Ipv4Unicast,
        TableDumpV2Subtype.RibIpv6Unicast or TableDumpV2Subtype.RibIpv6UnicastAddPath => BgpFamily.Ipv6Unicast,
        TableDumpV2Subtype.RibIpv4Multicast or TableDumpV2Subtype.RibIpv4MulticastAddPath => new BgpFamily(1, 2),
        _ => new BgpFamily(2, 2),
    };
}
