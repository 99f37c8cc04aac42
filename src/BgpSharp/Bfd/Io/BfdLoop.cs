using System.Runtime.InteropServices;

namespace BgpSharp.Bfd;

/// <summary>
/// The thread that sends and listens. It takes no lock and allocates nothing: it works on a plan that others replace, and tells
/// what it finds to a ring. Before it judges a silence it has read what the kernel holds, and it judges by the kernel's stamps.
/// </summary>
internal sealed unsafe class BfdLoop(BfdNotifier notifier) : IDisposable
{
    private const int StackLength = 256 * 1024;
    private const int Fifo = 1;
    private const int FifoPriority = 50;

    // Datagrams read before it looks at the clock again, and its rest when there were more: a flood gets this much of a processor.
    private const int ReadBudget = 128;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(1);

    // A pause of ours this long may have overflowed the queue, which keeps the oldest: the last stamp proves nothing then.
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(1);

    private readonly WakeUp _wakeUp = new(blocking: false);
    private readonly BfdStepper _stepper = new(notifier);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BfdLateness? _lateness;
    private BfdPlan? _plan;
    private TimeSpan _late;
    private bool _hasMore;
    private volatile bool _isStopping;
    private volatile int _realTime = -1;
    private long _allocatedBytes;

    /// <summary>Completes when the thread has ended.</summary>
    public Task Ended => _ended.Task;

    public int WakeHandle => _wakeUp.Handle;

    public TimeSpan LongestDelay => _lateness?.Longest ?? TimeSpan.Zero;

    public long AllocatedBytes => Volatile.Read(ref _allocatedBytes);

    public bool? IsRealTime => _realTime < 0 ? null : _realTime == 1;

    /// <summary>Called by the thread at each turn: the tests hold it up there.</summary>
    public Action? Turning { get; set; }

    /// <summary>Whether intervals stay as configured, however late the thread is.</summary>
    public bool HoldsIntervals { get; set; }

    public void Use(BfdPlan plan)
    {
        Volatile.Write(ref _plan, plan);
        Wake();
    }

    public void Wake() => _wakeUp.Signal();

    public void Start() => new Thread(Run, StackLength) { IsBackground = true, Name = "BFD" }.Start();

    public Task StopAsync()
    {
        _isStopping = true;
        Wake();
        return _ended.Task;
    }

    public void Dispose() => _wakeUp.Dispose();

    private void Run()
    {
        try
        {
            var error = LibC.SetScheduler(0, Fifo, FifoPriority) == 0 ? 0 : Marshal.GetLastPInvokeError();
            _realTime = error == 0 ? 1 : 0;
            notifier.ReportPriority(error);
            using var waits = new ThreadWaits();
            var lateness = new BfdLateness(GC.GetTotalPauseDuration, () => waits.Total);
            Volatile.Write(ref _lateness, lateness);
            while (!_isStopping)
            {
                Turn(Volatile.Read(ref _plan)!, lateness);
                Turning?.Invoke();
            }
        }
        catch (Exception exception)
        {
            // Nothing here throws; if something does, whoever waits must not wait for ever, nor anyone take us for there.
            notifier.ReportFault(exception);
            LetGo();
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private void Turn(BfdPlan plan, BfdLateness lateness)
    {
        var begin = BfdClock.Now;
        if (plan.IsReadable(0))
        {
            _wakeUp.Take();
        }

        // What the wait did not find is looked for where it matters: before a silence is judged, and after a rest, which did not ask.
        var mustLook = _hasMore || JudgesSilence(plan, begin);
        var hasMore = false;
        for (var i = 0; i < plan.Receivers.Length; i++)
        {
            if (mustLook || plan.IsReadable(i + 1))
            {
                hasMore |= !Drain(plan, plan.Receivers[i]);
            }
        }

        var now = BfdClock.Now;
        TimeSpan? next = null;
        TimeSpan? uncoveredAt = null;
        var (isAlone, isAhead) = (false, false);
        foreach (var slot in plan.Slots)
        {
            if (slot.IsClosed)
            {
                continue;
            }

            if (_late > LongPause && slot.Machine.LastReceived is not null)
            {
                slot.Machine = slot.Machine with { LastReceived = now };
            }

            _stepper.Serve(slot, now, HoldsIntervals ? TimeSpan.Zero : lateness.LeastInterval(slot.Transmitter.HasRing, slot.Wanted.DetectMultiplier));
            if (slot.IsClosed)
            {
                continue;
            }

            next = Earlier(Earlier(next, slot.Machine.NextDeadline), slot.ClosingBegan + BfdStepper.Farewell);
            if (slot.Machine.State == BfdState.Up)
            {
                isAhead |= slot.Transmitter.HasRing;
                isAlone |= !slot.Transmitter.HasRing;
                uncoveredAt = Earlier(uncoveredAt, slot.Transmitter.UncoveredAt);
            }
        }

        Volatile.Write(ref _allocatedBytes, GC.GetAllocatedBytesForCurrentThread());
        var took = BfdClock.Now - begin;
        Wait(plan, hasMore ? now + Rest : next, hasMore);
        var end = BfdClock.Now;
        _hasMore = hasMore;
        _late = hasMore ? TimeSpan.Zero : end - next ?? TimeSpan.Zero;
        lateness.Observe(end, _late > took ? _late : took, isAlone, isAhead, uncoveredAt);
    }

    private static bool JudgesSilence(BfdPlan plan, TimeSpan now)
    {
        foreach (var slot in plan.Slots)
        {
            if (slot.Machine.DetectionDeadline <= now)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads what there is; false: there may be more.</summary>
    private bool Drain(BfdPlan plan, BfdReceiver receiver)
    {
        var begin = BfdClock.Now;
        var wall = BfdClock.Wall;

        // A pause between the two clocks makes stamps later, never earlier; what is in the future is now.
        var offset = BfdClock.Now - wall;
        var last = receiver.HeardUntil;
        for (var i = 0; i < ReadBudget; i++)
        {
            if (!receiver.TryRead())
            {
                // Empty now: nothing is on its way to us that arrived before we looked.
                receiver.HeardUntil = receiver.EmptyAt = begin;
                return true;
            }

            var now = BfdClock.Now;
            var at = receiver.Stamp + offset ?? now;
            at = at < receiver.EmptyAt ? receiver.EmptyAt : at > now ? now : at;
            last = at > last ? at : last;
            Receive(plan, receiver, at, now);
        }

        receiver.HeardUntil = last;
        return false;
    }

    private void Receive(BfdPlan plan, BfdReceiver receiver, TimeSpan at, TimeSpan now)
    {
        foreach (var slot in plan.Slots)
        {
            if (slot.Receiver == receiver && !slot.IsClosed && slot.IsFrom(receiver.AddressHigh, receiver.AddressLow, receiver.ScopeId))
            {
                _stepper.Receive(slot, at, now);
                return;
            }
        }
    }

    private static void Wait(BfdPlan plan, TimeSpan? until, bool wakeUpAlone)
    {
        var timeout = default(LibC.TimeSpec);
        if (until is { } deadline)
        {
            var ticks = Math.Max(0, (deadline - BfdClock.Now).Ticks);
            timeout.Seconds = ticks / TimeSpan.TicksPerSecond;
            timeout.Nanoseconds = ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
        }

        var handles = (PollHandle*)Marshal.UnsafeAddrOfPinnedArrayElement(plan.Polled, 0);
        _ = LibC.Poll(handles, wakeUpAlone ? 1 : (nuint)plan.Polled.Length, until is null ? null : &timeout, 0);
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one <= other || other is null ? one : other;

    private void LetGo()
    {
        foreach (var slot in Volatile.Read(ref _plan)?.Slots ?? [])
        {
            slot.IsClosed = true;
            slot.Transmitter.TakeBack();
            slot.CompleteClosing();
        }
    }
}
