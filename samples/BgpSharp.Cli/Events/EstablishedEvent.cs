namespace BgpSharp.Cli.Events;

internal sealed class EstablishedEvent : PeerEvent
{
    public required uint RemoteAs { get; init; }

    public required string RouterId { get; init; }

    /// <summary>Seconds; 0: none.</summary>
    public required int HoldTime { get; init; }

    public required IReadOnlyList<string> Families { get; init; }

    public override string ToString() =>
        Line("established", $"AS {RemoteAs}, router id {RouterId}, hold time {HoldTime} s, {string.Join(' ', Families)}");
}
