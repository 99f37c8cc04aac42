using System.Buffers;
using BgpSharp.Fsm;
using BgpSharp.Rib;
using BgpSharp.Wire;

namespace BgpSharp.Sessions;

/// <summary>
/// The sending half: one loop, control messages before routes, one pooled buffer a flush. Waiting for it is in
/// <c>PeerConnection.Flush.cs</c>.
/// </summary>
internal sealed partial class PeerConnection
{
    private const int FlushBufferSize = 65536;

    private readonly AsyncSignal _writeSignal = new();
    private readonly ControlQueue _control = new();
    private AdjRibOut? _rib;
    private Action? _routesChanged;
    private volatile bool _broken;
    private bool _keepaliveQueued;
    private bool _farewell;
    private bool _hurried;
    private bool _sendPending;
    private TimeSpan _lastSent;
    private long _octetsSent;
    private long _octetsTaken;
    private bool _allTaken = true;
    private TimeSpan? _lastUpdateSent;

    /// <summary>Prefixes the peer has from us.</summary>
    public long PrefixesAdvertised
    {
        get
        {
            lock (_lock)
            {
                return _rib is { } rib ? _driver.Routes.With(rib, static rib => rib.AdvertisedCount) : 0;
            }
        }
    }

    /// <summary>Prefixes that are not sent to the peer.</summary>
    public long PrefixesWithheld
    {
        get
        {
            lock (_lock)
            {
                return _rib is { } rib ? _driver.Routes.With(rib, static rib => rib.RefusedCount) : 0;
            }
        }
    }

    /// <summary>When an UPDATE was last handed to TCP; null: none was.</summary>
    public TimeSpan? LastUpdateSent
    {
        get
        {
            lock (_lock)
            {
                return _lastUpdateSent;
            }
        }
    }

    /// <summary>
    /// When the peer's TCP last took octets; now when none wait for it. Those that only our kernel took do not count: a few
    /// withdrawals fit in its queue. While a send is pending that queue is full, and what changes its length is the peer's.
    /// </summary>
    public TimeSpan LastSent(TimeSpan now)
    {
        lock (_lock)
        {
            if (_allTaken && !_sendPending)
            {
                // Nothing was sent since; to ask the kernel would cost more than all else that is due.
                return _lastSent = now;
            }

            var queued = OctetsInKernel();
            var taken = _sendPending ? -queued : _octetsSent - queued;
            _allTaken = queued == 0 && !_sendPending;
            if (_allTaken || taken != _octetsTaken)
            {
                (_octetsTaken, _lastSent) = (taken, now);
            }

            return _lastSent;
        }
    }

    public void SendOpen(OpenMessage open)
    {
        _offersExtendedMessages = open.Capabilities.Contains(BgpCapability.ExtendedMessage);
        SendControl(MessageType.Open, open, static (open, output) => OpenCodec.Encode(open, output));
    }

    public void SendKeepalive() => SendControl(MessageType.Keepalive, 0, static (_, output) => KeepaliveCodec.Encode(output));

    public void SendNotification(BgpNotification notification) =>
        SendControl(MessageType.Notification, notification, static (notification, output) => NotificationCodec.Encode(notification, output));

    public void RequestRefresh(BgpFamily family) => SendControl(
        MessageType.RouteRefresh, new RouteRefreshMessage(family), static (message, output) => RouteRefreshCodec.Encode(message, output));

    private void SendControl<T>(MessageType type, T message, Action<T, IBufferWriter<byte>> encode)
    {
        lock (_lock)
        {
            // A peer that does not read is owed one KEEPALIVE, however long it does not; and a NOTIFICATION is the last word.
            if (_broken || _closing || _farewell || (_keepaliveQueued && type == MessageType.Keepalive))
            {
                return;
            }

            encode(message, _control);
            _keepaliveQueued = type == MessageType.Keepalive;
            _farewell = type == MessageType.Notification;
        }

        _driver.Counters.CountSent(type);

        // A KEEPALIVE of a session is due at a time of its own, on a thread that has nothing else to do: waking another one for
        // it would cost more than sending it.
        _writeSignal.Set(inline: type == MessageType.Keepalive && _session is not null);
    }

    private async Task WriteLoopAsync(BgpConnection transport)
    {
        try
        {
            while (true)
            {
                await _writeSignal.WaitAsync().ConfigureAwait(false);
                await SendPendingAsync(transport).ConfigureAwait(false);
                if (_closing && !HasControl())
                {
                    transport.CompleteSending();
                    return;
                }

                if (_hurried)
                {
                    return;
                }
            }
        }
        catch (Exception exception)
        {
            // A send fails when the peer is gone or the end took too long. The first is news to the machine, the second is not.
            if (!_aborted.IsCancellationRequested)
            {
                _driver.Post(_driver.Event(FsmEventKind.TcpConnectionFails, Id) with { Reason = new BgpDownReason(BgpDownKind.ConnectionLost, exception: exception) });
            }
        }
        finally
        {
            if (Break())
            {
                Cancel();
            }
        }
    }

    private async Task SendPendingAsync(BgpConnection transport)
    {
        while (true)
        {
            var length = TakePending(out var buffer);
            try
            {
                if (length == 0)
                {
                    // Changes that need no message are handed out too.
                    Progressed(0);
                    return;
                }

                _driver.Recorder?.Sent(_driver.Time.GetUtcNow(), _localAddress, HasFourOctetAsn, buffer.AsSpan(0, length));
                var sending = transport.SendAsync(buffer.AsMemory(0, length), _aborted);
                if (!sending.IsCompleted && AwaitTheSend())
                {
                    Cancel();
                }

                await sending.ConfigureAwait(false);
                Sent(length);
                Progressed(1);
            }
            finally
            {
                if (buffer.Length > 0)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            }
        }
    }

    /// <summary>Control messages first: a KEEPALIVE must not wait behind a full table. The buffer, if any, is to be given back.</summary>
    private int TakePending(out byte[] buffer)
    {
        lock (_lock)
        {
            var length = 0;
            buffer = [];
            if (_control.Length > 0)
            {
                buffer = _control.Take(out length);
                _keepaliveQueued = false;
            }
            else if (_rib is { } rib && !_farewell && _driver.Routes.With(rib, static rib => rib.HasPending))
            {
                buffer = ArrayPool<byte>.Shared.Rent(Math.Max(FlushBufferSize, rib.MinimumSpace));
                length = _driver.Routes.Fill(rib, buffer, out var messages);
                _driver.Counters.CountSent(MessageType.Update, messages);
                _driver.Counters.CountSent(MessageType.RouteRefresh, rib.RefreshMarks);
                _lastUpdateSent = messages > 0 ? _driver.Now : _lastUpdateSent;
            }

            _flushesTaken += length > 0 ? 1 : 0;
            return length;
        }
    }

    private bool HasControl()
    {
        lock (_lock)
        {
            return _control.Length > 0;
        }
    }

    /// <summary>The peer does not take it at once; true: nobody has the time to wait.</summary>
    private bool AwaitTheSend()
    {
        lock (_lock)
        {
            _sendPending = true;
            _lastSent = _driver.Now;
            _octetsTaken = -OctetsInKernel();
            return _hurried;
        }
    }

    /// <summary>The kernel has all of it. What waits for the peer after a time without anything waits from now on.</summary>
    private void Sent(int octets)
    {
        lock (_lock)
        {
            var before = _octetsSent;
            _octetsSent += octets;
            if (_allTaken || _sendPending)
            {
                // All that was sent before is the peer's, if it ever was; what it has of this is asked when it matters.
                _lastSent = _driver.Now;
                _octetsTaken = _allTaken ? before : _octetsSent - OctetsInKernel();
                _allTaken = false;
            }
        }
    }

    private long OctetsInKernel()
    {
        try
        {
            return Transport.UnacknowledgedBytes;
        }
        catch (ObjectDisposedException)
        {
            return 0;
        }
    }

    /// <summary>Nothing more will be sent; true: nothing more need be read either.</summary>
    private bool Break()
    {
        lock (_lock)
        {
            _broken = true;
            _progress?.TrySetResult();
            _progress = null;
            return _hurried;
        }
    }
}
