namespace BgpSharp.Cli.Events;

/// <summary>The peer has sent all its routes of a family (RFC 4724 §2).</summary>
internal sealed class EndOfRibEvent : PeerEvent
{
    public required string Family { get; init; }

    public override string ToString() => Line("end-of-rib", Family);
}
