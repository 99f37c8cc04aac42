using System.Text.Json.Serialization;

namespace BgpSharp.Cli.Events;

/// <summary>Something a peer did. <see cref="object.ToString"/> is the line for people; the JSON keys are stable.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(EstablishedEvent), "established")]
[JsonDerivedType(typeof(AnnounceEvent), "announce")]
[JsonDerivedType(typeof(WithdrawEvent), "withdraw")]
[JsonDerivedType(typeof(EndOfRibEvent), "end-of-rib")]
[JsonDerivedType(typeof(DownEvent), "down")]
internal abstract class PeerEvent
{
    [JsonPropertyOrder(-2)]
    public required DateTimeOffset Time { get; init; }

    [JsonPropertyOrder(-1)]
    public required string Peer { get; init; }

    protected string Line(string name, string details) => $"{Time.ToLocalTime():HH:mm:ss.fff} {Peer} {name,-11} {details}";
}
