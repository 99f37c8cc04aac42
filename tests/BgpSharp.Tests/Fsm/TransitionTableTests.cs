using BgpSharp.Fsm;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Fsm;

public sealed class TransitionTableTests
{
    private static readonly string[] States = ["Idle", "Connect", "Active", "OpenSent", "OpenConfirm", "Established"];

    private static readonly string[] DelayedStates = ["Connect", "Active"];

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

    public static TheoryData<string, string, int, string, string, string> OptionalRows()
    {
        var data = new TheoryData<string, string, int, string, string, string>();
        foreach (var row in OptionalAttributeTable.Rows)
        {
            data.Add(row.Attribute, row.State, row.Event, row.Actions, row.Next.ToString(), row.Rfc);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(OptionalRows))]
    public void With_an_optional_attribute_an_event_has_the_actions_and_the_next_state_of_its_table(
        string attribute, string state, int number, string actions, string next, string rfc)
    {
        var passive = attribute == OptionalAttributeTable.Passive || (attribute, state) == (OptionalAttributeTable.DelayOpen, "Active");
        var peer = attribute == OptionalAttributeTable.DelayOpen ? InDelayed(state)
            : passive ? InPassive(state)
            : In(state, WithAttribute(attribute));
        peer.Now += Elapsed(number);
        var input = Event(number);

        peer.Do(!passive ? input : input with { Connection = input.Connection switch { 1 => -1, -1 => -2, _ => 0 } });

        peer.Did.Should().Be(actions, "RFC 4271 §8.2.2 with {0}, {1}", attribute, rfc);
        peer.State.State.ToString().Should().Be(next, "RFC 4271 §8.2.2 with {0}, {1}", attribute, rfc);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_event_in_a_state_has_the_actions_and_the_next_state_of_the_table(
        string state, int number, string actions, string next, string rfc)
    {
        var peer = In(state);
        peer.Now += Elapsed(number);

        peer.Do(Event(number));

        peer.Did.Should().Be(actions, "RFC 4271 §8.2.2, {0}", rfc);
        peer.State.State.ToString().Should().Be(next, "RFC 4271 §8.2.2, {0}", rfc);
    }

    [Fact]
    public void The_optional_table_has_each_event_while_an_OPEN_is_delayed()
    {
        var pairs = OptionalAttributeTable.Rows.Where(row => row.Attribute == OptionalAttributeTable.DelayOpen).Select(row => (row.State, row.Event)).ToList();

        pairs.Should().OnlyHaveUniqueItems();
        pairs.Should().Contain(DelayedStates.SelectMany(_ => Enumerable.Range(1, Events), (state, number) => (state, number)));
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
    [InlineData("HeldDown")]
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

    /// <summary>The timers that run are due when a timer event comes.</summary>
    private static double Elapsed(int number) => number is >= 9 and <= 13 ? 300 : number is 29 ? 500 : 0.25;

    private static PeerFsmConfig WithAttribute(string attribute) => attribute switch
    {
        OptionalAttributeTable.ActiveOnly => FsmPeer.Configure(passive: false),
        OptionalAttributeTable.NoHoldTime => FsmPeer.Configure(hold: 0),
        OptionalAttributeTable.Restart => FsmPeer.Configure(restart: FsmPeer.Restart(notifications: false)),
        OptionalAttributeTable.RestartWithNotifications => FsmPeer.Configure(restart: FsmPeer.Restart(notifications: true)),
        OptionalAttributeTable.DetectEstablished => new PeerFsmConfig
        {
            LocalAsn = 65000,
            LocalIdentifier = BgpIdentifier.Parse("198.51.100.11"),
            RemoteAsn = 65001,
            HoldTime = TimeSpan.FromSeconds(90),
            CollisionDetectEstablished = true,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(attribute), attribute, "The table has no such attribute."),
    };

    private static FsmPeer In(string state, PeerFsmConfig? config = null) => state switch
    {
        "Idle" => new FsmPeer(config),
        "IdleHold" => In("OpenSent", config).Notified(1, BgpErrorCode.Cease, 2),
        "HeldDown" => In("Established", config).HeldDown(300),
        "Connect" => new FsmPeer(config).Start(),
        "Active" => In("Connect", config).DialFails(),
        "OpenSent" => In("Connect", config).Dialled(),
        "OpenConfirm" => In("OpenSent", config).Open(1, FsmPeer.PeersOpen(restart: config?.GracefulRestart)),
        _ => In("OpenConfirm", config).Keepalive(1),
    };

    private static FsmPeer InPassive(string state) => state switch
    {
        "Idle" => new FsmPeer(FsmPeer.Configure(active: false)),
        "IdleHold" => InPassive("OpenSent").Notified(-1, BgpErrorCode.Cease, 2),
        "Active" => InPassive("Idle").Start(),
        "OpenSent" => InPassive("Active").Accepted(-1),
        "OpenConfirm" => InPassive("OpenSent").Open(-1),
        _ => InPassive("OpenConfirm").Keepalive(-1),
    };

    /// <summary>With DelayOpen: in Connect and Active a connection is up, and our OPEN waits.</summary>
    private static FsmPeer InDelayed(string state) => state switch
    {
        "Connect" => new FsmPeer(FsmPeer.Configure(delayOpen: 60)).Start().Dialled(),
        "Active" => new FsmPeer(FsmPeer.Configure(active: false, delayOpen: 60)).Start().Accepted(),
        "OpenSent" => InDelayed("Connect").Expire(),
        "OpenConfirm" => InDelayed("Connect").Open(1),
        "IdleHold" => InDelayed("Connect").Notified(1, BgpErrorCode.Cease, 2),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "The table has no such state."),
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
