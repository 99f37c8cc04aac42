using System.Globalization;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Network;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BgpSharp.VipAdvertiser;

/// <summary>
/// The order of effects: the VIP is on the interface before it is announced, is announced while healthy, and at the stop
/// is drained and withdrawn before it leaves the interface.
/// </summary>
internal sealed partial class VipService(
    VipAddress address,
    IVipAnnouncer announcer,
    IOptions<VipOptions> options,
    IHostApplicationLifetime lifetime,
    ExitStatus exit,
    ILogger<VipService> logger,
    HealthMonitor? health = null) : BackgroundService
{
    private readonly VipOptions _options = options.Value;
    private bool _announced;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The stop that was asked for.
        }
        catch (NetlinkException e)
        {
            exit.Code = ExitStatus.Failed;
            LogAddressRefused(_options.Vip, _options.InterfaceName, e.Message);
        }
        catch (Exception e)
        {
            exit.Code = ExitStatus.Failed;
            LogFailed(e);
        }

        lifetime.StopApplication();
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        address.Add();
        try
        {
            if (health is null)
            {
                // Before the sessions, so that it is among what End-of-RIB ends.
                Announce("no health check is configured");
            }

            await announcer.StartAsync(stoppingToken);
            await AnnounceWhileHealthyAsync(stoppingToken);
        }
        finally
        {
            try
            {
                if (_announced)
                {
                    LogDraining(_options.Vip);
                }

                await announcer.StopAsync();
                if (_announced)
                {
                    LogWithdrawn(LogLevel.Information, _options.Vip, "stopped");
                }
            }
            finally
            {
                address.Remove();
            }
        }
    }

    private async Task AnnounceWhileHealthyAsync(CancellationToken stoppingToken)
    {
        if (health is null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stoppingToken);
            return;
        }

        await foreach (var check in health.WatchAsync(stoppingToken))
        {
            Follow(check);
        }
    }

    private void Follow(HealthObservation check)
    {
        switch (check)
        {
            case { Changed: true, Failure: null }:
                Announce("the health check succeeds");
                break;
            case { Changed: true, Failure: { } failure } when _announced:
                Withdraw(string.Create(CultureInfo.InvariantCulture, $"{_options.Health!.Fall} health checks in a row failed, the last: {failure}"));
                break;
            case { Changed: true, Failure: { } failure }:
                LogNotAnnounced(_options.Vip, failure);
                break;
            case { State.Verdict: HealthVerdict.Healthy, Failure: { } failure }:
                LogCheckFailed(check.State.Contrary, _options.Health!.Fall, failure);
                break;
            case { Failure: { } failure }:
                LogStillFailing(failure);
                break;
        }
    }

    private void Announce(string reason)
    {
        announcer.Announce();
        _announced = true;
        LogAnnounced(_options.Vip, reason);
    }

    private void Withdraw(string reason)
    {
        announcer.Withdraw();
        _announced = false;
        LogWithdrawn(LogLevel.Warning, _options.Vip, reason);
    }
}
