using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser;

/// <summary>One entry of the log, and its two forms.</summary>
internal readonly record struct LogEntry(
    LogLevel Level, string Category, int Id, string Text, Exception? Exception, IReadOnlyList<KeyValuePair<string, object?>>? Values)
{
    // The message template, which every entry has among its values.
    private const string Template = "{OriginalFormat}";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As in syslog(3).</summary>
    public int Priority => Level switch
    {
        LogLevel.Trace or LogLevel.Debug => 7,
        LogLevel.Information => 6,
        LogLevel.Warning => 4,
        LogLevel.Error => 3,
        _ => 2,
    };

    private string Name => Level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };

    /// <summary>For people, one line.</summary>
    public string ToText(DateTimeOffset time)
    {
        var when = time.ToString(TimeFormat, CultureInfo.InvariantCulture);
        var text = Exception is null ? Text : $"{Text} {Exception}";
        return string.Create(CultureInfo.InvariantCulture, $"{when} {Name}: {Category}[{Id}] {text}").ReplaceLineEndings(" ");
    }

    /// <summary>One JSON object; the values of the message are in <c>values</c>, as text.</summary>
    public string ToJson(DateTimeOffset time)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("time", time.ToString(TimeFormat, CultureInfo.InvariantCulture));
            json.WriteString("level", Level.ToString().ToLowerInvariant());
            json.WriteString("category", Category);
            json.WriteNumber("id", Id);
            json.WriteString("message", Text);
            if (Exception is not null)
            {
                json.WriteString("exception", Exception.ToString());
            }

            WriteValues(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private void WriteValues(Utf8JsonWriter json)
    {
        if (Values is not { Count: > 0 } values || values is [{ Key: Template }])
        {
            return;
        }

        json.WriteStartObject("values");
        foreach (var (name, value) in values)
        {
            if (name != Template)
            {
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
            }
        }

        json.WriteEndObject();
    }
}
