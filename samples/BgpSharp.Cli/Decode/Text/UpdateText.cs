using BgpSharp.Cli.Decode.Messages;
using BgpSharp.Mrt;
using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Text;

/// <summary>The lines of an UPDATE: withdrawn, attributes, announced, and the verdict unless nothing is wrong.</summary>
internal static class UpdateText
{
    public static void Write(TextWriter output, in UpdateMessage message)
    {
        var context = message.Guess.Context;
        if (UpdateReader.TryRead(message.Body, context, out var update))
        {
            if (!update.Withdrawn.IsEmpty)
            {
                WritePrefixes(output, "withdrawn", update.Withdrawn, null);
            }

            WriteAttributes(output, update.Attributes, context);
            if (!update.Nlri.IsEmpty)
            {
                WritePrefixes(output, "announced", update.Nlri, null);
            }
        }
        else
        {
            Line.Write(output, "cannot be read", Convert.ToHexString(message.Body));
        }

        if (message.EndOfRib is { } family)
        {
            Line.Write(output, "end of RIB", $"{family}");
        }

        if (message.Problem.Verdict != UpdateVerdict.Accept)
        {
            Line.Write(output, "verdict", $"{message.Problem}");
        }

        WriteGuesses(output, message.Guess);
    }

    /// <summary>Writes each attribute; the routes of a multiprotocol one in its place.</summary>
    public static void WriteAttributes(TextWriter output, PathAttributeBlock attributes, in WireContext context)
    {
        var enumerator = attributes.GetEnumerator();
        while (enumerator.MoveNext())
        {
            var attribute = enumerator.Current;
            if (attribute.Type == AttributeType.MpReach && attribute.TryReadMpReach(context, out var reach))
            {
                WritePrefixes(output, "announced", reach.Nlri, AttributeText.NextHop(reach.NextHop));
            }
            else if (attribute.Type == AttributeType.MpUnreach && attribute.TryReadMpUnreach(context, out var unreach))
            {
                if (!unreach.Nlri.IsEmpty)
                {
                    WritePrefixes(output, "withdrawn", unreach.Nlri, null);
                }
            }
            else
            {
                WriteAttribute(output, attribute, AttributeText.Value(attribute, context));
            }
        }

        WriteRest(output, enumerator.Rest);
    }

    /// <summary>Writes the attributes of a table's route, whose MP_REACH_NLRI may be no more than the next hop.</summary>
    public static void WriteTableAttributes(TextWriter output, PathAttributeBlock attributes, in WireContext context)
    {
        var enumerator = attributes.GetEnumerator();
        while (enumerator.MoveNext())
        {
            var attribute = enumerator.Current;
            var nextHop = attribute.Type == AttributeType.MpReach ? MrtRibEntry.ReadMultiprotocolNextHop(attribute.Value) : default;
            WriteAttribute(output, attribute, nextHop.IsEmpty ? AttributeText.Value(attribute, context) : $"next hop {AttributeText.NextHop(nextHop)}");
        }

        WriteRest(output, enumerator.Rest);
    }

    private static void WriteAttribute(TextWriter output, PathAttributeView attribute, string value) =>
        Line.Write(output, AttributeText.Name(attribute), value);

    private static void WriteRest(TextWriter output, ReadOnlySpan<byte> rest)
    {
        if (!rest.IsEmpty)
        {
            Line.Write(output, "cannot be read", Convert.ToHexString(rest));
        }
    }

    private static void WritePrefixes(TextWriter output, string what, NlriView nlri, string? nextHop)
    {
        Line.Begin(output, what);
        output.Write(nlri.Family);
        output.Write(string.IsNullOrEmpty(nextHop) ? "" : $" via {nextHop}");
        var entries = nlri.GetEnumerator();
        var separator = ": ";
        while (entries.MoveNext())
        {
            output.Write(separator);
            output.Write(entries.Current.ToPrefix());
            output.Write(entries.Current.PathId is { } id ? $" path {id}" : "");
            separator = ", ";
        }

        if (!entries.Rest.IsEmpty)
        {
            output.Write(separator);
            output.Write(nlri.HasPrefixes ? "cannot be read: " : "");
            output.Write(Convert.ToHexString(entries.Rest));
        }

        output.WriteLine();
    }

    private static void WriteGuesses(TextWriter output, in ContextGuess guess)
    {
        List<string> guesses = [];
        if (guess.GuessedAsnWidth)
        {
            guesses.Add(guess.Context.FourOctetAsn ? "AS numbers of four octets" : "AS numbers of two octets");
        }

        if (guess.GuessedAddPath)
        {
            guesses.Add("path identifiers");
        }

        if (guess.GuessedInternal)
        {
            guesses.Add("internal session");
        }

        if (guesses.Count > 0)
        {
            Line.Write(output, "guessed", string.Join(", ", guesses));
        }
    }
}
