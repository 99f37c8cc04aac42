using System.Net;
using System.Net.Sockets;
using BgpSharp.Diagnostics;
using BgpSharp.Transport;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Diagnostics;

/// <summary>What is said of each cause; the interop tests make them happen with real routers.</summary>
public sealed class PeerExplainerTests
{
    private static readonly BgpPeerOptions Options = new() { Address = IPAddress.Parse("198.51.100.9"), RemoteAsn = 65001 };
    private static readonly BgpPeerOptions Signed = new(Options) { Password = BgpSecret.FromString("s3cret") };
    private static readonly BgpPeerOptions Passive = new(Options) { ConnectMode = BgpConnectMode.Passive };
    private static readonly PeerSnapshot Peer = new()
    {
        Options = Options,
        LocalAsn = 65000,
        LocalAddress = IPAddress.Parse("198.51.100.11"),
        Md5 = default(TcpMd5Counts),
        Status = State(BgpSessionState.Idle),
    };

    private static readonly OpenMessage Open = new()
    {
        MyAutonomousSystem = 65002,
        Identifier = BgpIdentifier.Parse("198.51.100.9"),
        Capabilities = [MultiprotocolCapability.Create(BgpFamily.Ipv6Unicast)],
    };

    public static TheoryData<string, BgpPeerCause, string> Table => new()
    {
        { "not started", BgpPeerCause.NotStarted, "Start the speaker" },
        { "stopped", BgpPeerCause.Stopped, "off on this side" },
        { "passive", BgpPeerCause.AwaitingPeer, "this side does not dial" },
        { "passive, signed segments", BgpPeerCause.PasswordSuspected, "dropped 3 segments with a TCP-MD5 signature where none was expected" },
        { "just begun", BgpPeerCause.Connecting, "nothing has failed yet" },
        { "connecting for long", BgpPeerCause.NoAnswer, "does not answer for 5 s" },
        { "refused", BgpPeerCause.Refused, "nothing listens at that port" },
        { "silent", BgpPeerCause.NoAnswer, "no TCP-MD5 password is set here" },
        { "silent on link", BgpPeerCause.NoAnswer, "ip neigh show 198.51.100.9" },
        { "silent with a password", BgpPeerCause.NoAnswer, "one that differs from the router's, or that the router does not have, looks exactly like this" },
        { "silent with TTL security", BgpPeerCause.NoAnswer, "comes with a TTL below 255 is dropped" },
        { "silent, unsigned segments", BgpPeerCause.PasswordSuspected, "dropped 1 segment without the TCP-MD5 signature" },
        { "silent, another signature", BgpPeerCause.PasswordSuspected, "the two sides' passwords differ" },
        { "no route", BgpPeerCause.NoRoute, "No route leads to it" },
        { "nobody there", BgpPeerCause.NoRoute, "nobody there has that address" },
        { "far away", BgpPeerCause.TtlTooSmall, "has a TTL of 1" },
        { "no source", BgpPeerCause.SourceMissing, "not on this host: 198.51.100.12" },
        { "not allowed", BgpPeerCause.CannotConnect, "does not allow the connection" },
        { "other", BgpPeerCause.CannotConnect, "cannot be made" },
        { "closed", BgpPeerCause.ClosedByPeer, "no neighbor with the address that we come from (198.51.100.11)" },
        { "no OPEN", BgpPeerCause.OpenAwaited, "sends no OPEN for 5 s now" },
        { "no KEEPALIVE", BgpPeerCause.KeepaliveAwaited, "AS 65002, identifier 198.51.100.9, ipv6-unicast" },
        { "their AS", BgpPeerCause.WrongPeerAs, "its OPEN says AS 65002, AS 65001 is expected" },
        { "our AS", BgpPeerCause.WrongLocalAs, "our OPEN says AS 65000" },
        { "capability they want", BgpPeerCause.CapabilityMismatch, "wants a capability that we do not offer" },
        { "no common family", BgpPeerCause.CapabilityMismatch, "we offer ipv4-unicast; it offers ipv6-unicast" },
        { "hold time", BgpPeerCause.OpenRefused, "accepts at least 0 s" },
        { "identifier", BgpPeerCause.OpenRefused, "router id of its own" },
        { "role", BgpPeerCause.OpenRefused, "BGP roles" },
        { "shut down", BgpPeerCause.ShutDownByPeer, "\"rack 7 maintenance\"" },
        { "shut down hard", BgpPeerCause.ShutDownByPeer, "Administrative Shutdown (6/2)" },
        { "their limit", BgpPeerCause.PrefixLimit, "maximum-prefix" },
        { "our limit", BgpPeerCause.PrefixLimit, "The next try is in 30 s" },
        { "hold timer here", BgpPeerCause.HoldTimerExpired, "Nothing came from the peer for the hold time" },
        { "hold timer there", BgpPeerCause.HoldTimerExpired, "heard nothing of us for its hold time" },
        { "send hold timer", BgpPeerCause.HoldTimerExpired, "MTU" },
        { "BFD here", BgpPeerCause.BfdDown, "BFD on this side" },
        { "BFD there", BgpPeerCause.BfdDown, "BFD on the router" },
        { "collision", BgpPeerCause.Collision, "has a session with this address already" },
        { "lost collision", BgpPeerCause.Collision, "One of two connections" },
        { "malformed", BgpPeerCause.ProtocolError, "sent something that breaks the protocol" },
        { "malformed of ours", BgpPeerCause.ProtocolError, "a message of ours breaks the protocol" },
        { "handler", BgpPeerCause.HandlerFailed, "the peer has nothing to do with it" },
        { "reset here", BgpPeerCause.Reset, "was reset on this side" },
        { "reset there", BgpPeerCause.Reset, "reset the session" },
        { "out of resources", BgpPeerCause.EndedByPeer, "Out of Resources (6/8)" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_cause_is_told_in_words_that_say_what_to_look_at(string which, BgpPeerCause cause, string said)
    {
        var explanation = PeerExplainer.Explain(Make(which));

        explanation.Cause.Should().Be(cause);
        explanation.ToString().Should().Contain(said);
        explanation.Problem.Should().EndWith(".");
        explanation.Advice.Trim().Should().Be(explanation.Advice).And.MatchRegex("[.?]$").And.NotContain("  ");
    }

    [Fact]
    public void Every_cause_has_a_row()
    {
        Table.Select(row => row.Data.Item2).Append(BgpPeerCause.Established).Distinct().Should().BeEquivalentTo(Enum.GetValues<BgpPeerCause>());
    }

    [Fact]
    public void Both_sides_last_NOTIFICATIONs_are_told_whatever_the_cause_is()
    {
        var explanation = PeerExplainer.Explain(Make("refused") with { Sent = new(BgpErrorCode.OpenMessage, 2), Received = new(BgpErrorCode.Cease, 4) });

        explanation.ToString().Should().EndWith("Last NOTIFICATION received: Cease, Administrative Reset (6/4). Last NOTIFICATION sent: OPEN Message Error, Bad Peer AS (2/2).");
    }

    [Theory]
    [InlineData("TcpExt: SyncookiesSent TCPMD5NotFound TCPMD5Unexpected TCPMD5Failure\nTcpExt: 9 1 2 3\nIpExt: InNoRoutes\nIpExt: 0", "1 2 3")]
    [InlineData("TcpExt: SyncookiesSent\nTcpExt: 9", "")]
    [InlineData("TcpExt: TCPMD5NotFound TCPMD5Unexpected TCPMD5Failure\nTcpExt: 1", "")]
    [InlineData("IpExt: InNoRoutes\nIpExt: 0", "")]
    public void The_kernels_counters_are_found_by_their_names(string text, string expected)
    {
        var counts = TcpMd5Counts.Parse(text.Split('\n'));

        (counts is { } found ? $"{found.NotFound} {found.Unexpected} {found.Failed}" : "").Should().Be(expected);
    }

    private static PeerSnapshot Make(string which) => which switch
    {
        "not started" => Peer with { IsStarted = false },
        "stopped" => Peer with { IsStarted = false, Status = Down(new(BgpDownKind.Stopped)) },
        "passive" => Peer with { Options = Passive, Status = State(BgpSessionState.Active) },
        "passive, signed segments" => Peer with { Options = Passive, Md5 = new(0, 3, 0), Status = State(BgpSessionState.Active) },
        "just begun" => Peer with { Status = State(BgpSessionState.Connect) },
        "connecting for long" => Peer with { Status = State(BgpSessionState.Connect), InState = TimeSpan.FromSeconds(5) },
        "refused" => Failed(SocketError.ConnectionRefused),
        "silent" => Failed(SocketError.TimedOut),
        "silent on link" => Peer with { IsOnLink = true, Status = Down(new(BgpDownKind.ConnectFailed, detail: "no answer in time")) },
        "silent with a password" => Failed(SocketError.TimedOut) with { Options = Signed },
        "silent with TTL security" => Failed(SocketError.TimedOut) with { Options = new(Options) { TtlSecurityHops = 1 }, TimeToLive = 255 },
        "silent, unsigned segments" => Failed(SocketError.TimedOut) with { Options = Signed, Md5 = new(1, 0, 0) },
        "silent, another signature" => Failed(SocketError.TimedOut) with { Options = Signed, Md5 = new(0, 0, 2) },
        "no route" => Failed(SocketError.NetworkUnreachable) with { IsOnLink = false },
        "nobody there" => Failed(SocketError.HostUnreachable) with { IsOnLink = true },
        "far away" => Failed(SocketError.HostUnreachable) with { IsOnLink = false },
        "no source" => Failed(SocketError.AddressNotAvailable) with { Options = new(Options) { LocalAddress = IPAddress.Parse("198.51.100.12") } },
        "not allowed" => Failed(SocketError.AccessDenied),
        "other" => Failed(SocketError.NoBufferSpaceAvailable),
        "closed" => Peer with { Status = Down(new(BgpDownKind.ConnectionLost)) },
        "no OPEN" => Peer with { Status = State(BgpSessionState.OpenSent), InState = TimeSpan.FromSeconds(5) },
        "no KEEPALIVE" => Peer with { Status = State(BgpSessionState.OpenConfirm), InState = TimeSpan.FromSeconds(5), LastOpen = Open },
        "their AS" => Sent(BgpErrorCode.OpenMessage, 2) with { LastOpen = Open },
        "our AS" => Received(BgpErrorCode.OpenMessage, 2),
        "capability they want" => Received(BgpErrorCode.OpenMessage, 7),
        "no common family" => Sent(BgpErrorCode.OpenMessage, 7) with { LastOpen = Open },
        "hold time" => Sent(BgpErrorCode.OpenMessage, 6),
        "identifier" => Received(BgpErrorCode.OpenMessage, 3),
        "role" => Received(BgpErrorCode.OpenMessage, 11),
        "shut down" => Received(BgpErrorCode.Cease, CeaseSubcode.AdministrativeShutdown, [18, .. "rack 7 maintenance"u8]),
        "shut down hard" => Received(BgpErrorCode.Cease, CeaseSubcode.HardReset, [6, 2]),
        "their limit" => Received(BgpErrorCode.Cease, CeaseSubcode.MaximumPrefixesReached),
        "our limit" => Peer with { Status = Down(new(BgpDownKind.PrefixLimitExceeded)), NextDial = TimeSpan.FromSeconds(30) },
        "hold timer here" => Peer with { Status = Down(new(BgpDownKind.HoldTimerExpired)) },
        "hold timer there" => Received(BgpErrorCode.HoldTimerExpired, 0),
        "send hold timer" => Peer with { Status = Down(new(BgpDownKind.SendHoldTimerExpired)) },
        "BFD here" => Peer with { Status = Down(new(BgpDownKind.BfdDown)) },
        "BFD there" => Received(BgpErrorCode.Cease, CeaseSubcode.BfdDown),
        "collision" => Received(BgpErrorCode.Cease, CeaseSubcode.ConnectionCollisionResolution),
        "lost collision" => Peer with { Status = Down(new(BgpDownKind.Collision)) },
        "malformed" => Sent(BgpErrorCode.MessageHeader, 1),
        "malformed of ours" => Received(BgpErrorCode.UpdateMessage, 3),
        "handler" => Peer with { Status = Down(new(BgpDownKind.HandlerFaulted, exception: new InvalidOperationException("no"))) },
        "reset here" => Peer with { Status = Down(new(BgpDownKind.Reset)) },
        "reset there" => Received(BgpErrorCode.Cease, CeaseSubcode.AdministrativeReset),
        "out of resources" => Received(BgpErrorCode.Cease, CeaseSubcode.OutOfResources),
        _ => throw new ArgumentOutOfRangeException(nameof(which), which, "There is no such row."),
    };

    private static BgpPeerStatus State(BgpSessionState state) => new(state, null, null);

    private static BgpPeerStatus Down(BgpDownReason reason) => new(BgpSessionState.Idle, null, reason);

    private static PeerSnapshot Failed(SocketError error) => Peer with { Status = Down(new(BgpDownKind.ConnectFailed, exception: new SocketException((int)error))) };

    private static PeerSnapshot Received(BgpErrorCode code, byte subcode, ReadOnlySpan<byte> data = default) =>
        Peer with { Status = Down(new(BgpDownKind.NotificationReceived, new BgpNotification(code, subcode, data))) };

    private static PeerSnapshot Sent(BgpErrorCode code, byte subcode) => Peer with { Status = Down(new(BgpDownKind.ProtocolError, new BgpNotification(code, subcode))) };
}
