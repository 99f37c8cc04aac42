using System.Text.Json.Serialization;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The JSON of the control socket and of /status.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlReply))]
[JsonSerializable(typeof(HostStatus))]
internal sealed partial class HostJson : JsonSerializerContext;
