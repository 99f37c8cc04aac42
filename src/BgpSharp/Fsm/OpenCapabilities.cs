using BgpSharp.Wire;

namespace BgpSharp.Fsm;

/// <summary>What the capabilities of an OPEN come to (RFC 4760 §8, RFC 2918, RFC 6793); a malformed one says nothing.</summary>
internal static class OpenCapabilities
{
    /// <summary>The AS number: the four-octet one when there is one.</summary>
    public static Asn AsnOf(OpenMessage open) =>
        FourOctetAsnCapability.Find(open.Capabilities) ?? new Asn(open.MyAutonomousSystem);

    public static bool HasFourOctetAsn(OpenMessage open) => FourOctetAsnCapability.Find(open.Capabilities) is not null;

    public static bool HasRouteRefresh(OpenMessage open) => open.Capabilities.Contains(BgpCapability.RouteRefresh);

    public static bool HasExtendedMessages(OpenMessage open) => open.Capabilities.Contains(BgpCapability.ExtendedMessage);

    public static bool HasBfdStrictMode(OpenMessage open) => open.Capabilities.Contains(BgpCapability.BfdStrictMode);

    /// <summary>Of several the last counts (RFC 4724 §3); null when there is none.</summary>
    public static GracefulRestartCapability? GracefulRestartOf(OpenMessage open)
    {
        GracefulRestartCapability? last = null;
        foreach (var capability in open.Capabilities)
        {
            last = GracefulRestartCapability.TryRead(capability, out var restart) ? restart : last;
        }

        return last;
    }

    /// <summary>IPv4 unicast alone when there is no multiprotocol capability.</summary>
    public static IReadOnlyList<BgpFamily> FamiliesOf(OpenMessage open)
    {
        List<BgpFamily> families = [];
        foreach (var capability in open.Capabilities)
        {
            if (MultiprotocolCapability.TryRead(capability, out var family))
            {
                families.Add(family);
            }
        }

        return families.Count == 0 ? [BgpFamily.Ipv4Unicast] : families;
    }
}
