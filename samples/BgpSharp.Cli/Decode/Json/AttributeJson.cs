using System.Net;
using System.Text.Json;
using BgpSharp.Cli.Decode.Messages;
using BgpSharp.Cli.Decode.Text;
using BgpSharp.Mrt;
using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Json;

/// <summary>
/// Path attributes by name. What has no name here, cannot be read or is there a second time stands in <c>others</c>, in hex.
/// </summary>
internal static class AttributeJson
{
    public static void Write(Utf8JsonWriter json, PathAttributeBlock attributes, in WireContext context) =>
        Write(json, attributes, context, isTable: false);

    /// <summary>The attributes of a table's route, whose MP_REACH_NLRI may be no more than the next hop.</summary>
    public static void WriteTable(Utf8JsonWriter json, PathAttributeBlock attributes, in WireContext context) =>
        Write(json, attributes, context, isTable: true);

    private static void Write(Utf8JsonWriter json, PathAttributeBlock attributes, in WireContext context, bool isTable)
    {
        Span<bool> seen = stackalloc bool[byte.MaxValue + 1];
        seen.Clear();
        List<int> others = [];
        var index = 0;
        var enumerator = attributes.GetEnumerator();
        for (; enumerator.MoveNext(); index++)
        {
            var attribute = enumerator.Current;
            if (seen[attribute.Type] || !(isTable && attribute.Type == AttributeType.MpReach ? TryWriteNextHop(json, attribute) : TryWrite(json, attribute, context)))
            {
                others.Add(index);
            }

            seen[attribute.Type] = true;
        }

        json.WriteStartArray("others");
        index = 0;
        var next = 0;
        foreach (var attribute in attributes)
        {
            if (next < others.Count && others[next] == index++)
            {
                next++;
                WriteOther(json, attribute);
            }
        }

        json.WriteEndArray();
        WriteUnusualFlags(json, attributes);
        json.WriteString("undecoded", enumerator.Rest.IsEmpty ? null : Convert.ToHexString(enumerator.Rest));
    }

    // Of those by name; the others have their flags beside them.
    private static void WriteUnusualFlags(Utf8JsonWriter json, PathAttributeBlock attributes)
    {
        json.WriteStartArray("unusual_flags");
        foreach (var attribute in attributes)
        {
            if (UsualFlags.Are(attribute.Type) && !UsualFlags.Has(attribute))
            {
                json.WriteStartObject();
                json.WriteNumber("type", attribute.Type);
                json.WriteString("name", AttributeType.NameOf(attribute.Type));
                json.WriteNumber("flags", attribute.Flags);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteOther(Utf8JsonWriter json, PathAttributeView attribute)
    {
        json.WriteStartObject();
        json.WriteNumber("type", attribute.Type);
        json.WriteString("name", AttributeType.NameOf(attribute.Type));
        json.WriteNumber("flags", attribute.Flags);
        json.WriteString("value", Convert.ToHexString(attribute.Value));
        json.WriteEndObject();
    }

    private static bool TryWrite(Utf8JsonWriter json, PathAttributeView attribute, in WireContext context)
    {
        var value = attribute.Value;
        switch (attribute.Type)
        {
            case AttributeType.Origin when value is [<= 2]:
                json.WriteString("origin", AttributeText.Origin(value[0]));
                return true;
            case AttributeType.AsPath:
                json.WriteString("as_path", AttributeText.AsPath(attribute, context.FourOctetAsn));
                return true;
            case AttributeType.As4Path:
                json.WriteString("as4_path", AttributeText.AsPath(attribute, fourOctetAsn: true));
                return true;
            case AttributeType.NextHop when value.Length is 4 or 16:
                json.WriteString("next_hop", AttributeText.NextHop(value));
                return true;
            case AttributeType.Med when attribute.TryReadNumber(out var med):
                json.WriteNumber("med", med);
                return true;
            case AttributeType.LocalPref when attribute.TryReadNumber(out var localPref):
                json.WriteNumber("local_pref", localPref);
                return true;
            case AttributeType.OnlyToCustomer when attribute.TryReadNumber(out var asn):
                json.WriteNumber("only_to_customer", asn);
                return true;
            case AttributeType.AtomicAggregate when value.IsEmpty:
                json.WriteBoolean("atomic_aggregate", true);
                return true;
            case AttributeType.Aggregator or AttributeType.As4Aggregator when value.Length is 6 or 8:
                json.WriteStartObject(attribute.Type == AttributeType.Aggregator ? "aggregator" : "as4_aggregator");
                json.WriteNumber("as", AttributeText.AggregatorAs(value).Value);
                json.WriteString("address", $"{new IPAddress(value[^4..])}");
                json.WriteEndObject();
                return true;
            case AttributeType.OriginatorId when value.Length == 4:
                json.WriteString("originator_id", $"{new IPAddress(value)}");
                return true;
            case AttributeType.Aigp when AttributeText.TryReadAigp(value, out var metric):
                json.WriteNumber("aigp", metric);
                return true;
            case AttributeType.Communities:
                return TryWriteList<Community>(json, "communities", attribute);
            case AttributeType.ClusterList:
                return TryWriteList<BgpIdentifier>(json, "cluster_list", attribute);
            case AttributeType.ExtendedCommunities:
                return TryWriteList<ExtendedCommunity>(json, "extended_communities", attribute);
            case AttributeType.Ipv6ExtendedCommunities:
                return TryWriteList<Ipv6ExtendedCommunity>(json, "ipv6_extended_communities", attribute);
            case AttributeType.LargeCommunities:
                return TryWriteList<LargeCommunity>(json, "large_communities", attribute);
            case AttributeType.MpReach:
                // Its routes stand with the announced ones.
                return attribute.TryReadMpReach(context, out _);
            case AttributeType.MpUnreach:
                return attribute.TryReadMpUnreach(context, out _);
            default:
                return false;
        }
    }

    private static bool TryWriteNextHop(Utf8JsonWriter json, PathAttributeView attribute)
    {
        var nextHop = MrtRibEntry.ReadMultiprotocolNextHop(attribute.Value);
        if (nextHop.Length is not (4 or 12 or 16 or 24 or 32 or 48))
        {
            return false;
        }

        var (global, linkLocal) = AttributeText.NextHops(nextHop);
        json.WriteString("mp_next_hop", global);
        json.WriteString("link_local_next_hop", linkLocal);
        return true;
    }

    private static bool TryWriteList<T>(Utf8JsonWriter json, string key, PathAttributeView attribute)
        where T : struct, IWireValue<T>
    {
        if (attribute.Value.Length % T.WireLength != 0)
        {
            return false;
        }

        json.WriteStartArray(key);
        foreach (var value in attribute.ToValues<T>())
        {
            json.WriteStringValue($"{value}");
        }

        json.WriteEndArray();
        return true;
    }
}
