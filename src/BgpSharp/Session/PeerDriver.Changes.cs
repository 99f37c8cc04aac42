using BgpSharp.Fsm;
using BgpSharp.Rib;

namespace BgpSharp.Sessions;

/// <summary>What is changed while the peer runs.</summary>
internal sealed partial class PeerDriver
{
    private volatile bool _gracefulShutdown;

    /// <summary>Set before a drain's <see cref="GracefulShutdown"/>.</summary>
    private uint? _drainMed;

    /// <summary>Takes new options on; whether the session was reset, as asked or because its key could not be replaced.</summary>
    public async Task<bool> ReconfigureAsync(BgpPeerOptions options, bool reset, BgpNotification notification)
    {
        if (!ReferenceEquals(Options.Handler, options.Handler))
        {
            await DropKeptRoutesAsync().ConfigureAwait(false);
        }

        bool newKey;
        bool newExport;
        bool newLimits;
        PeerConnection[] open;
        lock (_gate)
        {
            newKey = PeerChange.NeedsKey(Options, options);
            newExport = !ReferenceEquals(Options.Export, options.Export);
            newLimits = PeerChange.HasOtherLimits(Options, options);
            Options = options;
            _config = _services.FsmConfigFor(options);
            open = [.. _connections.Values];
        }

        ApplyBfd();
        ApplyRecorder();
        if (!reset && newKey)
        {
            reset = !TryReplaceKeys(open, options.Password!);
        }

        if (reset)
        {
            await ResetAsync(new BgpDownReason(BgpDownKind.ConfigurationChanged, notification)).ConfigureAwait(false);
        }
        else
        {
            if (Established is { } connection && Status.Current.Session is { } session)
            {
                SetUserTimeout(connection, session.HoldTime);
            }

            if (newExport)
            {
                Array.ForEach(open, connection => connection.ApplyExport());
            }

            if (newLimits && _fsm.IsHeldDown)
            {
                await PostAsync(Event(FsmEventKind.ManualStart)).ConfigureAwait(false);
            }

            // Deadlines are judged by the new times from now on.
            await PostAsync(default).ConfigureAwait(false);
        }

        return reset;
    }

    private bool TryReplaceKeys(PeerConnection[] connections, BgpSecret password)
    {
        try
        {
            foreach (var connection in connections)
            {
                connection.SetPassword(password);
            }

            return true;
        }
        catch (Exception exception)
        {
            LogKeyNotReplaced(Options.Address, exception.Message);
            return false;
        }
    }

    /// <summary>Ends the session with the reason's NOTIFICATION; the idle hold timer makes the next one.</summary>
    public Task ResetAsync(BgpDownReason reason) =>
        PostAsync(Event(FsmEventKind.AutomaticStop) with { Notification = reason.Notification, Reason = reason });

    /// <summary>This peer's routes carry GRACEFUL_SHUTDOWN, whatever the speaker's say.</summary>
    public bool GracefulShutdown
    {
        get => _gracefulShutdown;
        set
        {
            _gracefulShutdown = value;
            ApplyGracefulShutdown();
        }
    }

    /// <summary>How the routes say that traffic is to leave; null: it may stay.</summary>
    public Leaving? Leaving => _gracefulShutdown || _services.GracefulShutdown ? new Leaving(_drainMed) : null;

    /// <summary>Every connection is told, since one that is about to be Established may have looked too early.</summary>
    public void ApplyGracefulShutdown()
    {
        PeerConnection[] open;
        lock (_gate)
        {
            open = [.. _connections.Values];
        }

        foreach (var connection in open)
        {
            connection.ApplyGracefulShutdown();
        }
    }
}
