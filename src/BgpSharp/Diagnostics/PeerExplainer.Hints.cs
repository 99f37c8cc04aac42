using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BgpSharp.Fsm;

namespace BgpSharp.Diagnostics;

/// <summary>The parts that sentences are made of.</summary>
internal static partial class PeerExplainer
{
    /// <summary>What the kernel's counters say about passwords; null: nothing that fits.</summary>
    private static (string Problem, string Advice)? Password(PeerSnapshot peer)
    {
        const string Anybody = "(the kernel does not say whose)";
        return peer switch
        {
            { Options.Password: null, Md5.Unexpected: > 0 and var signed } => (
                $"This host's kernel dropped {Count(signed, "segment", "segments")} with a TCP-MD5 signature where none was expected {Anybody}: the router has a password for us, and none is set here.",
                "Set the router's password here, or take it away there (FRR: no neighbor ... password; BIRD: password)."),
            { Options.Password: not null, Md5.Failed: > 0 and var failed } => (
                $"This host's kernel dropped {Count(failed, "segment", "segments")} whose TCP-MD5 signature was made with another password {Anybody}: the two sides' passwords differ.",
                "Set the same password on both sides; a space or newline at its end counts."),
            { Options.Password: not null, Md5.NotFound: > 0 and var plain } => (
                $"This host's kernel dropped {Count(plain, "segment", "segments")} without the TCP-MD5 signature that is expected here {Anybody}: the router seems to have no password for us.",
                $"Set the password on the router too (FRR: neighbor {Us(peer)} password ...; BIRD: password \"...\"), or take it away here."),
            _ => null,
        };
    }

    private static string TtlAdvice(PeerSnapshot peer) => peer.Options.TtlSecurityHops is { } hops
        ? $"TTL security is on here: what comes with a TTL below {256 - hops} is dropped without a word, so the router needs it too (FRR: neighbor {Us(peer)} ttl-security hops {hops}; BIRD: ttl security on)."
        : peer.TimeToLive == 255 ? ""
        : $"A router with TTL security (FRR: ttl-security hops, BIRD: ttl security on) drops what we send with a TTL of {peer.TimeToLive} without a word: set ttlSecurityHops (TtlSecurityHops) here as well.";

    private static string TtlDropsTheirs(PeerSnapshot peer) => peer.Options.TtlSecurityHops is { } hops
        ? $"; what it sends with a TTL below {256 - hops} is dropped here (TTL security)."
        : ".";

    private static string LastFailure(PeerSnapshot peer) => peer.Status.LastDown is { } down ? $" The try before ended so: {down}." : "";

    private static string Next(PeerSnapshot peer) => peer.Options.ConnectMode == BgpConnectMode.Passive
        ? "The router has to dial: this side is passive."
        : peer.NextDial is { } next && next > TimeSpan.Zero ? $"The next try is in {Seconds(next)}." : "";

    private static string OnRouter(PeerSnapshot peer) =>
        $"On the router, FRR: show bgp neighbors {Us(peer)}; BIRD: show protocols all. {Next(peer)}";

    /// <summary>This host, as the router's operator would name it.</summary>
    private static string Us(PeerSnapshot peer) =>
        (peer.Status.Session?.LocalEndPoint.Address ?? peer.LocalAddress)?.ToString() ?? "ADDRESS-OF-THIS-HOST";

    private static string End(PeerSnapshot peer) => peer.Options.Port == 179 ? $"{peer.Address}" : $"{new IPEndPoint(peer.Address, peer.Options.Port)}";

    /// <summary>Who the peer says it is.</summary>
    private static string Identity(PeerSnapshot peer) => peer.LastOpen is { } open
        ? $"AS {OpenCapabilities.AsnOf(open)}, identifier {open.Identifier}, {string.Join(' ', OpenCapabilities.FamiliesOf(open))}"
        : "nothing is known of it";

    private static string Because(BgpDownReason down)
    {
        var parts = string.Join("; ", new[] { down.Detail, down.Exception?.GetBaseException().Message }.Where(part => part is not null));
        return parts.Length > 0 ? $": {parts}" : "";
    }

    private static string Message(BgpDownReason down) => down.Exception?.GetBaseException().Message ?? down.Detail ?? "no reason is known";

    private static bool IsTimeout(BgpDownReason down) => down.Exception?.GetBaseException() is SocketException { SocketErrorCode: SocketError.TimedOut };

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds)} s");

    private static string Count(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
