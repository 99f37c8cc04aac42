using BgpSharp.Bfd;

namespace BgpSharp.Interop.Harness;

/// <summary>BFD whose sockets are in a network namespace.</summary>
internal static class NamespaceBfd
{
    public static BfdEngine In(string ns, bool holdsIntervals = false, Action? turning = null, LogLines? logs = null) =>
        new(logs) { Opening = open => NetNs.Run(ns, open), HoldsIntervals = holdsIntervals, Turning = turning };
}
