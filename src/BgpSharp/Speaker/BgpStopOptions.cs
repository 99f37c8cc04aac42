namespace BgpSharp;

/// <summary>How a speaker or a peer is stopped.</summary>
public sealed class BgpStopOptions
{
    /// <summary>How sessions are ended. Default: <see cref="BgpStopMode.Withdraw"/>.</summary>
    public BgpStopMode Mode { get; init; }

    /// <summary>
    /// Text for the peer's operator, sent with the Cease (RFC 9003): at most 255 octets of UTF-8, cut at a character when
    /// longer. Null: none. <see cref="BgpStopMode.KeepForwarding"/> sends no Cease, and no text.
    /// </summary>
    public string? Message { get; init; }

    /// <summary>
    /// How long it may take in all; after that the rest is done as <see cref="BgpStopMode.Immediate"/> does it. Default: 5 s.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long routes stay announced with GRACEFUL_SHUTDOWN in <see cref="BgpStopMode.Drain"/>. With <see cref="Linger"/> it
    /// must be less than <see cref="Timeout"/>; zero sends no GRACEFUL_SHUTDOWN. Default: 2 s.
    /// </summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The MULTI_EXIT_DISC of routes while they are announced with GRACEFUL_SHUTDOWN in <see cref="BgpStopMode.Drain"/>, for
    /// routers that do not know that community; routes with a higher one keep theirs. Null, the default: all keep theirs.
    /// </summary>
    public uint? DrainMed { get; init; }

    /// <summary>
    /// How long the session stays up after the peer has acknowledged the withdrawals in <see cref="BgpStopMode.Drain"/>, for
    /// packets that are on their way. Default: 1 s.
    /// </summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Looks for everything that is wrong with the options, as a stop does.</summary>
    /// <returns>A line for each problem, which names the option, its value and what is allowed; empty: none.</returns>
    public IReadOnlyList<string> FindProblems() => OptionsValidation.FindProblems(this);
}
