using BgpSharp.Fsm;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Fsm;

public sealed class TransitionTableTests
{
    private static readonly string[] States = ["Idle", "Connect", "Active", "OpenSent", "OpenConfirm", "Established"];

    private const int Events = 29;

    public static TheoryData<string, int, string, string, string> Rows()
    {
        var data = new TheoryData<string, int, string, string, string>();
        foreach (var row in TransitionTable.Rows)
        {
            data.Add(row.State, row.Event, row.Actions, row.Next.ToString(), row.Rfc);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_event_in_a_state_has_the_actions_and_the_next_state_of_the_table(
        string state, int number, string actions, string next, string rfc)
    {
        var peer = In(state);
        peer.Now += number is >= 9 and <= 13 ? 300 : number is 29 ? 500 : 0.25;

        peer.Do(Event(number));

        peer.Did.Should().Be(actions, "RFC 4271 §8.2.2, {0}", rfc);
        peer.State.State.ToString().Should().Be(next, "RFC 4271 §8.2.2, {0}", rfc);
    }

    [Fact]
    public void The_table_has_each_event_in_each_of_the_six_states_once()
    {
        var pairs = TransitionTable.Rows.Select(row => (row.State, row.Event)).ToList();

        pairs.Should().OnlyHaveUniqueItems();
        pairs.Should().Contain(States.SelectMany(_ => Enumerable.Range(1, Events), (state, number) => (state, number)));
    }

    [Theory]
    [InlineData("Connect")]
    [InlineData("IdleHold")]
    [InlineData("Active")]
    [InlineData("OpenSent")]
    [InlineData("OpenConfirm")]
    [InlineData("Established")]
    public void After_a_manual_stop_no_timer_runs_and_nothing_is_left(string state)
    {
        var peer = In(state).Do(FsmEventKind.ManualStop);

        peer.State.Should().Be(
            PeerFsmState.Initial with
            {
                LastDialled = peer.State.LastDialled,
                LastDialAt = peer.State.LastDialAt,
                EstablishedAt = peer.State.EstablishedAt,
            },
            "ManualStop stops every timer, drops every connection and sets the ConnectRetryCounter to zero");
    }

    private static FsmPeer In(string state) => state switch
    {
        "Idle" => new FsmPeer(),
        "IdleHold" => In("OpenSent").Notified(1, BgpErrorCode.Cease, 2),
        "Connect" => new FsmPeer().Start(),
        "Active" => In("Connect").DialFails(),
        "OpenSent" => In("Connect").Dialled(),
        "OpenConfirm" => In("OpenSent").Open(1),
        _ => In("OpenConfirm").Keepalive(1),
    };

    private static FsmEvent Event(int number) => new((FsmEventKind)number, default)
    {
        Connection = number == 17 ? -1 : number < 9 ? 0 : 1,
        Open = number is 19 or 20 ? FsmPeer.PeersOpen() : null,
        Error = new WireError(BgpErrorCode.MessageHeader, 2),
        Notification = number is 2 or 8 ? new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.AdministrativeShutdown)
            : number is 24 ? new BgpNotification(BgpErrorCode.OpenMessage, 1)
            : number is 25 ? new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.AdministrativeReset)
            : null,
    };
}
