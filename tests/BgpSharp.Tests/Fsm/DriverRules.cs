using BgpSharp.Fsm;

namespace BgpSharp.Tests.Fsm;

/// <summary>Follows the actions the way a driver carries them out, and checks what it may rely on.</summary>
internal sealed class DriverRules(FsmPeer peer, int seed)
{
    private readonly HashSet<int> _ended = [];
    private readonly HashSet<int> _reported = [];
    private int? _session;
    private int _lastInbound;

    /// <summary>Dials in progress.</summary>
    public HashSet<int> Dials { get; } = [];

    /// <summary>Connections that are up and not closed.</summary>
    public HashSet<int> Open { get; } = [];

    public IEnumerable<int> Known => Dials.Concat(Open).Concat(_ended);

    public int SessionsSeen { get; private set; }

    public int CollisionsSeen { get; private set; }

    public int NextInbound() => --_lastInbound;

    public void ExpireDueTimers()
    {
        for (var count = 0; PeerFsm.TryGetDueTimer(peer.State, TimeSpan.FromSeconds(peer.Now), out var due); count++)
        {
            count.Should().BeLessThan(10, "seed {0}: every due timer is moved on by its event", seed);
            Do(due);
        }
    }

    public void Do(FsmEvent input)
    {
        if (input.Kind == FsmEventKind.TcpConnectionConfirmed
            || (input.Kind == FsmEventKind.TcpConnectionRequestAcked && Dials.Remove(input.Connection)))
        {
            Open.Add(input.Connection);
        }
        else if (input.Kind == FsmEventKind.TcpConnectionFails && Dials.Remove(input.Connection))
        {
            _ended.Add(input.Connection);
        }

        peer.Do(input);
        for (var i = 0; i < peer.LastActions.Count; i++)
        {
            Follow(peer.LastActions[i], i + 1 < peer.LastActions.Count ? peer.LastActions[i + 1] : default, input);
        }

        CheckState();
    }

    private void Follow(FsmAction action, FsmAction next, FsmEvent input)
    {
        switch (action.Kind)
        {
            case FsmActionKind.Connect:
                Dials.Should().BeEmpty("seed {0}: one dial at a time", seed);
                Dials.Add(action.Connection);
                Known.Count(number => number == action.Connection).Should().Be(1, "seed {0}: a dial has a fresh number", seed);
                break;
            case FsmActionKind.Close when input.Kind == FsmEventKind.TcpConnectionRequestAcked && !Open.Contains(action.Connection):
                break;
            case FsmActionKind.Close or FsmActionKind.Drop:
                (Open.Remove(action.Connection) | Dials.Remove(action.Connection))
                    .Should().BeTrue("seed {0}: {1} is closed once ({2})", seed, action.Connection, peer.Did);
                _ended.Add(action.Connection);
                break;
            case FsmActionKind.SessionDown or FsmActionKind.AttemptFailed:
                _ended.Should().Contain(action.Connection, "seed {0}: the report comes after the end ({1})", seed, peer.Did);
                _reported.Add(action.Connection).Should().BeTrue("seed {0}: an end is reported once", seed);
                action.Reason.Should().NotBeNull();
                CollisionsSeen += action.Reason!.Kind == BgpDownKind.Collision ? 1 : 0;
                (action.Kind == FsmActionKind.SessionDown).Should().Be(_session == action.Connection, "seed {0}: down follows up", seed);
                _session = _session == action.Connection ? null : _session;
                break;
            case FsmActionKind.SessionUp:
                Open.Should().Contain(action.Connection);
                _session.Should().BeNull("seed {0}: there is never a second session", seed);
                _session = action.Connection;
                action.Negotiated.Should().NotBeNull();
                SessionsSeen++;
                break;
            default:
                Open.Should().Contain(action.Connection, "seed {0}: nothing is sent on a closed connection ({1})", seed, peer.Did);
                if (action.Kind == FsmActionKind.SendNotification)
                {
                    next.Should().BeOneOf([new FsmAction(FsmActionKind.Close, action.Connection), new FsmAction(FsmActionKind.Drop, action.Connection)], "seed {0}: a NOTIFICATION is the last message", seed);
                }

                break;
        }
    }

    private void CheckState()
    {
        var state = peer.State;
        var tracked = new[] { state.Outbound, state.Inbound, state.Established }.OfType<ConnectionState>().ToList();
        tracked.Select(connection => connection.Id).Should().BeEquivalentTo(Open, "seed {0}: no socket is forgotten", seed);
        (state.Established?.Id).Should().Be(_session, "seed {0}", seed);
        tracked.Count(connection => connection.State >= BgpSessionState.OpenConfirm)
            .Should().BeLessThanOrEqualTo(1, "seed {0}: a collision leaves one connection", seed);
        state.IsDialling(Dials.SingleOrDefault()).Should().Be(Dials.Count == 1, "seed {0}", seed);
        (state.NextDeadline is null || state.Started).Should().BeTrue("seed {0}: a stopped peer runs no timer", seed);
        if (state.IsHeldDown)
        {
            (Open.Count + Dials.Count).Should().Be(0, "seed {0}: nobody connects while the peer is held down", seed);
        }
        else if (state.Started && peer.Config.Active && state is { Established: null, Outbound: null })
        {
            var dialAt = state.ConnectRetryDeadline ?? state.IdleHoldDeadline;
            dialAt.Should().NotBeNull("seed {0}: a started peer never forgets to dial", seed);
            (dialAt - TimeSpan.FromSeconds(peer.Now)).Should().BeLessThanOrEqualTo(peer.Config.MaximumRetryMisconfigured);
        }

        (state.ConnectRetryDeadline is not null && state.IdleHoldDeadline is not null).Should().BeFalse("seed {0}", seed);
    }
}
