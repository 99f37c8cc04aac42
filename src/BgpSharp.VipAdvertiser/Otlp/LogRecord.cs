using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Otlp;

/// <summary>An entry of the log as OTLP has it. Written when it is logged, so that nothing it names is kept or has changed since.</summary>
internal sealed class LogRecord(string category, byte[] json)
{
    /// <summary>The scope it belongs to.</summary>
    public string Category => category;

    /// <summary>A LogRecord.</summary>
    public byte[] Json => json;

    public static LogRecord Of(DateTimeOffset time, in LogEntry entry)
    {
        var octets = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(octets, OtlpJson.Options))
        {
            json.WriteStartObject();
            json.WriteTime("timeUnixNano", time);
            json.WriteTime("observedTimeUnixNano", time);
            json.WriteNumber("severityNumber", SeverityOf(entry.Level));
            json.WriteString("severityText", entry.Level.ToString());
            json.WriteStartObject("body");
            json.WriteText(entry.Text);
            json.WriteEndObject();
            WriteAttributes(json, in entry);
            json.WriteEndObject();
        }

        return new LogRecord(entry.Category, octets.WrittenSpan.ToArray());
    }

    /// <summary>The first of the four numbers of each name.</summary>
    private static int SeverityOf(LogLevel level) => level switch
    {
        LogLevel.Trace => 1,
        LogLevel.Debug => 5,
        LogLevel.Information => 9,
        LogLevel.Warning => 13,
        LogLevel.Error => 17,
        _ => 21,
    };

    private static void WriteAttributes(Utf8JsonWriter json, in LogEntry entry)
    {
        json.WriteStartArray("attributes");
        json.WriteAttribute("logrecord.event.id", entry.Id);
        foreach (var (name, value) in entry.Values ?? [])
        {
            if (name != LogEntry.Template)
            {
                json.WriteAttribute(name, value);
            }
        }

        if (entry.Exception is { } exception)
        {
            json.WriteAttribute("exception.type", exception.GetType().FullName);
            json.WriteAttribute("exception.message", exception.Message);
            json.WriteAttribute("exception.stacktrace", exception.ToString());
        }

        json.WriteEndArray();
    }
}
