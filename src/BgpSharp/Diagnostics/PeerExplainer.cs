using System.Net.Sockets;

namespace BgpSharp.Diagnostics;

/// <summary>
/// Puts into words why a peer's session is not Established: a function of what is known of the peer. What a NOTIFICATION says
/// is in <c>PeerExplainer.Notifications.cs</c>.
/// </summary>
internal static partial class PeerExplainer
{
    // Before that, waiting is no news.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static BgpPeerExplanation Explain(PeerSnapshot peer)
    {
        var said = peer.Status.Session is not null ? Established(peer)
            : !peer.IsStarted ? NotStarted(peer)
            : Waiting(peer) ?? (peer.Status.LastDown is { } down ? AfterFailure(peer, down) : BeforeFailure(peer));
        // A hint that does not apply is empty, and leaves its blank behind.
        var advice = said.Advice.Replace("  ", " ", StringComparison.Ordinal).Trim();
        return new BgpPeerExplanation(said.Cause, said.Problem, advice) { NotificationSent = peer.Sent, NotificationReceived = peer.Received };
    }

    private static Words Established(PeerSnapshot peer)
    {
        var address = peer.Address;
        var withheld = peer.PrefixesWithheld > 0 ? $", {peer.PrefixesWithheld} are withheld by an export rule or for want of a next hop (the log says which)" : "";
        var policy = peer.Status.Session!.IsInternal ? ""
            : "; an external neighbor without a route-map in both directions gets and gives nothing there (bgp ebgp-requires-policy), which its summary shows as (Policy)";
        return new Words(
            BgpPeerCause.Established,
            $"The session with {address} is Established: the peer has {Count(peer.PrefixesAdvertised, "prefix", "prefixes")} from us{withheld}, and announced {peer.PrefixesReceived} to us so far. "
                + "Whether it uses what it has cannot be seen from here: a router may filter everything and say nothing.",
            $"Look on the router. FRR: show bgp neighbors {Us(peer)} routes shows what it accepted from us{policy}; show bgp neighbors {Us(peer)} advertised-routes what it sends us. "
                + "BIRD: show route protocol NAME, show protocols all NAME counts what its import filter rejected.");
    }

    private static Words NotStarted(PeerSnapshot peer) => peer.Status.LastDown is { Kind: BgpDownKind.Stopped or BgpDownKind.PeerRemoved } down
        ? new Words(BgpPeerCause.Stopped, $"The session with {peer.Address} is off on this side: {down}.", "Start it again here; the peer has nothing to do with it.")
        : new Words(BgpPeerCause.NotStarted, $"The session with {peer.Address} was not started on this side.", "Start the speaker.");

    /// <summary>A TCP connection that is up and does not get on; null: none waits for long.</summary>
    private static Words? Waiting(PeerSnapshot peer) => peer.InState < Patience ? null : peer.Status.State switch
    {
        BgpSessionState.OpenSent => new Words(
            BgpPeerCause.OpenAwaited,
            $"{End(peer)} took the TCP connection and sends no OPEN for {Seconds(peer.InState)} now{TtlDropsTheirs(peer)}",
            $"Is it BGP that listens there? A router also waits like this when it is busy, or set to delay its OPEN. {TtlAdvice(peer)}{LastFailure(peer)}"),
        BgpSessionState.OpenConfirm => new Words(
            BgpPeerCause.KeepaliveAwaited,
            $"{End(peer)} sent its OPEN ({Identity(peer)}), and for {Seconds(peer.InState)} no KEEPALIVE that accepts ours: it may not have received ours.",
            $"{TtlAdvice(peer)}{LastFailure(peer)}"),
        _ => null,
    };

    private static Words BeforeFailure(PeerSnapshot peer) => peer switch
    {
        { Options.ConnectMode: BgpConnectMode.Passive } => Awaiting(peer),
        { Status.State: BgpSessionState.Connect } when peer.InState >= Patience => NoAnswer(peer, $"for {Seconds(peer.InState)}"),
        _ => new Words(BgpPeerCause.Connecting, $"The session with {peer.Address} is being made: {peer.Status.State}, and nothing has failed yet.", "Wait a few seconds and ask again."),
    };

    private static Words Awaiting(PeerSnapshot peer) => Password(peer) is { } password
        ? new Words(BgpPeerCause.PasswordSuspected, $"{peer.Address} is awaited and no connection of it got through. {password.Problem}", password.Advice)
        : new Words(
            BgpPeerCause.AwaitingPeer,
            $"{peer.Address} is awaited (passive: this side does not dial), and it has not connected.",
            $"See that the router has this host as a neighbor, not shut down and not passive, dials the address and port that are listened on here, and comes from {peer.Address}.");

    private static Words AfterFailure(PeerSnapshot peer, BgpDownReason down) => down switch
    {
        { Kind: BgpDownKind.ConnectFailed } => ConnectFailed(peer, down),
        { Kind: BgpDownKind.NotificationReceived, Notification: { } notification } => Received(peer, notification, down.Detail),
        { Kind: BgpDownKind.ProtocolError, Notification: { } notification } => Sent(peer, notification, down.Detail),
        { Kind: BgpDownKind.ConnectionLost } => new Words(
            BgpPeerCause.ClosedByPeer,
            $"{End(peer)} closed the TCP connection without a NOTIFICATION{Because(down)}.",
            $"A router does so when it has no neighbor with the address that we come from ({Us(peer)}), when that one is shut down, when its bgpd ended, or when it has a session with this host already. {TtlAdvice(peer)} {OnRouter(peer)}"),
        { Kind: BgpDownKind.HoldTimerExpired } => HoldTimerExpired(peer, "Nothing came from the peer for the hold time"),
        { Kind: BgpDownKind.SendHoldTimerExpired } => new Words(
            BgpPeerCause.HoldTimerExpired,
            $"The TCP of {peer.Address} took nothing from us for the send hold time (RFC 9687).",
            "Its bgpd hangs or has no time: look at its CPU and memory, and whether the path drops large packets (MTU)."),
        { Kind: BgpDownKind.Collision } => new Words(
            BgpPeerCause.Collision, $"One of two connections with {peer.Address} was closed{Because(down)}.", "That is as it should be, once; if it repeats, two hosts use this address or this router id."),
        { Kind: BgpDownKind.BfdDown } => Bfd(peer, "BFD on this side found the path down"),
        { Kind: BgpDownKind.PrefixLimitExceeded } => new Words(
            BgpPeerCause.PrefixLimit,
            $"{peer.Address} announced more prefixes than this side allows it{Because(down)}.",
            $"Raise the limit here, or filter there. {Next(peer)}"),
        { Kind: BgpDownKind.HandlerFaulted or BgpDownKind.HandlerTooSlow } => new Words(
            BgpPeerCause.HandlerFailed, $"This program's own handler of the routes of {peer.Address} is to blame: {down}.", "Its log has the exception, and where; the peer has nothing to do with it."),
        { Kind: BgpDownKind.Stopped or BgpDownKind.PeerRemoved } => NotStarted(peer),
        _ => new Words(BgpPeerCause.Reset, $"The session with {peer.Address} was reset on this side: {down}.", $"It is made again by itself. {Next(peer)}"),
    };

    private static Words ConnectFailed(PeerSnapshot peer, BgpDownReason down) => (down.Exception?.GetBaseException() as SocketException)?.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new Words(
            BgpPeerCause.Refused,
            $"{End(peer)} refuses the TCP connection: the host is there, and nothing listens at that port for us.",
            $"Is bgpd running there, and not told to listen elsewhere or nowhere (FRR: bgpd -l, -p 0)? BIRD listens only while a BGP protocol is enabled. A firewall that rejects looks the same. {OnRouter(peer)}"),
        SocketError.HostUnreachable when peer is { IsOnLink: false, TimeToLive: 1 } => new Words(
            BgpPeerCause.TtlTooSmall,
            $"{peer.Address} is in no subnet of this host, and what we send has a TTL of 1, as is the rule to an external peer: the first router on the way drops it.",
            "Set the TTL here to the number of hops (TimeToLive, timeToLive), and ebgp-multihop (FRR) or multihop (BIRD) there; or name the peer's address in a subnet that both have."),
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown => new Words(
            BgpPeerCause.NoRoute,
            $"{peer.Address} cannot be reached: {Message(down)}. {(peer.IsOnLink == true ? "It is in a subnet of this host, and nobody there has that address (no answer to ARP or ND)." : "No route leads to it, or a router on the way says so.")}",
            $"ip route get {peer.Address} shows the way that this host takes, ip neigh show {peer.Address} whether somebody answers; ping it, and see that the interface is up."),
        SocketError.AddressNotAvailable => SourceMissing(peer, down),
        _ when down.Detail is not null && peer.Options.SourceInterface is not null && down.Exception is not null && !IsTimeout(down) => SourceMissing(peer, down),
        SocketError.AccessDenied => new Words(
            BgpPeerCause.CannotConnect,
            $"This host does not allow the connection to {peer.Address}: {Message(down)}.",
            "Look at its own firewall (nft list ruleset), at rules of type prohibit (ip rule), and at the capabilities of this process."),
        null or SocketError.TimedOut when down.Exception is null || IsTimeout(down) => NoAnswer(peer, "again and again"),
        _ => new Words(BgpPeerCause.CannotConnect, $"The TCP connection to {End(peer)} cannot be made: {Message(down)}.", $"Look at this host's side of it: ip route get {peer.Address}, nft list ruleset."),
    };

    private static Words NoAnswer(PeerSnapshot peer, string howLong)
    {
        var silent = $"{End(peer)} does not answer {howLong}: neither a connection nor a refusal.";
        if (Password(peer) is { } password)
        {
            return new Words(BgpPeerCause.PasswordSuspected, $"{silent} {password.Problem}", password.Advice);
        }

        var signed = peer.Options.Password is null
            ? "no TCP-MD5 password is set here, and a router that has one for us drops what is not signed"
            : "a TCP-MD5 password is set here, and one that differs from the router's, or that the router does not have, looks exactly like this";
        return new Words(
            BgpPeerCause.NoAnswer,
            silent,
            $"{(peer.IsOnLink == true ? $"It is in a subnet of this host: ip neigh show {peer.Address} says whether anybody there has that address. " : "")}Either nobody is there or packets are dropped: by a firewall on the way, or by the router's kernel without a word ({signed}; nstat -az 'TcpExtTCPMD5*' on the router counts those, and this host's counters did not move). {TtlAdvice(peer)}");
    }

    private static Words SourceMissing(PeerSnapshot peer, BgpDownReason down)
    {
        var source = string.Join(" on ", new[] { peer.Options.LocalAddress?.ToString(), peer.Options.SourceInterface }.Where(part => part is not null));
        return new Words(
            BgpPeerCause.SourceMissing,
            $"The source of the session with {peer.Address} is not on this host{(source.Length > 0 ? $": {source}" : "")} ({Message(down)}).",
            "ip addr show lists what is there. It is waited for, so that it may come later.");
    }

    private static Words HoldTimerExpired(PeerSnapshot peer, string what) => new(
        BgpPeerCause.HoldTimerExpired,
        $"{what}: the path broke, or one side's BGP hung, or its packets were dropped.{(Password(peer) is { } password ? $" {password.Problem}" : "")}",
        $"Ping {peer.Address}, with large packets too (ping -M do -s 1400); look at the CPU and the log of both hosts at that time.{(peer.Options.Password is null ? "" : " A TCP-MD5 password that was changed on one side alone looks like this as well.")} {Next(peer)}");

    private static Words Bfd(PeerSnapshot peer, string what) => new(
        BgpPeerCause.BfdDown, $"{what} to {peer.Address}.", $"The link or the router was down, or BFD's timers are too short for either host. FRR: show bfd peer {Us(peer)} counters. {Next(peer)}");

    private readonly record struct Words(BgpPeerCause Cause, string Problem, string Advice);
}
