using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.Tests.VipAdvertiser.Status;

/// <summary>A host that writes down what it is asked for.</summary>
internal sealed class HostControlStub : IHostControl
{
    private readonly List<string> _asked = [];
    private int _askedIfAlive;

    public event Action? Reloading;

    public event Action? Reloaded;

    public event Action<AdvertiserOptions>? Reconfigured;

    public HostStatus Status { get; set; } = StatusData.Make();

    public IReadOnlyList<string> Problems { get; set; } = [];

    public bool IsAlive { get; set; } = true;

    public int AskedIfAlive => Volatile.Read(ref _askedIfAlive);

    /// <summary>Has a drain wait for it.</summary>
    public TaskCompletionSource Drained { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Has a reload wait for it before it reads.</summary>
    public TaskCompletionSource? ReloadTurn { get; set; }

    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    public Dictionary<string, byte[]> Recordings { get; } = [];

    public byte[]? RecordingOf(string peer) => Recordings.GetValueOrDefault(peer);

    public void Reconfigure(AdvertiserOptions options) => Reconfigured?.Invoke(options);

    public Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _askedIfAlive);
        return Task.FromResult(IsAlive);
    }

    public Task DrainAsync(string? message, CancellationToken cancellationToken)
    {
        Note($"drain '{message}'");
        return Drained.Task.WaitAsync(cancellationToken);
    }

    public Task UndoDrainAsync(CancellationToken cancellationToken)
    {
        Note("undrain");
        throw new OperationCanceledException("the host is stopping");
    }

    public async Task<IReadOnlyList<string>> ReloadAsync(CancellationToken cancellationToken)
    {
        await (ReloadTurn?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        Reloading?.Invoke();
        Note("reload");
        Reloaded?.Invoke();
        return Problems;
    }

    private void Note(string what)
    {
        lock (_asked)
        {
            _asked.Add(what);
        }
    }
}
