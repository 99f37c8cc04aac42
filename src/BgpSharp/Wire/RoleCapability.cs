namespace BgpSharp.Wire;

/// <summary>Role (RFC 9234 §4.1).</summary>
public static class RoleCapability
{
    /// <summary>Makes the capability.</summary>
    /// <param name="role">The sender's role.</param>
    /// <returns>The capability.</returns>
    public static BgpCapability Create(BgpRole role) => new(CapabilityCode.Role, [(byte)role]);

    /// <summary>Reads the capability.</summary>
    /// <param name="capability">Any capability.</param>
    /// <param name="role">The sender's role, which may be one without a name.</param>
    /// <returns>False: it is another one, or malformed and as good as not sent.</returns>
    public static bool TryRead(BgpCapability capability, out BgpRole role)
    {
        ArgumentNullException.ThrowIfNull(capability);
        var isOne = capability is { Code: CapabilityCode.Role, Value.Length: 1 };
        role = isOne ? (BgpRole)capability.Value.Span[0] : default;
        return isOne;
    }

    internal static string Name(BgpRole role) => role switch
    {
        BgpRole.Provider => "provider",
        BgpRole.RouteServer => "route-server",
        BgpRole.RouteServerClient => "route-server-client",
        BgpRole.Customer => "customer",
        BgpRole.Peer => "peer",
        _ => $"{(byte)role}",
    };
}
