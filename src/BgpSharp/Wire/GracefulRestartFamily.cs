namespace BgpSharp.Wire;

/// <summary>A family in a graceful restart capability (RFC 4724 §3).</summary>
/// <param name="Family">The family.</param>
/// <param name="ForwardingPreserved">The F bit: forwarding went on through the last restart.</param>
public readonly record struct GracefulRestartFamily(BgpFamily Family, bool ForwardingPreserved = false)
{
    /// <summary>The family, and whether its forwarding was preserved.</summary>
    /// <returns>For example <c>ipv4-unicast forwarding-preserved</c>.</returns>
    public override string ToString() => ForwardingPreserved ? $"{Family} forwarding-preserved" : Family.ToString();
}
