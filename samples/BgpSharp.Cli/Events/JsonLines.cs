using System.Text.Encodings.Web;
using System.Text.Json;

namespace BgpSharp.Cli.Events;

/// <summary>One JSON object a line. Every key of an event is always there, null when the peer sent nothing.</summary>
internal static class JsonLines
{
    // Not for HTML: a + in a time stays a +.
    private static readonly EventJson Plain = new(new JsonSerializerOptions(EventJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Format(PeerEvent happened) => JsonSerializer.Serialize(happened, Plain.PeerEvent);
}
