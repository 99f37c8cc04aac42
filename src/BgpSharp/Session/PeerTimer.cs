namespace BgpSharp.Sessions;

/// <summary>A peer's entry in <see cref="PeerTimers"/>, which alone changes it.</summary>
internal sealed class PeerTimer(Action expired)
{
    /// <summary>What is done then, on whichever thread; it must not throw.</summary>
    public Action Expired => expired;

    /// <summary>When, by the timers' clock; null: not at all.</summary>
    public TimeSpan? Due { get; set; }
}
