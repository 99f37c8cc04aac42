using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BgpSharp.VipAdvertiser.Otlp;

/// <summary>What metrics and logs have in common in OTLP's JSON: the mapping of protobuf's, with 64-bit integers as decimal texts.</summary>
internal static class OtlpJson
{
    /// <summary>In characters. A stack trace has some thousand.</summary>
    public const int Longest = 8192;

    private const long NanosecondsPerTick = 100;

    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An integer of 64 bits.</summary>
    public static void WriteInteger(this Utf8JsonWriter json, string name, long value) => json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A finite number. The writer's own way of it would be some more octets of program.</summary>
    public static void WriteDouble(this Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value.ToString("R", CultureInfo.InvariantCulture), skipInputValidation: true);
    }

    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset time) =>
        json.WriteInteger(name, Math.Max(0, (time - DateTimeOffset.UnixEpoch).Ticks) * NanosecondsPerTick);

    /// <summary>As its type is where OTLP has that, else as text.</summary>
    public static void WriteAttribute(this Utf8JsonWriter json, string name, object? value)
    {
        json.WriteStartObject();
        json.WriteString("key", name);
        json.WriteStartObject("value");
        switch (value)
        {
            case bool truth:
                json.WriteBoolean("boolValue", truth);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteInteger("intValue", Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteDouble("doubleValue", number);
                break;
            default:
                json.WriteText(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty);
                break;
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A value that is text, cut where it is longer than anybody reads.</summary>
    public static void WriteText(this Utf8JsonWriter json, string text) => json.WriteString("stringValue", text.Length > Longest ? string.Concat(text.AsSpan(0, Longest), "...") : text);
}
