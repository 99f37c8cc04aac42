namespace BgpSharp.Cli.Events;

/// <summary>The session ended; what was announced on it is gone.</summary>
internal sealed class DownEvent : PeerEvent
{
    public required string Reason { get; init; }

    public override string ToString() => Line("down", Reason);
}
