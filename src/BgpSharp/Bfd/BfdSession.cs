using System.Net;
using BgpSharp.Sessions;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Bfd;

/// <summary>
/// A BFD session with one peer (RFC 5880, asynchronous mode). It goes on, Up or Down, until it is disposed. Thread-safe.
/// </summary>
public sealed class BfdSession : IAsyncDisposable
{
    private readonly BfdEngine _engine;
    private readonly bool _ownsEngine;
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _adminDown, _isHeld;
    private Task? _disposal;

    internal BfdSession(BfdEngine engine, bool ownsEngine, BfdSessionOptions options, BfdSlot slot)
    {
        (_engine, _ownsEngine, Options, Slot) = (engine, ownsEngine, options, slot);
    }

    /// <summary>The options it was made with; <see cref="Update"/> does not change them.</summary>
    public BfdSessionOptions Options { get; }

    /// <summary>Our state.</summary>
    public BfdState State => Status.State;

    /// <summary>The present status.</summary>
    public BfdSessionStatus Status => new(Slot.Snapshot().State);

    /// <summary>
    /// Whether the session is held down on purpose; the peer is told, and does not take it for a failure of the path.
    /// Default: false.
    /// </summary>
    public bool AdminDown
    {
        get => Volatile.Read(ref _adminDown);
        set => HoldDown(ref _adminDown, value);
    }

    /// <summary>Held down as by <see cref="AdminDown"/>, until there is a BGP session again to tell of failures.</summary>
    internal bool IsHeld
    {
        get => Volatile.Read(ref _isHeld);
        set => HoldDown(ref _isHeld, value);
    }

    internal BfdSlot Slot { get; }

    // Lines in ten seconds about what the peer does: enough for any that means well.
    internal LogLimit Lines { get; } = new(TimeProvider.System, 30);

    /// <summary>The notifier's: whether it was said that the session is slower than configured.</summary>
    internal bool IsToldSlowed { get; set; }

    internal IPAddress Address => Options.Address;

    /// <summary>Makes a session on an engine of its own, which has the ports of BFD to itself; <see cref="BfdEngine"/> is for several.</summary>
    /// <param name="options">What is configured for it.</param>
    /// <param name="loggerFactory">Where logs go; null: nowhere.</param>
    /// <returns>The session; disposing it tells the peer.</returns>
    /// <exception cref="ArgumentException">The options are invalid; the message names every problem.</exception>
    /// <exception cref="IOException">A socket cannot be had; the message says which and why.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public static BfdSession Start(BfdSessionOptions options, ILoggerFactory? loggerFactory = null) =>
        new BfdEngine(loggerFactory).Add(options, ownsEngine: true);

    /// <summary>The counters, a copy.</summary>
    /// <returns>Counts since the session was made.</returns>
    public BfdStatistics GetStatistics() => Slot.Snapshot().ToStatistics();

    /// <summary>Puts other timers in force, by a poll: the session stays Up.</summary>
    /// <param name="options">The timers; <see cref="BfdOptions.Multihop"/> must stay as it is.</param>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    public void Update(BfdOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        BfdEngine.ThrowIfAny(options.FindProblems(), nameof(options));
        if (options.Multihop != Options.Bfd.Multihop)
        {
            throw new ArgumentException($"Multihop is {options.Multihop}; allowed: {Options.Bfd.Multihop}, as the session was made.", nameof(options));
        }

        lock (_lock)
        {
            Slot.Wanted = options.ToConfig(Slot.Wanted.AdminDown);
        }

        _engine.Wake();
    }

    /// <summary>Waits until the session is Up.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The status.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled; the message has the state until then.</exception>
    public async Task<BfdSessionStatus> WaitForUpAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            if (Status is { State: BfdState.Up } status)
            {
                return status;
            }

            try
            {
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception)
            {
                throw new OperationCanceledException($"The BFD session with {Address} is not Up: {Status}.", exception, cancellationToken);
            }
        }
    }

    /// <summary>Tells the peer that the session is held down on purpose (AdminDown), and ends it. A second call joins the first.</summary>
    /// <returns>Completes when nothing of the session runs any more.</returns>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            return new ValueTask(_disposal ??= _ownsEngine ? _engine.DisposeAsync().AsTask() : _engine.RemoveAsync(this));
        }
    }

    /// <summary>Address and status.</summary>
    /// <returns>For example <c>198.51.100.9: Up (sending every 50 ms, detection time 150 ms)</c>.</returns>
    public override string ToString() => $"{Address}: {Status}";

    private void HoldDown(ref bool why, bool value)
    {
        lock (_lock)
        {
            Volatile.Write(ref why, value);
            Slot.Wanted = Slot.Wanted with { AdminDown = _adminDown || _isHeld };
        }

        _engine.Wake();
    }

    internal void Report(BfdSessionStatus status)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
        Options.Changed?.Invoke(this, status);
    }
}
