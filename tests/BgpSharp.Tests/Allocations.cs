namespace BgpSharp.Tests;

/// <summary>What code allocates on the thread that calls it.</summary>
internal static class Allocations
{
    /// <summary>
    /// The octets that some calls allocate: the least of several passes. What code allocates it allocates in each; what the
    /// runtime sets up once, or rounds up when garbage is collected meanwhile, is not the code's.
    /// </summary>
    /// <param name="action">What is measured.</param>
    /// <param name="times">How many calls are a pass.</param>
    /// <param name="prepare">Called before each call, not measured.</param>
    /// <returns>Octets.</returns>
    public static long Least(Action action, int times = 1, Action? prepare = null)
    {
        var least = long.MaxValue;
        for (var pass = 0; pass < 5; pass++)
        {
            var allocated = 0L;
            for (var call = 0; call < times; call++)
            {
                prepare?.Invoke();
                var before = GC.GetAllocatedBytesForCurrentThread();
                action();
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            }

            least = Math.Min(least, allocated);
        }

        return least;
    }
}
