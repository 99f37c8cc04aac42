using System.Text.Json.Serialization;

namespace BgpSharp.Cli.Events;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PeerEvent))]
internal sealed partial class EventJson : JsonSerializerContext;
