using BgpSharp.Wire;

namespace BgpSharp.Fsm;

/// <summary>The OPEN we send.</summary>
internal static class LocalOpen
{
    public static OpenMessage Create(PeerFsmConfig config) => new()
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
            FourOctetAsnCapability.Create(config.LocalAsn),
        ],
    };
}
