using System.Diagnostics;

namespace BgpSharp.Bfd;

/// <summary>The kernel's monotonic clock, by which packets are sent and silence is judged, and the one of its time stamps.</summary>
internal static class BfdClock
{
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    /// <summary>Time since 1970, as the kernel stamps packets.</summary>
    public static TimeSpan Wall => TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch;
}
