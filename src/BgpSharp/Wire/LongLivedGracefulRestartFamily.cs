namespace BgpSharp.Wire;

/// <summary>A family in a long-lived graceful restart capability (RFC 9494 §3.1).</summary>
/// <param name="Family">The family.</param>
/// <param name="StaleTime">How long the peer may keep stale routes, in seconds: 0 to 16777215.</param>
/// <param name="ForwardingPreserved">The F bit: forwarding went on through the last restart.</param>
public readonly record struct LongLivedGracefulRestartFamily(BgpFamily Family, int StaleTime, bool ForwardingPreserved = false)
{
    /// <summary>The family, its time, and whether its forwarding was preserved.</summary>
    /// <returns>For example <c>ipv4-unicast 3600 s forwarding-preserved</c>.</returns>
    public override string ToString() => $"{Family} {StaleTime} s{(ForwardingPreserved ? " forwarding-preserved" : "")}";
}
