using System.Globalization;
using System.Net;
using System.Text.Json;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Vectors;

/// <summary>One case taken from exabgp's tests: a message, how it is to be read, and what is in it, both as sorted lines.</summary>
internal static class ExabgpVector
{
    private static readonly string[] s_internalOnly = ["local_pref", "originator_id", "cluster_list"];

    public static byte[] Body(JsonElement vector) => Corpus.Octets(vector, "hex")![19..];

    /// <summary>The session the message is from; with LOCAL_PREF in it, or what reflectors add, it is an internal one.</summary>
    public static WireContext Context(JsonElement vector)
    {
        var context = vector.GetProperty("context");
        var addPath = context.GetProperty("add_path").EnumerateArray().Select(family => family[0].GetInt32()).ToArray();
        return new WireContext
        {
            FourOctetAsn = context.GetProperty("as4").GetBoolean(),
            IsInternal = s_internalOnly.Any(name => Attributes(vector).TryGetProperty(name, out _)),
            AddPathIpv4Unicast = addPath.Contains(1),
            AddPathIpv6Unicast = addPath.Contains(2),
        };
    }

    public static List<string> Expected(JsonElement vector)
    {
        List<string> lines = [];
        foreach (var attribute in Attributes(vector).EnumerateObject())
        {
            var value = attribute.Value;
            lines.Add($"{attribute.Name} " + attribute.Name switch
            {
                "as_path" => string.Join(' ', value.EnumerateArray().Select(segment => $"{segment[0]}:{Join(segment[1])}")),
                "aggregator" => $"{value[0]} {value[1]}",
                "large_communities" => string.Join(' ', value.EnumerateArray().Select(one => string.Join(':', one.EnumerateArray()))),
                "ext_communities" => string.Join(' ', value.EnumerateArray().Select(one => one.GetString()!.ToUpperInvariant())),
                "communities" or "cluster_list" => Join(value),
                "unknown" => string.Join(' ', value.EnumerateArray().Select(one => $"{one[0]}:{one[1]}:{one[2].GetString()!.ToUpperInvariant()}")),
                _ => value.ToString(),
            });
        }

        lines.AddRange(Routes(vector, "announced").Select(route => $"+{Prefix(route)} via {IPAddress.Parse(route[4].GetString()!)}"));
        lines.AddRange(Routes(vector, "withdrawn").Select(route => $"-{Prefix(route)}"));
        return [.. lines.Select(line => line.TrimEnd()).Order(StringComparer.Ordinal)];
    }

    public static List<string> Read(in UpdateView view, JsonElement vector)
    {
        List<string> lines = [];
        Add(lines, "origin", (byte?)view.Origin);
        Add(lines, "med", view.Med);
        Add(lines, "local_pref", view.LocalPref);
        Add(lines, "atomic_aggregate", view.AtomicAggregate ? true : null);
        Add(lines, "aggregator", view.Aggregator);
        Add(lines, "originator_id", view.OriginatorId);
        Add(lines, "communities", Join(view.Communities.ToList().Select(one => one.Value.ToString(CultureInfo.InvariantCulture))));
        Add(lines, "cluster_list", Join(view.ClusterList.ToList().Select(one => one.ToString())));
        Add(lines, "ext_communities", Join(view.ExtendedCommunities.ToList().Select(one => one.Value.ToString("X16", CultureInfo.InvariantCulture))));
        Add(lines, "large_communities", Join(view.LargeCommunities.ToList().Select(one => $"{one.GlobalAdministrator}:{one.LocalData1}:{one.LocalData2}")));
        List<string> segments = [];
        foreach (var segment in view.AsPath)
        {
            List<Asn> asns = [];
            foreach (var asn in segment)
            {
                asns.Add(asn);
            }

            segments.Add($"{(byte)segment.Type}:{string.Join(' ', asns)}");
        }

        // The source says an empty path sometimes, and sometimes says nothing.
        Add(lines, "as_path", segments.Count > 0 ? string.Join(' ', segments) : Attributes(vector).TryGetProperty("as_path", out _) ? "" : null);
        Add(lines, "next_hop", Attributes(vector).TryGetProperty("next_hop", out _) ? view.NextHop : null);
        Add(lines, "unknown", Attributes(vector).TryGetProperty("unknown", out _) ? Unknown(view) : null);
        Add(lines, "+", view.MpReachNlri, $" via {view.GetNextHop(view.MpReachNlri.Family)}");
        Add(lines, "+", view.Nlri, $" via {view.GetNextHop(BgpFamily.Ipv4Unicast)}");
        Add(lines, "-", view.MpUnreachNlri, "");
        Add(lines, "-", view.WithdrawnRoutes, "");
        return [.. lines.Select(line => line.TrimEnd()).Order(StringComparer.Ordinal)];
    }

    private static void Add(List<string> lines, string sign, NlriView field, string tail)
    {
        foreach (var entry in field)
        {
            lines.Add($"{sign}{field.Family.Afi}/{field.Family.Safi} {entry.PathId} {entry.ToPrefix()}{tail}");
        }
    }

    private static void Add(List<string> lines, string name, object? value)
    {
        if (value is not null)
        {
            lines.Add($"{name} {value}");
        }
    }

    private static string Unknown(in UpdateView view)
    {
        List<string> unknown = [];
        foreach (var attribute in view.Attributes)
        {
            if (AttributeType.RequiredFlags(attribute.Type) == 0)
            {
                unknown.Add($"{attribute.Flags}:{attribute.Type}:{Convert.ToHexString(attribute.Value)}");
            }
        }

        return string.Join(' ', unknown);
    }

    private static string Prefix(JsonElement route) =>
        $"{route[0]}/{route[1]} {route[2]} {IpPrefix.Parse(route[3].GetString()!)}";

    private static JsonElement Attributes(JsonElement vector) => vector.GetProperty("expected").GetProperty("attributes");

    private static JsonElement.ArrayEnumerator Routes(JsonElement vector, string name) => vector.GetProperty("expected").GetProperty(name).EnumerateArray();

    private static string Join(JsonElement list) => string.Join(' ', list.EnumerateArray());

    private static string? Join(IEnumerable<string> list) => string.Join(' ', list) is { Length: > 0 } joined ? joined : null;
}
