using System.Net.Sockets;
using BgpSharp.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BgpSharp.Bfd;

/// <summary>
/// Runs BFD sessions: two threads, of which the one that sends and listens takes no lock, allocates nothing, and has real-time
/// priority where the system permits it. One engine has the ports of BFD (3784, 4784) to itself in its network namespace.
/// Linux alone. Thread-safe.
/// </summary>
public sealed class BfdEngine : IAsyncDisposable
{
    /// <summary>Sessions that the kernel sends for at most, since each costs it memory.</summary>
    private const int MostAhead = 64;

    private readonly Lock _lock = new();
    private readonly BfdLoop _loop;
    private readonly BfdNotifier _notifier;
    private readonly Dictionary<(AddressFamily Family, bool Multihop), BfdReceiver> _receivers = [];
    private readonly List<BfdSession> _sessions = [];
    private readonly HashSet<uint> _discriminators = [];
    private volatile int _ahead = -1;
    private bool _started;
    private Task? _disposal;

    /// <summary>Makes an engine; its threads start with the first session.</summary>
    /// <param name="loggerFactory">Where logs go; null: nowhere.</param>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public BfdEngine(ILoggerFactory? loggerFactory = null)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("BFD needs Linux.");
        }

        var logger = new GuardedLogger((loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("BgpSharp.Bfd.BfdEngine"));
        _notifier = new BfdNotifier(logger);
        _loop = new BfdLoop(_notifier);
    }

    /// <summary>The sessions, a copy.</summary>
    public IReadOnlyCollection<BfdSession> Sessions
    {
        get
        {
            lock (_lock)
            {
                return [.. _sessions];
            }
        }
    }

    /// <summary>
    /// The longest time that the sending thread came too late, for want of a processor or during a collection of garbage, since the
    /// engine was made. Sessions whose detection time at the peer is not well above it are not reliable; but of a collection of up to
    /// two seconds the peer notices nothing where <see cref="SendsAhead"/>.
    /// </summary>
    public TimeSpan LongestDelay => _loop.LongestDelay;

    /// <summary>Whether the sending thread has real-time priority (SCHED_FIFO); null: it has not started.</summary>
    public bool? IsRealTime => _loop.IsRealTime;

    /// <summary>
    /// Whether the kernel has the packets of sessions that are Up before their time (io_uring), so that a collection of garbage of
    /// up to two seconds is no silence to the peers; of 64 sessions at most. A process that is stopped or has no processor sends
    /// nothing all the same. False: Linux before 6.0, or not permitted. Null: there was no session yet.
    /// </summary>
    public bool? SendsAhead => _ahead < 0 ? null : _ahead == 1;

    /// <summary>How sockets are opened: the tests do it in another network namespace.</summary>
    internal Func<Func<BfdSession>, BfdSession> Opening { get; init; } = static open => open();

    /// <summary>Whether intervals stay as configured, however late the thread is: the tests compare them, and stand still themselves.</summary>
    internal bool HoldsIntervals
    {
        init => _loop.HoldsIntervals = value;
    }

    /// <summary>Called by the sending thread at each turn: the tests hold it up there.</summary>
    internal Action? Turning
    {
        init => _loop.Turning = value;
    }

    /// <summary>What the sending thread has allocated; the tests want it to stand still.</summary>
    internal long AllocatedBytes => _loop.AllocatedBytes;

    /// <summary>Adds a session, which begins at once. Its sockets are made here, in the caller's network namespace.</summary>
    /// <param name="options">What is configured for it.</param>
    /// <returns>The session; disposing it tells the peer.</returns>
    /// <exception cref="ArgumentException">The options are invalid, or there is a session with this address and kind already.</exception>
    /// <exception cref="IOException">A socket cannot be had; the message says which and why.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public BfdSession AddSession(BfdSessionOptions options) => Add(options, ownsEngine: false);

    /// <summary>Ends all sessions as their disposal does, then the threads. A second call joins the first.</summary>
    /// <returns>Completes when nothing of the engine runs any more.</returns>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            return new ValueTask(_disposal ??= Task.Run(DisposeCoreAsync));
        }
    }

    internal BfdSession Add(BfdSessionOptions options, bool ownsEngine)
    {
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfAny(options.FindProblems(), nameof(options));
        return Opening(() => AddCore(options, ownsEngine));
    }

    private BfdSession AddCore(BfdSessionOptions options, bool ownsEngine)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposal is not null, this);
            if (_sessions.Any(other => other.Address.Equals(options.Address) && other.Options.Bfd.Multihop == options.Bfd.Multihop))
            {
                throw new ArgumentException($"There is a BFD session with {options.Address} already.", nameof(options));
            }

            var kind = (options.Address.AddressFamily, options.Bfd.Multihop);
            if (!_receivers.TryGetValue(kind, out var receiver))
            {
                receiver = BfdReceiver.Open(kind.AddressFamily, kind.Multihop);
                _receivers.Add(kind, receiver);
            }

            var transmitter = new BfdTransmitter(BfdSender.Open(options), OpenRing());
            var slot = new BfdSlot(options, receiver, transmitter, NewDiscriminator());
            var session = new BfdSession(this, ownsEngine, options, slot);
            slot.Session = session;
            _sessions.Add(session);
            Plan();
            if (!_started)
            {
                _started = true;
                _notifier.Start();
                _loop.Start();
            }

            return session;
        }
    }

    internal async Task RemoveAsync(BfdSession session)
    {
        session.AdminDown = true;
        session.Slot.IsClosing = true;
        Wake();
        await Task.WhenAny(session.Slot.Closed, _loop.Ended).ConfigureAwait(false);
        lock (_lock)
        {
            _sessions.Remove(session);
            _discriminators.Remove(session.Slot.Discriminator);
            Plan();
        }

        session.Slot.Transmitter.Dispose();
    }

    internal void Wake() => _loop.Wake();

    internal static void ThrowIfAny(IReadOnlyList<string> problems, string parameter)
    {
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', problems), parameter);
        }
    }

    private SendRing? OpenRing()
    {
        if (_sessions.Count(session => session.Slot.Transmitter.HasRing) >= MostAhead)
        {
            return null;
        }

        var ring = SendRing.TryOpen(out var error);
        if (ring is null && _ahead != 0)
        {
            _notifier.TellNotAhead(error);
        }

        _ahead = ring is null ? 0 : 1;
        return ring;
    }

    private void Plan() => _loop.Use(new BfdPlan([.. _sessions.Select(session => session.Slot)], [.. _receivers.Values], _loop.WakeHandle));

    private uint NewDiscriminator()
    {
        uint number;
        do
        {
            number = (uint)Random.Shared.NextInt64(1, uint.MaxValue);
        }
        while (!_discriminators.Add(number));

        return number;
    }

    private async Task DisposeCoreAsync()
    {
        await Task.WhenAll(Sessions.Select(RemoveAsync)).ConfigureAwait(false);
        if (_started)
        {
            await _loop.StopAsync().ConfigureAwait(false);
            await _notifier.StopAsync().ConfigureAwait(false);
        }

        foreach (var receiver in _receivers.Values)
        {
            receiver.Dispose();
        }

        _loop.Dispose();
        _notifier.Dispose();
    }
}
