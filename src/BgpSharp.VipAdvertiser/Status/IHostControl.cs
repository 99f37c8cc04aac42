using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>What an operator can ask of the running host.</summary>
internal interface IHostControl
{
    /// <summary>A snapshot; taking one waits for nothing and holds up nothing.</summary>
    HostStatus Status { get; }

    /// <summary>The flight recorder of a peer as MRT; null: there is no such peer.</summary>
    byte[]? RecordingOf(string peer);

    /// <summary>The configuration is about to be read again, whoever asked for it.</summary>
    event Action? Reloading;

    /// <summary>It was, whatever came of it.</summary>
    event Action? Reloaded;

    /// <summary>A new configuration is in force.</summary>
    event Action<AdvertiserOptions>? Reconfigured;

    /// <summary>Whether the host's loop still does its work; that depends on no peer and on no apiserver.</summary>
    Task<bool> IsAliveAsync(CancellationToken cancellationToken);

    /// <summary>Moves traffic away, withdraws, closes the sessions and takes the VIPs off. The process stays, announcing nothing.</summary>
    /// <param name="message">The text for the routers' operators; null: the configured one.</param>
    /// <param name="cancellationToken">Ends the wait, not the drain.</param>
    Task DrainAsync(string? message, CancellationToken cancellationToken);

    /// <summary>Undoes <see cref="DrainAsync"/>.</summary>
    Task UndoDrainAsync(CancellationToken cancellationToken);

    /// <summary>Reads the configuration again and puts the difference in force.</summary>
    /// <returns>What is wrong with it, in which case all of the old one stays in force; empty when the new one is in force.</returns>
    Task<IReadOnlyList<string>> ReloadAsync(CancellationToken cancellationToken);
}
