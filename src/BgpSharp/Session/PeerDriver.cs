using System.Diagnostics;
using BgpSharp.Diagnostics;
using BgpSharp.Fsm;
using BgpSharp.Rib;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Sessions;

/// <summary>
/// The one owner of a peer: feeds events to the state machine one at a time and carries out its actions. Whoever posts an
/// event drains the mailbox, unless somebody is at it already.
/// </summary>
internal sealed partial class PeerDriver : IDisposable
{
    // How long a connection may take to end in order: our last words out, the peer's close in.
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Queue<Mail> _mailbox = new();
    private readonly List<FsmAction> _actions = [];
    private readonly Dictionary<int, PeerConnection> _connections = [];
    private readonly SpeakerServices _services;
    private readonly ITimer _timer;
    private readonly long _origin;
    private readonly Random _random = new();
    private readonly ILogger _logger;
    private PeerFsmState _fsm = PeerFsmState.Initial;
    private PeerFsmConfig _config;
    private Task _handlerFinished = Task.CompletedTask;
    private PeerConnection? _established;
    private TimeSpan? _armedFor;
    private string? _lastFailure;
    private int _lastAccepted;
    private BgpSessionState _published = BgpSessionState.Idle;
    private bool _draining;

    public PeerDriver(SpeakerServices services, BgpPeerOptions options)
    {
        _services = services;
        _logger = services.LoggerFactory.CreateLogger("BgpSharp.BgpPeer");
        Options = options;
        _config = services.FsmConfigFor(options);
        _origin = services.Time.GetTimestamp();
        _timer = services.Time.CreateTimer(static driver => ((PeerDriver)driver!).Post(default), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Status = new StatusBoard();
    }

    public BgpPeerOptions Options { get; private set; }

    public StatusBoard Status { get; }

    public MessageCounters Counters { get; } = new();

    public BgpTransport Transport => _services.Transport;

    public RouteBook Routes => _services.Routes;

    public TimeProvider Time => _services.Time;

    /// <summary>Monotonic time since the peer was added.</summary>
    public TimeSpan Now => Time.GetElapsedTime(_origin);

    /// <summary>The established connection; null: there is none.</summary>
    public PeerConnection? Established => Volatile.Read(ref _established);

    public FsmEvent Event(FsmEventKind kind, int connection = 0) =>
        new(kind, Now) { Connection = connection, Jitter = _random.NextDouble() };

    public void Post(FsmEvent input) => Drain(new Mail(input, null));

    /// <summary>Posts an event and waits until it was acted upon.</summary>
    public Task PostAsync(FsmEvent input)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Drain(new Mail(input, done));
        return done.Task;
    }

    public void Accept(BgpConnection transport)
    {
        PeerConnection connection;
        lock (_gate)
        {
            connection = new PeerConnection(this, --_lastAccepted);
            _connections.Add(connection.Id, connection);
        }

        transport.SetTimeToLive(_services.TimeToLiveFor(Options));
        connection.Accept(transport);
        Forget(connection);
    }

    /// <summary>Takes new options on; the caller resets the session when its OPEN would differ.</summary>
    public Task ReconfigureAsync(BgpPeerOptions options, BgpNotification? reset)
    {
        lock (_gate)
        {
            Options = options;
            _config = _services.FsmConfigFor(options);
        }

        return reset is null
            ? Task.CompletedTask
            : PostAsync(Event(FsmEventKind.AutomaticStop) with { Notification = reset, Reason = new BgpDownReason(BgpDownKind.ConfigurationChanged, reset) });
    }

    public OutboundPolicy PolicyFor(BgpSession session) => _services.PolicyFor(Options, session);

    public void CountPrefixes(in UpdateView view)
    {
        int announced = 0, withdrawn = 0;
        foreach (var _ in view.AnnouncedPrefixes)
        {
            announced++;
        }

        foreach (var _ in view.WithdrawnPrefixes)
        {
            withdrawn++;
        }

        Counters.CountPrefixes(announced, withdrawn);
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            foreach (var connection in _connections.Values)
            {
                connection.Dispose();
            }

            _connections.Clear();
        }
    }

    private void Drain(Mail mail)
    {
        lock (_gate)
        {
            _mailbox.Enqueue(mail);
            if (_draining)
            {
                return;
            }

            _draining = true;
        }

        while (true)
        {
            lock (_gate)
            {
                if (!_mailbox.TryDequeue(out mail))
                {
                    _draining = false;
                    return;
                }
            }

            Process(mail);
        }
    }

    private void Process(Mail mail)
    {
        try
        {
            if (mail.Input.Kind == default)
            {
                OnTimer();
            }
            else
            {
                Step(mail.Input);
            }

            Publish();
            Arm();
        }
        catch (Exception exception)
        {
            // Not a peer's doing but a fault of ours: the mailbox must go on, and somebody must hear of it.
            LogFault(exception, Options.Address);
            Debug.Fail(exception.ToString());
        }
        finally
        {
            mail.Done?.TrySetResult();
        }
    }

    private void Step(in FsmEvent input)
    {
        _actions.Clear();
        _fsm = PeerFsm.Step(_fsm, in input, _config, _actions);
        foreach (var action in _actions)
        {
            Execute(action);
        }
    }

    private void OnTimer()
    {
        _armedFor = null;
        var now = Now;
        if (Established is { } connection)
        {
            var busySince = connection.HandlerBusySince;
            var holdTime = Status.Current.Session?.HoldTime ?? TimeSpan.Zero;
            if (busySince is { } since && holdTime > TimeSpan.Zero && now - since >= holdTime)
            {
                Step(Event(FsmEventKind.AutomaticStop) with
                {
                    Notification = new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.OutOfResources),
                    Reason = new BgpDownReason(BgpDownKind.HandlerTooSlow),
                });
            }
            else
            {
                // Messages only stamp the connection; the machine hears of them here, before it judges the hold timer. What
                // the kernel holds, and what a busy handler keeps us from reading, are signs of life too.
                var at = busySince is not null || connection.HasUnreadInput ? now : connection.LastReceived;
                Step(Event(FsmEventKind.KeepaliveMessage, connection.Id) with { At = at });
            }
        }

        while (PeerFsm.TryGetDueTimer(_fsm, now, out var due))
        {
            Step(due with { Jitter = _random.NextDouble() });
        }
    }

    private void Arm()
    {
        if (_fsm.NextDeadline is not { } deadline || (_armedFor is { } armed && armed <= deadline))
        {
            return;
        }

        _armedFor = deadline;
        var wait = deadline - Now;
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private readonly record struct Mail(FsmEvent Input, TaskCompletionSource? Done);
}
