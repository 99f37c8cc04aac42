using System.Buffers;
using System.Net.Sockets;
using BgpSharp.Fsm;
using BgpSharp.Transport;
using BgpSharp.Wire;

namespace BgpSharp.Sessions;

/// <summary>The receiving half: one loop, which frames, decodes and hands on in wire order.</summary>
internal sealed partial class PeerConnection
{
    // A KEEPALIVE that comes alone is no reason to wake up: our own timers look for it.
    private const int QuietOctets = WireLimits.HeaderLength + 1;

    private TimeSpan _lastLook;

    private static ReadOnlySpan<byte> Keepalive =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0, WireLimits.HeaderLength, (byte)MessageType.Keepalive,
    ];

    /// <summary>
    /// When to look for KEEPALIVEs, that they do not become two, which would wake the reader: a peer that sends three in a hold
    /// time has a quarter of it between them at least (RFC 4271 §10), give or take a moment. Null: there is nothing to look for.
    /// </summary>
    public TimeSpan? NextLook => _session is { HoldTime.Ticks: > 0 and var holdTime } && _transport is IQuietInput ? _lastLook + new TimeSpan(holdTime * 2 / 9) : null;

    /// <summary>Counts the KEEPALIVEs that wait in the kernel as received when they arrived.</summary>
    public void LookForKeepalives()
    {
        if (_session is null || _transport is not IQuietInput quiet)
        {
            return;
        }

        try
        {
            _lastLook = _driver.Now;
            if (quiet.TakeRepeats(Keepalive, out var age) is > 0 and var keepalives)
            {
                _driver.Counters.CountReceived(MessageType.Keepalive, keepalives);
                RecordKeepalives(keepalives, age);
                Volatile.Write(ref _lastReceived, (_driver.Now - age).Ticks);
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
        {
            // The connection is gone or broken, and its reader says so.
        }
    }

    private async Task ReadLoopAsync(BgpConnection transport)
    {
        var input = transport.Input;
        var quiet = transport as IQuietInput;
        var isPartial = false;

        // A peer begins with an OPEN, which is never longer: until then nobody can make us hold more.
        var maximumLength = WireLimits.MaximumMessageLength;
        while (true)
        {
            quiet?.WakeFor(_session is null || _closing || isPartial ? 1 : QuietOctets);
            var result = await input.ReadAsync(_aborted).ConfigureAwait(false);
            var buffer = result.Buffer;
            await ReportDownAsync().ConfigureAwait(false);
            await ReportExpiredAsync().ConfigureAwait(false);
            while (!_closing && FrameReader.Read(buffer, maximumLength, out var frame, out var error) is var status and not FrameStatus.NeedMore)
            {
                if (status == FrameStatus.Error)
                {
                    await _driver.PostAsync(_driver.Event(FsmEventKind.BgpHeaderError, Id) with { Error = error }).ConfigureAwait(false);
                    break;
                }

                var now = _driver.Now;
                Volatile.Write(ref _lastReceived, now.Ticks);
                _driver.Counters.CountReceived(frame.Type);
                Record(in frame);
                var handled = _session is not null && frame.Type is MessageType.Keepalive or MessageType.Update
                    ? OnEstablishedFrame(frame, now)
                    : OnControlFrameAsync(frame, now);
                if (!handled.IsCompletedSuccessfully)
                {
                    await handled.ConfigureAwait(false);
                }

                if (frame.Type == MessageType.Open && _offersExtendedMessages)
                {
                    // The peer may send them once we sent the capability, whether it did or not (RFC 8654 §4).
                    maximumLength = WireLimits.ExtendedMessageLength;
                }

                buffer = buffer.Slice(frame.End);
            }

            await ReportDownAsync().ConfigureAwait(false);
            if (result.IsCompleted)
            {
                return;
            }

            // Octets that follow our farewell are read and dropped, or the close would become a reset.
            isPartial = !buffer.IsEmpty;
            input.AdvanceTo(_closing ? result.Buffer.End : buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>The hot path: no allocation, no mailbox. The view must not live across an await, hence no async method.</summary>
    private ValueTask OnEstablishedFrame(in Frame frame, TimeSpan now)
    {
        if (frame.Type == MessageType.Keepalive || _downReason is not null)
        {
            return ValueTask.CompletedTask;
        }

        if (frame.Body.IsSingleSegment)
        {
            return OnUpdate(frame.Body.FirstSpan, now);
        }

        var length = (int)frame.Body.Length;
        var joined = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            frame.Body.CopyTo(joined);
            return OnUpdate(joined.AsSpan(0, length), now);
        }
        finally
        {
            // The view dies with the first await of the handler, so the octets may go now.
            ArrayPool<byte>.Shared.Return(joined);
        }
    }

    private ValueTask OnUpdate(ReadOnlySpan<byte> body, TimeSpan now)
    {
        var verdict = UpdateDecoder.Decode(body, in _wire, out var view, out var problem);
        if (verdict == UpdateVerdict.Reset)
        {
            return new ValueTask(_driver.PostAsync(_driver.Event(FsmEventKind.UpdateMessageError, Id) with { Error = problem.ToError(body) }));
        }

        if (verdict != UpdateVerdict.Accept)
        {
            _driver.UpdateRepaired(verdict, problem);
        }

        var ignored = HideOtherFamilies(ref view);
        var rest = ignored && IsNothing(in view) ? ValueTask.CompletedTask
            : _limiter!.IsNeeded(_driver.Options.PrefixLimits) ? OnLimitedUpdate(in view, now)
            : Accept(in view, now);
        return verdict == UpdateVerdict.DisableFamily && _families.Contains(problem.Family) ? DisableAsync(rest, problem.Family, now) : rest;
    }

    private ValueTask Accept(in UpdateView view, TimeSpan now)
    {
        _driver.CountPrefixes(in view);
        return _handler!.UpdateAsync(in view, now);
    }

    private async ValueTask OnControlFrameAsync(Frame frame, TimeSpan now)
    {
        await _driver.PostAsync(ToEvent(frame, now)).ConfigureAwait(false);
        if (_session is { } session && _downReason is null && _handler is { ReportedUp: false } handler)
        {
            await handler.EstablishedAsync(session, now).ConfigureAwait(false);
        }
        else if (frame.Type == MessageType.RouteRefresh && _downReason is null && _handler is { } told && ReadMark(frame) is { } mark)
        {
            _limiter!.Refresh(mark.Family, begins: mark.Subtype == RouteRefreshSubtype.Begin);
            await told.RefreshAsync(mark, now).ConfigureAwait(false);
        }
    }

    private FsmEvent ToEvent(in Frame frame, TimeSpan now)
    {
        // Handshakes, farewells and refreshes are rare and small: copying them is fine.
        var body = frame.Body.ToArray();
        switch (frame.Type)
        {
            case MessageType.Open:
                if (OpenCodec.TryDecode(body, out var open, out var error))
                {
                    _driver.OpenReceived(open);
                    return _driver.Event(FsmEventKind.BgpOpen, Id) with { Open = open };
                }

                return _driver.Event(FsmEventKind.BgpOpenMessageError, Id) with { Error = error };
            case MessageType.Notification:
                var notification = NotificationCodec.Decode(body);
                _driver.NotificationReceived(this, notification);
                return _driver.Event(FsmEventKind.Notification, Id) with { Notification = notification };
            case MessageType.RouteRefresh:
                return OnRouteRefresh(body, now);
            case MessageType.Update:
                return _driver.Event(FsmEventKind.UpdateMessage, Id) with { At = now };
            default:
                return _driver.Event(FsmEventKind.KeepaliveMessage, Id) with { At = now };
        }
    }

    private FsmEvent OnRouteRefresh(ReadOnlySpan<byte> body, TimeSpan now)
    {
        if (!RouteRefreshCodec.TryDecode(body, out var refresh, out var error))
        {
            // A peer without enhanced route refresh knows no error of its own for it (RFC 7313 §5).
            if (error.Code == BgpErrorCode.RouteRefreshMessage && _session?.RemoteCapabilities.Contains(BgpCapability.EnhancedRouteRefresh) != true)
            {
                error = WireError.BadMessageLength(body);
            }

            return _driver.Event(FsmEventKind.BgpHeaderError, Id) with { Error = error };
        }

        // From a peer without enhanced route refresh the subtype is a reserved octet, not looked at (RFC 2918 §3); others
        // than a request are nothing we asked for. We never offer to take outbound filters (RFC 5291): a peer that sends
        // some all the same gets what it asked for, unfiltered, and drops what it does not want.
        if (_session is { } session
            && (refresh.Subtype == RouteRefreshSubtype.Request || !session.RemoteCapabilities.Contains(BgpCapability.EnhancedRouteRefresh)))
        {
            ResendRoutes(refresh.Family, session.RemoteCapabilities.Contains(BgpCapability.EnhancedRouteRefresh));
        }

        // RFC 4271 has no event of its own for it; like an UPDATE it is a sign of life, and before Established an error.
        return _driver.Event(FsmEventKind.UpdateMessage, Id) with { At = now };
    }

    /// <summary>The beginning or the end of a refresh, of a peer that knows of them, in a family of the session; null: neither.</summary>
    private RouteRefreshMessage? ReadMark(in Frame frame) =>
        _session is { } session
            && session.RemoteCapabilities.Contains(BgpCapability.EnhancedRouteRefresh)
            && RouteRefreshCodec.TryDecode(frame.Body.ToArray(), out var message, out _)
            && message.Subtype is RouteRefreshSubtype.Begin or RouteRefreshSubtype.End
            && _families.Contains(message.Family)
            ? message
            : null;

    private ValueTask ReportExpiredAsync() =>
        _driver.StaleRoutesExpired && _downReason is null && _handler is { ReportedUp: true } handler ? handler.ExpiredAsync(_driver.Now) : ValueTask.CompletedTask;

    private async ValueTask ReportDownAsync()
    {
        if (_downReason is { } reason && _handler is { } handler)
        {
            await handler.DownAsync(reason).ConfigureAwait(false);
        }
    }
}
