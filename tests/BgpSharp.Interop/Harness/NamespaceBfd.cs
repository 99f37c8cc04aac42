using BgpSharp.Bfd;

namespace BgpSharp.Interop.Harness;

/// <summary>BFD whose sockets are in a network namespace.</summary>
internal static class NamespaceBfd
{
    public static BfdEngine In(string ns, bool holdsIntervals = false, bool sendsAlone = false, Action? turning = null) =>
        new() { Opening = open => NetNs.Run(ns, open), HoldsIntervals = holdsIntervals, SendsAlone = sendsAlone, Turning = turning };
}
