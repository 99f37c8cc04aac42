using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BgpSharp.VipAdvertiser.Otlp;

/// <summary>What the body of an answer says: a partial success, or the status of a failure.</summary>
/// <param name="Rejected">Data points or records that the collector did not take.</param>
/// <param name="Remark">Why, or a warning where it took them all.</param>
/// <param name="Failure">What the failure is.</param>
internal readonly record struct CollectorAnswer(long Rejected, string? Remark, string? Failure)
{
    /// <param name="body">Its beginning, an octet a character. What is no JSON says nothing.</param>
    public static CollectorAnswer Parse(string body)
    {
        var answer = default(CollectorAnswer);
        if (body.Length == 0)
        {
            return answer;
        }

        var reader = new Utf8JsonReader(Encoding.Latin1.GetBytes(body));
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    answer = ReadMember(ref reader, answer);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // It ends early, is cut, or is no text.
        }

        return answer;
    }

    private static CollectorAnswer ReadMember(ref Utf8JsonReader reader, CollectorAnswer answer)
    {
        var name = reader.GetString();
        reader.Read();
        return (name, reader.TokenType) switch
        {
            ("errorMessage", JsonTokenType.String) => answer with { Remark = reader.GetString() },
            ("message", JsonTokenType.String) => answer with { Failure = reader.GetString() },
            ("rejectedDataPoints" or "rejectedLogRecords", JsonTokenType.String) => answer with { Rejected = Number(reader.GetString()) },
            ("rejectedDataPoints" or "rejectedLogRecords", JsonTokenType.Number) => answer with { Rejected = reader.TryGetInt64(out var number) ? number : 0 },
            _ => answer,
        };
    }

    private static long Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
