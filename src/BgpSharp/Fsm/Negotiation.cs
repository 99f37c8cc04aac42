using BgpSharp.Wire;

namespace BgpSharp.Fsm;

/// <summary>What our OPEN and the peer's make together.</summary>
internal static class Negotiation
{
    /// <summary>
    /// OPEN error Unsupported Capability, with the families we asked for (RFC 5492 §5): without a common family a session
    /// would be up and never carry a route.
    /// </summary>
    public static WireError? CommonFamilyMissing(PeerFsmConfig config, OpenMessage open)
    {
        if (config.Families.Count == 0 || CommonFamilies(config, open).Count > 0)
        {
            return null;
        }

        var asked = OpenParameter.Of([.. config.Families.Select(MultiprotocolCapability.Create)]);
        return new WireError(BgpErrorCode.OpenMessage, 7, asked.Value.Span);
    }

    public static NegotiatedSession Agree(PeerFsmConfig config, OpenMessage open)
    {
        var hold = Smaller(config.HoldTime, TimeSpan.FromSeconds(open.HoldTime));
        var isInternal = config.LocalAsn == config.RemoteAsn;
        var restart = config.GracefulRestart is null ? null : OpenCapabilities.GracefulRestartOf(open);
        return new NegotiatedSession
        {
            HoldTime = hold,
            KeepaliveInterval = KeepaliveTimer.Interval(config, hold),
            RemoteAsn = OpenCapabilities.AsnOf(open),
            RemoteIdentifier = open.Identifier,
            Families = CommonFamilies(config, open),
            RouteRefresh = OpenCapabilities.HasRouteRefresh(open),
            RemoteRestart = restart,
            BfdStrict = config.BfdStrict && OpenCapabilities.HasBfdStrictMode(open),
            RestartCoversNotifications = restart is { CoversNotifications: true } && config.GracefulRestart is { CoversNotifications: true },
            Wire = new WireContext
            {
                FourOctetAsn = OpenCapabilities.HasFourOctetAsn(open),
                IsInternal = isInternal,
                RefuseAsSets = !config.AcceptAsSets,
                RefuseConfederationSegments = !isInternal && !config.AcceptConfederationSegments,
                RefuseAigp = !isInternal,
                PreferDisableFamily = config.DisableFamilyOnError,
                MaximumMessageLength = config.ExtendedMessages && OpenCapabilities.HasExtendedMessages(open)
                    ? WireLimits.ExtendedMessageLength
                    : WireLimits.MaximumMessageLength,
            },
            RemoteCapabilities = open.Capabilities,
        };
    }

    private static List<BgpFamily> CommonFamilies(PeerFsmConfig config, OpenMessage open) =>
        [.. config.Families.Intersect(OpenCapabilities.FamiliesOf(open))];

    private static TimeSpan Smaller(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
