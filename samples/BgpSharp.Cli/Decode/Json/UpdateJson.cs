using System.Text.Json;
using BgpSharp.Cli.Decode.Messages;
using BgpSharp.Cli.Decode.Text;
using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Json;

/// <summary>The keys of an UPDATE.</summary>
internal static class UpdateJson
{
    public static void Write(Utf8JsonWriter json, in UpdateMessage message)
    {
        var context = message.Guess.Context;
        var isReadable = UpdateReader.TryRead(message.Body, context, out var update);
        json.WriteStartArray("withdrawn");
        WriteRoutes(json, update.Withdrawn, default, hasNextHop: false);
        foreach (var attribute in update.Attributes)
        {
            if (attribute.Type == AttributeType.MpUnreach && attribute.TryReadMpUnreach(context, out var unreach))
            {
                WriteRoutes(json, unreach.Nlri, default, hasNextHop: false);
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("announced");
        foreach (var attribute in update.Attributes)
        {
            if (attribute.Type == AttributeType.MpReach && attribute.TryReadMpReach(context, out var reach))
            {
                WriteRoutes(json, reach.Nlri, reach.NextHop, hasNextHop: true);
            }
        }

        WriteRoutes(json, update.Nlri, ClassicNextHop(update.Attributes), hasNextHop: true);
        json.WriteEndArray();
        json.WriteStartObject("attributes");
        AttributeJson.Write(json, update.Attributes, context);
        json.WriteEndObject();
        WriteText(json, "end_of_rib", message.EndOfRib is { } family ? $"{family}" : null);
        WriteText(json, "undecoded", isReadable ? null : Convert.ToHexString(message.Body));
        WriteVerdict(json, message.Problem);
        WriteContext(json, message.Guess);
    }

    private static ReadOnlySpan<byte> ClassicNextHop(PathAttributeBlock attributes)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Type == AttributeType.NextHop)
            {
                return attribute.Value;
            }
        }

        return default;
    }

    private static void WriteRoutes(Utf8JsonWriter json, NlriView nlri, ReadOnlySpan<byte> nextHop, bool hasNextHop)
    {
        if (nlri.IsEmpty)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("family", $"{nlri.Family}");
        if (hasNextHop)
        {
            var (global, linkLocal) = AttributeText.NextHops(nextHop);
            WriteText(json, "next_hop", global);
            WriteText(json, "link_local_next_hop", linkLocal);
        }

        json.WriteStartArray("prefixes");
        var entries = nlri.GetEnumerator();
        while (entries.MoveNext())
        {
            json.WriteStartObject();
            json.WriteString("prefix", $"{entries.Current.ToPrefix()}");
            if (entries.Current.PathId is { } id)
            {
                json.WriteNumber("path_id", id);
            }
            else
            {
                json.WriteNull("path_id");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteText(json, "undecoded", entries.Rest.IsEmpty ? null : Convert.ToHexString(entries.Rest));
        json.WriteEndObject();
    }

    private static void WriteVerdict(Utf8JsonWriter json, in UpdateProblem problem)
    {
        json.WriteString("verdict", problem.Verdict switch
        {
            UpdateVerdict.Accept => "accept",
            UpdateVerdict.DiscardAttributes => "discard-attributes",
            UpdateVerdict.TreatAsWithdraw => "treat-as-withdraw",
            UpdateVerdict.DisableFamily => "disable-family",
            _ => "session-reset",
        });
        if (problem.Verdict == UpdateVerdict.Accept)
        {
            json.WriteNull("problem");
            return;
        }

        json.WriteStartObject("problem");
        json.WriteString("rule", JsonNamingPolicy.KebabCaseLower.ConvertName($"{problem.Rule}"));
        WriteText(json, "attribute", problem.AttributeType == 0 ? null : AttributeType.NameOf(problem.AttributeType));
        if (problem.AttributeType == 0)
        {
            json.WriteNull("attribute_type");
        }
        else
        {
            json.WriteNumber("attribute_type", problem.AttributeType);
        }

        json.WriteNumber("offset", problem.Offset);
        json.WriteString("text", $"{problem}");
        json.WriteEndObject();
    }

    private static void WriteContext(Utf8JsonWriter json, in ContextGuess guess)
    {
        json.WriteStartObject("context");
        json.WriteNumber("as_octets", guess.Context.FourOctetAsn ? 4 : 2);
        json.WriteStartArray("add_path");
        foreach (var family in (ReadOnlySpan<BgpFamily>)[BgpFamily.Ipv4Unicast, BgpFamily.Ipv6Unicast])
        {
            if (guess.Context.HasPathIds(family))
            {
                json.WriteStringValue($"{family}");
            }
        }

        json.WriteEndArray();
        json.WriteBoolean("internal", guess.Context.IsInternal);
        json.WriteBoolean("guessed", guess.GuessedAsnWidth || guess.GuessedAddPath || guess.GuessedInternal);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string key, string? text) => json.WriteString(key, text);
}
