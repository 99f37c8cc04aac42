using System.Net.Sockets;
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
    // A peer has one or two connections, and for a moment those that are ending. One that opens more is not served.
    private const int MaximumConnections = 8;

    // Lines in ten seconds about what the peer does: enough for any that means well.
    private const int MaximumLines = 30;

    private readonly Lock _gate = new();
    private readonly Queue<Mail> _mailbox = new();
    private readonly List<FsmAction> _actions = [];
    private readonly Dictionary<int, PeerConnection> _connections = [];
    private readonly SpeakerServices _services;
    private readonly PeerTimer _timer;
    private readonly SemaphoreSlim _handlerTurn = new(1);
    private readonly CancellationTokenSource _hurry = new();
    private readonly ILogger _logger;
    private readonly LogLimit _repairs;
    private readonly LogLimit _lines;
    private PeerFsmState _fsm = PeerFsmState.Initial;
    private PeerFsmConfig _config;
    private Task? _stop;
    private PeerConnection? _established;
    private TimeSpan? _armedFor;
    private TimeSpan _lookedTwiceAt = TimeSpan.MinValue;
    private string? _lastFailure;
    private int _lastAccepted;
    private BgpSessionState _published = BgpSessionState.Idle;
    private bool _draining;

    // Until the first session: the R bit of graceful restart, which keeps a peer from waiting for our End-of-RIB (RFC 4724 §3).
    private bool _hasRestarted = true;

    public PeerDriver(SpeakerServices services, BgpPeerOptions options)
    {
        _services = services;
        _logger = services.CreateLogger("BgpSharp.BgpPeer");
        _repairs = new LogLimit(services.Time);
        _lines = new LogLimit(services.Time, MaximumLines);
        Options = options;
        _config = services.FsmConfigFor(options);
        _timer = new PeerTimer(() => Post(default));
        Status = new StatusBoard();
        _md5Before = services.CountTcpMd5();
        _stateSince = Now.Ticks;
        ApplyRecorder();
    }

    public BgpPeerOptions Options { get; private set; }

    public StatusBoard Status { get; }

    public MessageCounters Counters { get; } = new();

    public BgpTransport Transport => _services.Transport;

    public RouteBook Routes => _services.Routes;

    public TimeProvider Time => _services.Time;

    /// <summary>Monotonic time since the speaker was made.</summary>
    public TimeSpan Now => _services.Timers.Now;

    /// <summary>The established connection; null: there is none.</summary>
    public PeerConnection? Established => Volatile.Read(ref _established);

    public FsmEvent Event(FsmEventKind kind, int connection = 0) =>
        new(kind, Now) { Connection = connection, Jitter = Random.Shared.NextDouble() };

    public void Post(FsmEvent input) => Drain(new Mail(input, null));

    /// <summary>Posts an event and waits until it was acted upon.</summary>
    public Task PostAsync(FsmEvent input)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Drain(new Mail(input, done));
        return done.Task;
    }

    /// <summary>Takes an accepted connection over; false: it stays the caller's, since the peer has too many or is being stopped.</summary>
    public bool TryAccept(BgpConnection transport)
    {
        if (Options.SourceInterface is { } device)
        {
            transport.RequireInterface(device);
        }

        transport.SetTimeToLive(_services.TimeToLiveFor(Options));
        if (SpeakerServices.MinimumTimeToLiveFor(Options) is { } minimum)
        {
            transport.RequireTimeToLive(minimum);
        }

        PeerConnection connection;
        lock (_gate)
        {
            if (_stop is not null || _connections.Count >= MaximumConnections)
            {
                return false;
            }

            connection = new PeerConnection(this, --_lastAccepted);
            _connections.Add(connection.Id, connection);
        }

        connection.Accept(transport);
        return true;
    }

    /// <summary>The connections there are, those being dialled and those ending too.</summary>
    public int ConnectionCount
    {
        get
        {
            lock (_gate)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>Whether somebody is acting upon an event.</summary>
    public bool IsActing
    {
        get
        {
            lock (_gate)
            {
                return _draining;
            }
        }
    }

    /// <summary>Drops a connection that is gone from the books.</summary>
    public void Forget(PeerConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection.Id);
        }
    }

    /// <summary>Says that something threw which must not: a fault of ours, or of code that was plugged in.</summary>
    public void Fault(Exception exception) => LogFault(exception, Options.Address);

    public OutboundPolicy PolicyFor(BgpSession session, BgpConnection transport)
    {
        var options = Options;
        return _services.PolicyFor(
            options,
            session,
            FindInterfaceAddresses(session, transport),
            options.Export is { } export ? Guarded(export) : null,
            (family, problem) => LogNextHopMissing(options.Address, family, problem));
    }

    private BgpInterfaceAddresses? FindInterfaceAddresses(BgpSession session, BgpConnection transport)
    {
        // The look-up reads all interfaces of the machine: not where the session's own address serves.
        var local = session.LocalEndPoint.Address;
        var own = local.AddressFamily == AddressFamily.InterNetwork || local.IsIPv4MappedToIPv6 ? BgpFamily.Ipv4Unicast : BgpFamily.Ipv6Unicast;
        if (!local.IsIPv6LinkLocal && session.Families.All(family => family == own))
        {
            return null;
        }

        try
        {
            return transport.FindInterfaceAddresses();
        }
        catch (Exception exception)
        {
            LogInterfaceUnknown(exception, Options.Address, local);
            return null;
        }
    }

    public void CountPrefixes(in UpdateView view) => Counters.CountPrefixes(view.AnnouncedPrefixes.Count(), view.WithdrawnPrefixes.Count());

    /// <summary>Only the timer holds anything; a handler that never returned may still give its turn back.</summary>
    public void Dispose() => _services.Timers.Cancel(_timer);

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
        // Whatever throws in here, the mailbox must go on and the timer must be armed, and somebody must hear of it.
        try
        {
            if (mail.Input.Kind == default)
            {
                OnTimer();
            }
            else if (!IsOutdated(mail.Input))
            {
                Step(mail.Input);
            }
        }
        catch (Exception exception)
        {
            Fault(exception);
        }

        Arm();
        try
        {
            Publish();
        }
        catch (Exception exception)
        {
            Fault(exception);
        }

        mail.Done?.TrySetResult();
    }

    /// <summary>
    /// A handler's fault ends the session it was about, not the one that came after. A peer that is being stopped is not
    /// started again.
    /// </summary>
    private bool IsOutdated(in FsmEvent input) =>
        (input is { Kind: FsmEventKind.AutomaticStop, Connection: not 0 } && Established?.Id != input.Connection)
        || (input.Kind == FsmEventKind.ManualStart && _stop is not null);

    private void Step(in FsmEvent input)
    {
        _actions.Clear();
        _fsm = PeerFsm.Step(_fsm, in input, _config, _actions);
        foreach (var action in _actions)
        {
            try
            {
                Execute(action);
            }
            catch (Exception exception)
            {
                Fault(exception);
            }
        }
    }

    private readonly record struct Mail(FsmEvent Input, TaskCompletionSource? Done);
}
