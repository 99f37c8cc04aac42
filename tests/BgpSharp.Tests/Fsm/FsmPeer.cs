using BgpSharp.Fsm;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Fsm;

/// <summary>A peer's state machine driven by hand: plain calls, seconds as numbers, no clock.</summary>
internal sealed class FsmPeer(PeerFsmConfig? config = null)
{
    public const double Jitterless = 1;

    public PeerFsmConfig Config { get; } = config ?? Configure();

    public PeerFsmState State { get; private set; } = PeerFsmState.Initial;

    /// <summary>Seconds on the monotonic clock.</summary>
    public double Now { get; set; } = 100;

    public double Jitter { get; set; } = Jitterless;

    public List<FsmAction> LastActions { get; } = [];

    /// <summary>The last step's actions in words, as in <c>SendNotification 6/7 -1</c>.</summary>
    public string Did => string.Join(", ", LastActions.Select(Describe));

    /// <summary>Local identifier 198.51.100.11; the peer's is lower (.9) or higher (.99).</summary>
    public static PeerFsmConfig Configure(
        bool active = true, bool passive = true, double hold = 90, double? keepalive = null, uint localAsn = 65000, uint remoteAsn = 65001, double delayOpen = 0, GracefulRestartCapability? restart = null) => new()
        {
            LocalAsn = localAsn,
            LocalIdentifier = BgpIdentifier.Parse("198.51.100.11"),
            RemoteAsn = remoteAsn,
            HoldTime = TimeSpan.FromSeconds(hold),
            KeepaliveInterval = keepalive is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            DelayOpenTime = TimeSpan.FromSeconds(delayOpen),
            GracefulRestart = restart,
            Active = active,
            Passive = passive,
        };

    public static GracefulRestartCapability Restart(bool notifications) =>
        new(120, [new GracefulRestartFamily(BgpFamily.Ipv4Unicast)]) { CoversNotifications = notifications };

    public static OpenMessage PeersOpen(string identifier = "198.51.100.9", ushort hold = 90, ushort asn = 65001, GracefulRestartCapability? restart = null) => new()
    {
        Capabilities = restart is null ? [] : [restart.ToCapability()],
        MyAutonomousSystem = asn,
        HoldTime = hold,
        Identifier = BgpIdentifier.Parse(identifier),
    };

    public FsmPeer Do(FsmEventKind kind, int connection = 0) => Do(new FsmEvent(kind, default) { Connection = connection });

    public FsmPeer Do(FsmEvent input)
    {
        var now = TimeSpan.FromSeconds(Now);
        LastActions.Clear();
        State = PeerFsm.Step(
            State,
            input with { Now = now, Jitter = Jitter, At = input.At == default ? now : input.At },
            Config,
            LastActions);
        return this;
    }

    public FsmPeer Start() => Do(FsmEventKind.ManualStart);

    public FsmPeer Dialled() => Do(FsmEventKind.TcpConnectionRequestAcked, State.DialConnection);

    public FsmPeer DialFails() => Do(FsmEventKind.TcpConnectionFails, State.DialConnection);

    public FsmPeer Accepted(int connection = -1) => Do(FsmEventKind.TcpConnectionConfirmed, connection);

    public FsmPeer Lost(int connection) => Do(FsmEventKind.TcpConnectionFails, connection);

    public FsmPeer Open(int connection, OpenMessage? open = null) =>
        Do(new FsmEvent(FsmEventKind.BgpOpen, default) { Connection = connection, Open = open ?? PeersOpen() });

    public FsmPeer Keepalive(int connection) => Do(FsmEventKind.KeepaliveMessage, connection);

    public FsmPeer Notified(int connection, BgpErrorCode code, byte subcode) =>
        Do(new FsmEvent(FsmEventKind.Notification, default) { Connection = connection, Notification = new BgpNotification(code, subcode) });

    public FsmPeer Establish(int connection, OpenMessage? open = null) => Open(connection, open).Keepalive(connection);

    /// <summary>An AutomaticStop that keeps the peer Idle; null: without end.</summary>
    public FsmPeer HeldDown(double? seconds) => Do(new FsmEvent(FsmEventKind.AutomaticStop, default)
    {
        Notification = new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.MaximumPrefixesReached),
        IdleHold = seconds is { } time ? TimeSpan.FromSeconds(time) : TimeSpan.MaxValue,
    });

    /// <summary>Moves time to the next deadline and lets that one timer expire.</summary>
    public FsmPeer Expire()
    {
        var next = State.NextDeadline ?? throw new InvalidOperationException("no timer runs");
        Now = next.TotalSeconds;
        PeerFsm.TryGetDueTimer(State, next, out var due).Should().BeTrue("the earliest deadline is due when it is reached");
        return Do(due);
    }

    private static string Describe(FsmAction action) => action switch
    {
        { Notification: { } notification } => $"{action.Kind} {(byte)notification.Code}/{notification.Subcode} {action.Connection}",
        { Reason: { } reason } => $"{action.Kind} {reason.Kind} {action.Connection}",
        _ => $"{action.Kind} {action.Connection}",
    };
}
