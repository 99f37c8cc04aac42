using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>SIGHUP reads the configuration again, SIGUSR1 writes the state and the last messages of each peer to the log.</summary>
internal sealed partial class HostSignals(IHostControl host, ILogger<HostSignals> logger) : IHostedService, IDisposable
{
    /// <summary>SIGUSR1 has no name in .NET; the number is Linux's on every architecture that .NET runs on.</summary>
    private const PosixSignal UserSignal1 = (PosixSignal)10;

    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly CancellationTokenSource _ending = new();
    private OwnedTasks? _tasks;
    private int _isReloadAsked;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _tasks = new OwnedTasks(LogFailed);
        host.Reloading += BeginReload;
        Register(PosixSignal.SIGHUP, AskForReload);
        Register(UserSignal1, Dump);
        return Task.CompletedTask;
    }

    /// <summary>The signals stay taken until the end: without that they would kill a host that drains, and leave its VIPs behind.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        host.Reloading -= BeginReload;
        Interlocked.Exchange(ref _isReloadAsked, 1);
        await _ending.CancelAsync();
        await (_tasks?.EndAsync() ?? Task.CompletedTask);
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _ending.Dispose();
    }

    private void Register(PosixSignal signal, Action handle) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true; // Neither is meant to end the process.
        handle();
    }));

    /// <summary>A reload that has not begun to read yet will do for every signal until it does.</summary>
    internal void AskForReload()
    {
        if (Interlocked.Exchange(ref _isReloadAsked, 1) == 0)
        {
            _tasks!.Run(ReloadAsync);
        }
    }

    private void BeginReload() => Interlocked.Exchange(ref _isReloadAsked, 0);

    private async Task ReloadAsync()
    {
        LogReloading();
        await host.ReloadAsync(_ending.Token);
    }

    private void Dump()
    {
        foreach (var line in StatusText.Make(host.Status).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            LogState(line);
        }

        foreach (var peer in host.Status.Peers)
        {
            foreach (var line in RecordingText.Last(host.RecordingOf(peer.Address)))
            {
                LogRecorded(peer.EndPoint, StatusText.Clean(line));
            }
        }
    }
}
