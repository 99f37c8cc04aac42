using System.Text.Json.Serialization;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>What is answered on the control socket: one line of JSON.</summary>
/// <param name="Error">Why the request was not carried out; null: it was.</param>
/// <param name="Problems">What is wrong with a configuration that was refused.</param>
/// <param name="Status">The host after it.</param>
internal sealed record ControlReply(string? Error, IReadOnlyList<string> Problems, HostStatus? Status)
{
    /// <summary>What was dumped, as MRT.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public byte[]? Recording { get; init; }

    public static ControlReply Refuse(string error) => new(error, [], null);
}
