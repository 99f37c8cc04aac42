using System.Buffers;
using System.Buffers.Binary;
using BgpSharp.Fsm;
using BgpSharp.Wire;

namespace BgpSharp.Sessions;

/// <summary>What the peer announces, held against its limits.</summary>
internal sealed partial class PeerConnection
{
    private PrefixLimiter? _limiter;

    /// <summary>Prefixes that count against a limit.</summary>
    public long PrefixesHeld
    {
        get
        {
            var sum = 0L;
            foreach (var count in _limiter is { } limiter ? limiter.Counts : default)
            {
                sum += count.Count;
            }

            return sum;
        }
    }

    private ValueTask OnLimitedUpdate(in UpdateView view, TimeSpan now)
    {
        _limiter!.Count(in view, out var discarded, out var exceeded);
        foreach (var count in _limiter.Counts)
        {
            _driver.PrefixesCounted(count);
        }

        if (exceeded is not null)
        {
            _driver.PrefixLimitExceeded(exceeded);
            if (exceeded.Limit.Action == BgpPrefixLimitAction.Close)
            {
                return new ValueTask(_driver.PostAsync(TooManyPrefixes(exceeded.Limit)));
            }
        }

        return discarded == 0 ? Accept(in view, now) : AcceptKept(in view, discarded, now);
    }

    private ValueTask AcceptKept(in UpdateView view, int discarded, TimeSpan now)
    {
        _driver.Counters.CountDiscarded(discarded);
        var body = ArrayPool<byte>.Shared.Rent(view.Body.Length);
        try
        {
            var length = _limiter!.WriteKept(in view, body);
            var verdict = UpdateDecoder.Decode(body.AsSpan(0, length), in _wire, out var kept, out _);
            return verdict == UpdateVerdict.Reset || (kept.AnnouncedPrefixes.IsEmpty && kept.WithdrawnPrefixes.IsEmpty)
                ? ValueTask.CompletedTask
                : Accept(in kept, now);
        }
        finally
        {
            // The view dies with the first await of the handler, so the octets may go now.
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    private FsmEvent TooManyPrefixes(BgpPrefixLimit limit)
    {
        // AFI, SAFI, upper bound (RFC 4486 §4).
        var data = new byte[7];
        BinaryPrimitives.WriteUInt16BigEndian(data, limit.Family.Afi);
        data[2] = limit.Family.Safi;
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(3), limit.Maximum);
        var notification = new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.MaximumPrefixesReached, data);
        var until = limit.RetryTime is { } time ? $"tried again after {time}" : "down until it is reset or its limits are changed";
        return _driver.Event(FsmEventKind.AutomaticStop, Id) with
        {
            Notification = notification,
            Reason = new BgpDownReason(BgpDownKind.PrefixLimitExceeded, notification, detail: until),
            IdleHold = limit.RetryTime ?? TimeSpan.MaxValue,
        };
    }
}
