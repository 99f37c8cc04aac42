using BgpSharp.Fsm;

namespace BgpSharp.Sessions;

/// <summary>How a peer's session ends for good.</summary>
internal sealed partial class PeerDriver
{
    // How long a handler that was asked to return is waited for.
    private static readonly TimeSpan AbortLimit = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Ends the peer's session for good: withdraws first when asked to and while there is time, then sends the NOTIFICATION
    /// and closes. Time running out makes the rest immediate, also for who asked first; the end itself always happens.
    /// </summary>
    public async Task StopAsync(BgpStopOptions options, BgpDownReason reason, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, Time);
        using var byTime = deadline.Token.UnsafeRegister(Hurry, this);
        using var byCaller = cancellationToken.UnsafeRegister(Hurry, this);
        Task stop;
        lock (_gate)
        {
            stop = _stop ??= Task.Run(() => StopCoreAsync(options, reason), CancellationToken.None);
        }

        await stop.ConfigureAwait(false);
    }

    /// <summary>Makes the rest of a stop immediate.</summary>
    public void HurryStop() => _hurry.Cancel();

    private static void Hurry(object? driver) => ((PeerDriver)driver!).HurryStop();

    private async Task StopCoreAsync(BgpStopOptions options, BgpDownReason reason)
    {
        if (options.Mode == BgpStopMode.Drain && options.DrainTime > TimeSpan.Zero && Established is { } leaving)
        {
            _drainMed = options.DrainMed;
            GracefulShutdown = true;
            await PauseAsync(leaving, options.DrainTime).ConfigureAwait(false);
        }

        if (options.Mode != BgpStopMode.Immediate && Established is { } connection)
        {
            try
            {
                if (options.Mode != BgpStopMode.KeepForwarding)
                {
                    connection.WithdrawRoutes();
                }

                await connection.FlushAsync(_hurry.Token).ConfigureAwait(false);
                if (options.Mode == BgpStopMode.Drain)
                {
                    await PauseAsync(connection, options.Linger).ConfigureAwait(false);
                }
            }
            catch (Exception exception)
            {
                LogNotAcknowledged(Options.Address, exception.Message);
            }
        }

        await PostAsync(Event(FsmEventKind.ManualStop) with { Notification = reason.Notification, Reason = reason }).ConfigureAwait(false);
        PeerConnection[] open;
        lock (_gate)
        {
            open = [.. _connections.Values];
        }

        await Task.WhenAll(open.Select(EndAsync)).ConfigureAwait(false);
        await EndBfdAsync().ConfigureAwait(false);
        await DropKeptRoutesAsync().ConfigureAwait(false);
        Dispose();
    }

    /// <summary>Lets time pass, unless the connection ends or nobody has the time.</summary>
    private async Task PauseAsync(PeerConnection connection, TimeSpan time) =>
        await connection.Completion.WaitAsync(time, Time, _hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task EndAsync(PeerConnection connection)
    {
        if (connection.IsCaller)
        {
            // It goes on ending when the handler that asked for this has returned.
            return;
        }

        await connection.Completion.WaitAsync(_hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        connection.Abort();
        await connection.Completion.WaitAsync(AbortLimit, Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
