using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Matrix;

/// <summary>A router with a neighbor of each <see cref="PeerKind"/>; it announces <see cref="MatrixPlan.RouterPrefix"/> to all of them.</summary>
internal abstract class MatrixRouter(Lab lab)
{
    /// <summary>Its column.</summary>
    public abstract string Name { get; }

    /// <summary>By row, what it cannot do.</summary>
    public virtual IReadOnlyDictionary<string, Lack> Lacks { get; } = new Dictionary<string, Lack>();

    protected Lab Lab { get; } = lab;

    /// <summary>All processes that have to stand still for the router to stand still.</summary>
    protected abstract IReadOnlyList<LabProcess> Processes { get; }

    public abstract Task<string> VersionAsync();

    /// <summary>Starts it, with nothing but its configuration.</summary>
    public abstract Task StartAsync();

    /// <summary>Ends it without a word.</summary>
    public virtual async Task KillAsync()
    {
        foreach (var process in Processes)
        {
            await process.KillAsync();
        }
    }

    /// <summary>Stops or continues it.</summary>
    public virtual Task SignalAsync(Signal signal)
    {
        foreach (var process in Processes)
        {
            process.Send(signal);
        }
        return Task.CompletedTask;
    }

    /// <summary>Has it forget that a session with this neighbor ended, where that would make the next one wait.</summary>
    public virtual Task ForgetAsync(PeerKind kind) => Task.CompletedTask;

    /// <summary>Whether it says that the session is up.</summary>
    public abstract Task<bool> IsEstablishedAsync(PeerKind kind);

    /// <summary>The AS path it has for a prefix from a neighbor, as it writes it; null: it has none.</summary>
    public abstract Task<string?> FindPathAsync(PeerKind kind, IpPrefix prefix);

    public abstract Task AnnounceAsync(IReadOnlyList<string> prefixes);

    public abstract Task WithdrawAsync(IReadOnlyList<string> prefixes);

    /// <summary>Asks the neighbor for its IPv4 routes again.</summary>
    public abstract Task RefreshAsync(PeerKind kind);

    /// <summary>The router's words about the last shutdown by this neighbor.</summary>
    public abstract Task<string> ShutdownTextAsync(PeerKind kind);

    /// <summary>The preference it gives to a route from a neighbor.</summary>
    public abstract Task<string?> FindPreferenceAsync(PeerKind kind, IpPrefix prefix);

    /// <summary>Its log, for failure messages.</summary>
    public string Describe() => string.Concat(Processes.Select(process => process.Describe()));
}
