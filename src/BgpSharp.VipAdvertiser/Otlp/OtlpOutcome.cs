using System.Globalization;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Http;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.VipAdvertiser.Otlp;

/// <summary>What became of a request.</summary>
/// <param name="Verdict">What to do next.</param>
/// <param name="Kind">What is to be said of it, without what differs from time to time; null: nothing went wrong.</param>
internal readonly record struct OtlpOutcome(OtlpVerdict Verdict, string? Kind)
{
    /// <summary>In characters.</summary>
    private const int LongestMessage = 300;

    /// <summary>What the collector says of it; null: nothing.</summary>
    public string? Message { get; private init; }

    /// <summary>How long the collector asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>In an operator's words.</summary>
    public string Problem => Message is null ? Kind! : $"{Kind}: {Message}";

    /// <param name="answer">Of the collector.</param>
    /// <param name="headers">Of the request: their values are not repeated.</param>
    /// <param name="now">For a date to wait for.</param>
    public static OtlpOutcome Of(HttpAnswer answer, IReadOnlyList<(string Name, string Value)> headers, DateTimeOffset now)
    {
        var said = CollectorAnswer.Parse(answer.Body);
        var (remark, message) = (Clean(said.Remark, headers), Clean(said.Failure, headers));
        return answer.Code switch
        {
            >= 200 and < 300 when said.Rejected > 0 => new(OtlpVerdict.Accepted, "not all of them")
            {
                Message = string.Create(CultureInfo.InvariantCulture, $"{said.Rejected} rejected{(remark is null ? "" : $", {remark}")}"),
            },
            >= 200 and < 300 => new(OtlpVerdict.Accepted, remark is null ? null : "all of them, with a remark") { Message = remark },
            429 or 502 or 503 or 504 => new(OtlpVerdict.Later, Status(answer.Code)) { Message = message, RetryAfter = ReadRetryAfter(answer.RetryAfter, now) },
            _ => new(OtlpVerdict.Refused, Status(answer.Code)) { Message = message },
        };
    }

    private static string Status(int code) => string.Create(CultureInfo.InvariantCulture, $"HTTP status {code}");

    private static string? Clean(string? message, IReadOnlyList<(string Name, string Value)> headers)
    {
        if (string.IsNullOrEmpty(message))
        {
            return null;
        }

        foreach (var value in headers.Select(header => header.Value.Trim()).Where(value => value.Length > 0))
        {
            message = message.Replace(value, Masked.Text, StringComparison.OrdinalIgnoreCase).Replace(value[(value.LastIndexOf(' ') + 1)..], Masked.Text, StringComparison.OrdinalIgnoreCase);
        }

        return StatusText.Clean(message.Length > LongestMessage ? message[..LongestMessage] + "..." : message);
    }

    /// <summary>RFC 9110 §10.2.3: seconds, or a date.</summary>
    private static TimeSpan? ReadRetryAfter(string? text, DateTimeOffset now)
    {
        TimeSpan? wait = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date - now
            : null;
        return wait > TimeSpan.Zero ? wait : null;
    }
}
