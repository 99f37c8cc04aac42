using BgpSharp.Fsm;
using BgpSharp.Wire;

namespace BgpSharp.Diagnostics;

/// <summary>What the last NOTIFICATION says, theirs and ours.</summary>
internal static partial class PeerExplainer
{
    // Subcodes of OPEN Message Error (RFC 4271 §6.2, RFC 5492, RFC 9234).
    private const byte BadIdentifier = 3, UnacceptableHoldTime = 6, UnsupportedCapability = 7, RoleMismatch = 11;

    private static Words Received(PeerSnapshot peer, BgpNotification notification, string? detail)
    {
        if (notification.HardResetReason is { } inner)
        {
            return Received(peer, inner, detail);
        }

        var address = peer.Address;
        return (notification.Code, notification.Subcode) switch
        {
            (BgpErrorCode.OpenMessage, OpenValidator.BadPeerAs) => new Words(
                BgpPeerCause.WrongLocalAs,
                $"{address} expects us in another AS: our OPEN says AS {peer.LocalAsn}{(peer.LastOpen is { } open ? $", its own says AS {OpenCapabilities.AsnOf(open)}" : "")}. It answered {notification}.",
                $"Compare the AS that the router has for this host (FRR: neighbor {Us(peer)} remote-as, BIRD: neighbor ... as) with AS {peer.LocalAsn}, the local AS here."),
            (BgpErrorCode.OpenMessage, UnsupportedCapability) => new Words(
                BgpPeerCause.CapabilityMismatch,
                $"{address} wants a capability that we do not offer{Wanted(notification)}. We offer {string.Join(" and ", peer.Options.Families)}; {Theirs(peer)}.",
                "Activate the same address family on both sides (FRR: address-family ..., neighbor ... activate; BIRD: a channel ipv4 or ipv6), or take the requirement away there."),
            (BgpErrorCode.OpenMessage, _) => OpenRefused(peer, $"{address} does not accept our OPEN: {notification}.", notification.Subcode),
            (BgpErrorCode.Cease, CeaseSubcode.MaximumPrefixesReached) => new Words(
                BgpPeerCause.PrefixLimit,
                $"{address} says that we announced more prefixes than it allows: {notification}.",
                $"Announce fewer, or raise the limit there (FRR: maximum-prefix, BIRD: import limit); many routers stay down until an operator clears the session. {Next(peer)}"),
            (BgpErrorCode.Cease, CeaseSubcode.AdministrativeShutdown or CeaseSubcode.PeerDeconfigured or CeaseSubcode.ConnectionRejected) => new Words(
                BgpPeerCause.ShutDownByPeer,
                $"{address} does not want the session: {notification}.",
                $"Ask its operator. FRR: is there neighbor {Us(peer)} shutdown, or no such neighbor any more? BIRD: is the protocol disabled? {Next(peer)}"),
            (BgpErrorCode.Cease, CeaseSubcode.ConnectionCollisionResolution) => new Words(
                BgpPeerCause.Collision,
                $"{address} has a session with this address already, and keeps that one: {notification}.",
                "Does another program on this host, or another host with this address, speak BGP with it?"),
            (BgpErrorCode.Cease, CeaseSubcode.AdministrativeReset or CeaseSubcode.OtherConfigurationChange) => new Words(
                BgpPeerCause.Reset, $"{address} reset the session: {notification}.", $"It is made again by itself. {Next(peer)}"),
            (BgpErrorCode.Cease, CeaseSubcode.BfdDown) => Bfd(peer, "BFD on the router found the path down"),
            (BgpErrorCode.HoldTimerExpired, _) => HoldTimerExpired(peer, $"{address} heard nothing of us for its hold time ({notification})"),
            (BgpErrorCode.MessageHeader or BgpErrorCode.UpdateMessage or BgpErrorCode.FiniteStateMachine or BgpErrorCode.RouteRefreshMessage, _) => new Words(
                BgpPeerCause.ProtocolError,
                $"{address} says that a message of ours breaks the protocol: {notification}.",
                "Its log says more. Take the last messages from the flight recorder, and report them as a defect of one of the two."),
            _ => new Words(BgpPeerCause.EndedByPeer, $"{address} ended the session: {notification}.", $"Its log says more. {OnRouter(peer)}"),
        };
    }

    private static Words Sent(PeerSnapshot peer, BgpNotification notification, string? detail)
    {
        var address = peer.Address;
        var more = detail is null ? "" : $" ({detail})";
        return (notification.Code, notification.Subcode) switch
        {
            (BgpErrorCode.OpenMessage, OpenValidator.BadPeerAs) => new Words(
                BgpPeerCause.WrongPeerAs,
                $"{address} is in another AS than is configured here: {(peer.LastOpen is { } open ? $"its OPEN says AS {OpenCapabilities.AsnOf(open)}, AS {peer.Options.RemoteAsn} is expected" : detail)}. We answered {notification}.",
                $"Correct the peer's AS here (now {peer.Options.RemoteAsn}), or see whether {address} is the router that was meant. FRR there: router bgp N, neighbor ... local-as N."),
            (BgpErrorCode.OpenMessage, UnsupportedCapability) => new Words(
                BgpPeerCause.CapabilityMismatch,
                $"There is no address family in common with {address}: we offer {string.Join(" and ", peer.Options.Families)}; {Theirs(peer)}. A session would never carry a route.",
                "Activate the same family on both sides (FRR: address-family ..., neighbor ... activate; BIRD: a channel ipv4 or ipv6; here: families)."),
            (BgpErrorCode.OpenMessage, var subcode) => OpenRefused(peer, $"The OPEN of {address} is not accepted here: {notification}{more}.", subcode),
            _ => new Words(
                BgpPeerCause.ProtocolError,
                $"{address} sent something that breaks the protocol: {notification}{more}.",
                $"Is it BGP that listens there? Take the last messages from the flight recorder, and report them to the router's maker. {Next(peer)}"),
        };
    }

    private static Words OpenRefused(PeerSnapshot peer, string problem, byte subcode) => new(
        BgpPeerCause.OpenRefused,
        problem,
        subcode switch
        {
            BadIdentifier => "Each speaker of an AS needs a router id of its own, and none may be 0.0.0.0: compare the two (FRR: show bgp summary, first line).",
            UnacceptableHoldTime => $"Compare the hold times: this side offers {peer.Options.HoldTime.TotalSeconds:0} s and accepts at least {peer.Options.MinimumHoldTime.TotalSeconds:0} s (FRR: timers bgp, neighbor ... minimum-holdtime).",
            RoleMismatch => "Compare the BGP roles of both sides (RFC 9234; FRR: local-role).",
            _ => OnRouter(peer),
        });

    private static string Theirs(PeerSnapshot peer) => peer.LastOpen is { } open
        ? $"it offers {string.Join(" and ", OpenCapabilities.FamiliesOf(open))}"
        : "what it offers is not known, for it sent no OPEN";

    /// <summary>The capabilities in the data (RFC 5492 §5), where they can be read.</summary>
    private static string Wanted(BgpNotification notification) =>
        notification.Data.Length <= byte.MaxValue
        && OptionalParameters.TryReadCapabilities([new OpenParameter(OpenParameter.CapabilitiesType, notification.Data.Span)], out var capabilities) && capabilities.Length > 0
            ? $": {string.Join(", ", capabilities)}"
            : "";
}
