using BgpSharp.Wire;

namespace BgpSharp.Fsm;

/// <summary>The OPEN we send.</summary>
internal static class LocalOpen
{
    /// <summary>Makes it; with the R bit of graceful restart while the peer has had no session since the speaker was made.</summary>
    public static OpenMessage Create(PeerFsmConfig config, bool hasRestarted = false) => new()
    {
        MyAutonomousSystem = (ushort)(config.LocalAsn.IsTwoOctet ? config.LocalAsn : Asn.Trans).Value,
        HoldTime = (ushort)Math.Clamp(config.HoldTime.TotalSeconds, 0, ushort.MaxValue),
        Identifier = config.LocalIdentifier,
        Capabilities =
        [
            .. config.Families.Select(MultiprotocolCapability.Create),
            BgpCapability.RouteRefresh,
            BgpCapability.EnhancedRouteRefresh,
            .. config.ExtendedMessages ? [BgpCapability.ExtendedMessage] : Array.Empty<BgpCapability>(),
            .. config.GracefulRestart is { } restart ? [WithRestartBit(restart, hasRestarted).ToCapability()] : Array.Empty<BgpCapability>(),
            FourOctetAsnCapability.Create(config.LocalAsn),
            .. config.BfdStrict ? [BgpCapability.BfdStrictMode] : Array.Empty<BgpCapability>(),
        ],
    };

    private static GracefulRestartCapability WithRestartBit(GracefulRestartCapability restart, bool hasRestarted) =>
        new(restart.RestartTime, restart.Families) { CoversNotifications = restart.CoversNotifications, HasRestarted = hasRestarted };
}
