using System.Diagnostics;

namespace BgpSharp.Steadiness;

/// <summary>A thread that has everything collected, again and again.</summary>
internal static class Collector
{
    /// <summary>The longest that one collection took, for whoever asked for it.</summary>
    public static TimeSpan Longest { get; private set; }

    /// <summary>How many there were.</summary>
    public static int Count { get; private set; }

    public static void Start(TimeSpan period, bool blocking) =>
        new Thread(() => Run(period, blocking)) { IsBackground = true, Name = "collections" }.Start();

    private static void Run(TimeSpan period, bool blocking)
    {
        while (true)
        {
            Thread.Sleep(period);
            var begin = Stopwatch.GetTimestamp();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking);
            var took = Stopwatch.GetElapsedTime(begin);
            Longest = took > Longest ? took : Longest;
            Count++;
        }
    }
}
