namespace BgpSharp.Cli.Events;

internal sealed class WithdrawEvent : PeerEvent
{
    public required string Prefix { get; init; }

    public override string ToString() => Line("withdraw", Prefix);
}
