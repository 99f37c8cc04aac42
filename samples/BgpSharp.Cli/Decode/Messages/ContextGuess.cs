using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Messages;

/// <summary>
/// How an UPDATE is written where the input does not tell: four-octet AS numbers unless only two octets make sense of the
/// AS path, path identifiers only where the prefixes make no sense without, an internal session where an attribute of
/// such is there.
/// </summary>
internal readonly struct ContextGuess
{
    public WireContext Context { get; private init; }

    /// <summary>The width of AS numbers was guessed, and matters.</summary>
    public bool GuessedAsnWidth { get; private init; }

    /// <summary>That prefixes have path identifiers was guessed.</summary>
    public bool GuessedAddPath { get; private init; }

    /// <summary>That the session is internal was guessed.</summary>
    public bool GuessedInternal { get; private init; }

    public static ContextGuess Make(in ContextHints hints, ReadOnlySpan<byte> body)
    {
        if (!UpdateReader.TryRead(body, default, out var update))
        {
            return new ContextGuess { Context = ToContext(hints, default, default, default, default) };
        }

        bool? width = null;
        var ipv4 = NeedsPathIds(update.Withdrawn) || NeedsPathIds(update.Nlri);
        var ipv6 = false;
        var isInternal = false;
        foreach (var attribute in update.Attributes)
        {
            switch (attribute.Type)
            {
                case AttributeType.AsPath when !attribute.Value.IsEmpty:
                    width = ReadsAs(attribute, fourOctetAsn: true) || !ReadsAs(attribute, fourOctetAsn: false);
                    break;
                case AttributeType.Aggregator when attribute.Value.Length is 6 or 8:
                    width ??= attribute.Value.Length == 8;
                    break;
                case AttributeType.LocalPref or AttributeType.OriginatorId or AttributeType.ClusterList:
                    isInternal = true;
                    break;
                case AttributeType.MpReach when attribute.TryReadMpReach(default, out var reach):
                    Note(reach.Nlri, ref ipv4, ref ipv6);
                    break;
                case AttributeType.MpUnreach when attribute.TryReadMpUnreach(default, out var unreach):
                    Note(unreach.Nlri, ref ipv4, ref ipv6);
                    break;
                default:
                    break;
            }
        }

        return new ContextGuess
        {
            Context = ToContext(hints, width ?? true, ipv4, ipv6, isInternal),
            GuessedAsnWidth = hints.FourOctetAsn is null && width is not null,
            GuessedAddPath = (hints.AddPathIpv4Unicast is null && ipv4) || (hints.AddPathIpv6Unicast is null && ipv6),
            GuessedInternal = hints.IsInternal is null && isInternal,
        };
    }

    private static WireContext ToContext(in ContextHints hints, bool width, bool ipv4, bool ipv6, bool isInternal) => new()
    {
        FourOctetAsn = hints.FourOctetAsn ?? width,
        AddPathIpv4Unicast = hints.AddPathIpv4Unicast ?? ipv4,
        AddPathIpv6Unicast = hints.AddPathIpv6Unicast ?? ipv6,
        IsInternal = hints.IsInternal ?? isInternal,
        MaximumMessageLength = ushort.MaxValue,
    };

    private static void Note(NlriView nlri, ref bool ipv4, ref bool ipv6)
    {
        ipv4 |= nlri.Family == BgpFamily.Ipv4Unicast && NeedsPathIds(nlri);
        ipv6 |= nlri.Family == BgpFamily.Ipv6Unicast && NeedsPathIds(nlri);
    }

    private static bool ReadsAs(PathAttributeView path, bool fourOctetAsn)
    {
        var segments = path.ToAsPath(fourOctetAsn).GetEnumerator();
        while (segments.MoveNext())
        {
            if (segments.Current.Type is < AsPathSegmentType.Set or > AsPathSegmentType.ConfedSet || segments.Current.Count == 0)
            {
                return false;
            }
        }

        return segments.Rest.IsEmpty;
    }

    // The zeros of a small identifier read as default routes: nobody announces one twice in a message.
    private static bool NeedsPathIds(NlriView nlri)
    {
        if (nlri.IsEmpty || !nlri.HasPrefixes)
        {
            return false;
        }

        var defaults = 0;
        var entries = nlri.GetEnumerator();
        while (entries.MoveNext())
        {
            defaults += entries.Current.Length == 0 ? 1 : 0;
        }

        return (!entries.Rest.IsEmpty || defaults > 1)
            && new NlriView(nlri.Octets, nlri.Family, hasPathIds: true).IsWellFormed(out _);
    }
}
