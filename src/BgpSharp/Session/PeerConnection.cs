using System.Net;
using BgpSharp.Fsm;
using BgpSharp.Wire;

namespace BgpSharp.Sessions;

/// <summary>
/// One TCP connection of a peer, from the dial to the last octet and an orderly end. The read loop is in
/// <c>PeerConnection.Reader.cs</c>, the write loop in <c>PeerConnection.Writer.cs</c>.
/// </summary>
internal sealed partial class PeerConnection : IDisposable
{
    // How long a connection may take to end in order: our last words out, the peer's close in.
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    // Whose loop the present flow of control comes from: that of a handler's call, its own.
    private static readonly AsyncLocal<PeerConnection?> Caller = new();

    private readonly PeerDriver _driver;
    private readonly CancellationTokenSource _abort;
    private readonly CancellationToken _aborted;
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private Task _cancelling = Task.CompletedTask;
    private BgpConnection? _transport;
    private HandlerCaller? _handler;
    private volatile BgpSession? _session;
    private volatile BgpDownReason? _downReason;
    private volatile bool _closing;
    private WireContext _wire;
    private volatile bool _offersExtendedMessages;
    private long _lastReceived;
    private IPAddress _localAddress = IPAddress.Any;

    public PeerConnection(PeerDriver driver, int id)
    {
        _driver = driver;
        Id = id;
        _abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, driver.Time);
        _aborted = _abort.Token;
    }

    public int Id { get; }

    /// <summary>Completes when the connection is gone and its handler was called for the last time.</summary>
    public Task Completion => _gone.Task;

    /// <summary>Whether the present code was called by this connection's handler, which it would wait for in vain.</summary>
    public bool IsCaller => Caller.Value == this && _handler is { IsInCall: true };

    public TimeSpan LastReceived => new(Volatile.Read(ref _lastReceived));

    /// <summary>When the handler's pending call began; null: none is pending.</summary>
    public TimeSpan? HandlerBusySince => _handler?.BusySinceTicks is >= 0 and var ticks ? new TimeSpan(ticks) : null;

    /// <summary>Whether the handler was told of the session and has returned.</summary>
    public bool HasReportedUp => _handler is { ReportedUp: true, BusySinceTicks: < 0 };

    /// <summary>Whether octets wait in the kernel, which count as a sign of life when a timer ran late.</summary>
    public bool HasUnreadInput
    {
        get
        {
            try
            {
                return _transport is { HasUnreadInput: true };
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
        }
    }

    public BgpConnection Transport => _transport ?? throw new InvalidOperationException("The connection is not up yet.");

    public void Dial(BgpConnectOptions options) => _ = OwnAsync(DialAsync(options));

    public void Accept(BgpConnection transport)
    {
        _transport = transport;
        _ = OwnAsync(RunAsync(transport, FsmEventKind.TcpConnectionConfirmed));
    }

    /// <summary>Lets the read loop look around without anything having arrived.</summary>
    public void Wake() => _transport?.Input.CancelPendingRead();

    /// <summary>Replaces the TCP-MD5 password. A dial under way has the old one, and is made again when it fails.</summary>
    public void SetPassword(BgpSecret password)
    {
        try
        {
            _transport?.SetPassword(password);
        }
        catch (ObjectDisposedException)
        {
            // The connection is gone already.
        }
    }

    /// <summary>The session is up: routes may be sent, and the read loop reports it before it reads on.</summary>
    public void Establish(BgpSession session, NegotiatedSession negotiated, HandlerCaller handler)
    {
        _wire = negotiated.Wire;
        _handler = handler;
        _limiter = new PrefixLimiter();
        _families = [.. session.Families];
        _session = session;
        AttachRoutes(session, negotiated);
    }

    /// <summary>The session is over: no more routes, no more UPDATEs to the handler, and its last call is due.</summary>
    public void EndSession(BgpDownReason reason)
    {
        DetachRoutes();
        _handler?.Cancel();
        _downReason = reason;
        _transport?.Input.CancelPendingRead();
    }

    /// <summary>Sends what is queued, then FIN, and reads on until the peer has closed too; all that for a limited time.</summary>
    public void Close()
    {
        BgpConnection? transport;
        bool hurried;
        lock (_lock)
        {
            _closing = true;
            transport = _transport;
            hurried = _hurried;
        }

        if (transport is null)
        {
            Cancel();
            return;
        }

        if (!hurried)
        {
            CancelAfter(CloseLimit);
        }

        _writeSignal.Set();
        transport.Input.CancelPendingRead();
    }

    /// <summary>Ends without waiting for anybody: only what TCP takes at once is still sent.</summary>
    public void Abort()
    {
        bool lastWords;
        lock (_lock)
        {
            _hurried = true;
            lastWords = _transport is not null && !_broken && !_sendPending;
        }

        if (lastWords)
        {
            _writeSignal.Set();
        }
        else
        {
            Cancel();
        }
    }

    public void Dispose()
    {
        _abort.Dispose();
        _handler?.Dispose();
    }

    private void Cancel()
    {
        try
        {
            // What hangs on the token is the transport's, and is no business of whoever cancels.
            _cancelling = _abort.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The connection is gone already.
        }
    }

    private void CancelAfter(TimeSpan after)
    {
        try
        {
            _abort.CancelAfter(after);
        }
        catch (ObjectDisposedException)
        {
            // The connection is gone already.
        }
    }

    /// <summary>Sees the connection to its end: it leaves the books, and no exception gets lost.</summary>
    private async Task OwnAsync(Task run)
    {
        try
        {
            await run.ConfigureAwait(false);
            await _cancelling.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _driver.Fault(exception);
        }
        finally
        {
            _driver.Forget(this);
            Dispose();
            _gone.SetResult();
        }
    }

    private async Task DialAsync(BgpConnectOptions options)
    {
        BgpConnection transport;
        try
        {
            transport = await _driver.Transport.ConnectAsync(options, _aborted).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Given up by Close: nobody waits for the outcome. The event would be ignored anyway.
            if (!_aborted.IsCancellationRequested)
            {
                string?[] named = [options.LocalAddress is { } local ? $"from {local}" : null, options.SourceInterface is { } device ? $"by {device}" : null];
                var source = string.Join(' ', named.Where(part => part is not null)) is { Length: > 0 } text ? text : null;
                _driver.Post(_driver.Event(FsmEventKind.TcpConnectionFails, Id) with { Reason = new BgpDownReason(BgpDownKind.ConnectFailed, exception: exception, detail: source) });
            }

            return;
        }

        bool abandoned;
        lock (_lock)
        {
            abandoned = _closing;
            _transport = transport;
        }

        if (abandoned)
        {
            await transport.DisposeAsync().ConfigureAwait(false);
            return;
        }

        await RunAsync(transport, FsmEventKind.TcpConnectionRequestAcked).ConfigureAwait(false);
    }

    private async Task RunAsync(BgpConnection transport, FsmEventKind connected)
    {
        Caller.Value = this;
        Volatile.Write(ref _lastReceived, _driver.Now.Ticks);
        _localAddress = transport.LocalEndPoint.Address;
        _driver.Connected(_localAddress);
        _driver.Post(_driver.Event(connected, Id));
        var writer = WriteLoopAsync(transport);
        BgpDownReason? lost = null;
        try
        {
            await ReadLoopAsync(transport).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_aborted.IsCancellationRequested)
        {
            // The end was given enough time.
        }
        catch (Exception exception)
        {
            lost = new BgpDownReason(BgpDownKind.ConnectionLost, exception: exception);
        }

        await _driver.PostAsync(_driver.Event(FsmEventKind.TcpConnectionFails, Id) with { Reason = lost ?? new BgpDownReason(BgpDownKind.ConnectionLost) }).ConfigureAwait(false);
        await ReportDownAsync().ConfigureAwait(false);
        Close();
        await writer.ConfigureAwait(false);
        try
        {
            await transport.Input.CompleteAsync().ConfigureAwait(false);
        }
        finally
        {
            await transport.DisposeAsync().ConfigureAwait(false);
        }
    }
}
