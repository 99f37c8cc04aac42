namespace BgpSharp;

/// <summary>Whether a change of a peer's options can be taken on by a living session.</summary>
internal static class PeerChange
{
    /// <summary>One password for another is put on the connection as it is; the kernel does not begin or end to sign halfway.</summary>
    public static bool NeedsKey(BgpPeerOptions before, BgpPeerOptions after) =>
        after.Password is not null && !ReferenceEquals(before.Password, after.Password);

    /// <summary>Whether limits differ; a peer that is held down for the old ones is tried again.</summary>
    public static bool HasOtherLimits(BgpPeerOptions before, BgpPeerOptions after) =>
        before.PrefixLimits.Count != after.PrefixLimits.Count
        || before.PrefixLimits.Any(limit => !after.PrefixLimits.Any(limit.IsSameAs));

    public static bool NeedsReset(BgpPeerOptions before, BgpPeerOptions after) =>
        before.RemoteAsn != after.RemoteAsn
        || before.Port != after.Port
        || before.ConnectMode != after.ConnectMode
        || !Equals(before.LocalAddress, after.LocalAddress)
        || before.SourceInterface != after.SourceInterface
        || before.TimeToLive != after.TimeToLive
        || before.TtlSecurityHops != after.TtlSecurityHops
        || (before.Password is null) != (after.Password is null)
        || before.HoldTime != after.HoldTime
        || before.AcceptAsSets != after.AcceptAsSets
        || before.AcceptConfederationSegments != after.AcceptConfederationSegments
        || before.DisableFamilyOnError != after.DisableFamilyOnError
        || !before.Families.SequenceEqual(after.Families)
        || before.ExtendedMessages != after.ExtendedMessages
        || !SameOffer(before.GracefulRestart, after.GracefulRestart)
        || !CountsAll(before, after)
        || !ReferenceEquals(before.Handler, after.Handler);

    // What was announced before there was a limit, nobody has counted.
    private static bool CountsAll(BgpPeerOptions before, BgpPeerOptions after) =>
        after.PrefixLimits.All(limit => before.PrefixLimits.Any(counted => counted.Family == limit.Family));

    private static bool SameOffer(BgpGracefulRestartOptions? before, BgpGracefulRestartOptions? after) =>
        (before?.RestartTime, before?.CoversNotifications, before?.ForwardingPreserved) == (after?.RestartTime, after?.CoversNotifications, after?.ForwardingPreserved);
}
