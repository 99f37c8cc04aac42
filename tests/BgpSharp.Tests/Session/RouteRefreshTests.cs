using BgpSharp.Tests.Wire;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

/// <summary>What a ROUTE-REFRESH does to a session (RFC 2918, RFC 7313, RFC 5291).</summary>
public sealed class RouteRefreshTests
{
    [Theory]
    [InlineData("0001 00 01", false, "a request")]
    [InlineData("0001 00 01  01 40 000C  00 00000005 00 18 18 CB0071 00", false, "a request with outbound filters that we never offered to take")]
    [InlineData("0001 01 01", false, "before RFC 7313 the octet was reserved, and this is a request")]
    public async Task The_routes_are_sent_again(string body, bool enhanced, string because)
    {
        await using var fixture = SpeakerFixture.Create();
        await using var router = await EstablishAsync(fixture, enhanced);

        await router.SendAsync(Hex.Message(5, Hex.Bytes(body)));

        (await router.ExpectUpdateAsync()).Announced.Select(route => route.Prefix).Should().Equal([SpeakerFixture.Vip], because);
    }

    [Fact]
    public async Task A_peer_with_enhanced_route_refresh_is_told_where_the_refresh_begins_and_ends()
    {
        await using var fixture = SpeakerFixture.Create();
        await using var router = await EstablishAsync(fixture, enhanced: true);

        await router.SendAsync(Hex.Message(5, Hex.Bytes("0001 00 01")));

        (await router.ExpectAsync(MessageType.RouteRefresh)).Should().Equal(0, 1, 1, 1);
        (await router.ExpectUpdateAsync()).Announced.Select(route => route.Prefix).Should().Equal(SpeakerFixture.Vip);
        (await router.ExpectAsync(MessageType.RouteRefresh)).Should().Equal(0, 1, 2, 1);
    }

    [Fact]
    public async Task The_handler_hears_of_a_refresh_of_the_peers_in_the_order_of_the_wire()
    {
        await using var fixture = SpeakerFixture.Create();
        var handler = new RefreshHandler();
        var (peer, router) = await fixture.EstablishAsync(SpeakerFixture.PeerOptions(handler), more: [BgpCapability.EnhancedRouteRefresh, BgpCapability.RouteRefresh]);
        await router.ExpectUpdateAsync();

        peer.RequestRefresh(BgpFamily.Ipv4Unicast);

        (await router.ExpectAsync(MessageType.RouteRefresh)).Should().Equal(0, 1, 0, 1);
        await router.SendAsync(Hex.Message(5, Hex.Bytes("0001 01 01")));
        await router.SendUpdateAsync(new BgpRouteAttributes { AsPath = new AsPath(65001), NextHop = SpeakerFixture.RouterAddress }, SpeakerFixture.Vip);
        await router.SendAsync(Hex.Message(5, Hex.Bytes("0002 02 01")));
        await router.SendAsync(Hex.Message(5, Hex.Bytes("0001 02 01")));
        await SpeakerFixture.UntilAsync(() => handler.Calls.Count >= 3, "begin, one UPDATE, end; the IPv6 mark is about no family of the session");
        handler.Calls.Should().Equal("begin ipv4-unicast", $"{SpeakerFixture.Vip}", "end ipv4-unicast");
    }

    [Fact]
    public async Task A_request_that_cannot_be_made_says_why()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync();
        var ask = () => peer.RequestRefresh(BgpFamily.Ipv6Unicast);
        ask.Should().Throw<InvalidOperationException>().WithMessage("The session with 198.51.100.9 is about ipv4-unicast, not ipv6-unicast.");
        await router.DisposeAsync();
        await SpeakerFixture.WaitForAsync(peer, status => status.State != BgpSessionState.Established);
        ask.Should().Throw<InvalidOperationException>().WithMessage("There is no session with 198.51.100.9*connection lost*");
    }

    [Theory]
    [InlineData("0001 01 01", "the beginning of a refresh we did not ask for")]
    [InlineData("0001 02 01", "the end of one")]
    [InlineData("0001 03 01", "a subtype that nobody defined has to be ignored (RFC 7313 §5)")]
    [InlineData("0002 00 01", "a family that was not agreed on (RFC 2918 §4)")]
    public async Task Nothing_is_sent(string body, string because)
    {
        await using var fixture = SpeakerFixture.Create();
        await using var router = await EstablishAsync(fixture, enhanced: true);

        await router.SendAsync(Hex.Message(5, Hex.Bytes(body)));
        await router.SendAsync(Hex.Message(5, Hex.Bytes("0001 00 01 00")));

        // Both were read when the answer to the second is here.
        await router.ExpectAsync(MessageType.RouteRefresh);
        (await router.ExpectUpdateAsync()).Announced.Should().ContainSingle(because);
        await router.ExpectAsync(MessageType.RouteRefresh);
        fixture.Speaker.Routes.Withdraw(SpeakerFixture.Vip);
        (await router.ExpectUpdateAsync()).Withdrawn.Should().Equal([SpeakerFixture.Vip], because);
    }

    [Theory]
    [InlineData("0001 00", true, "Message Header Error, Bad Message Length (1/2), data 0016")]
    [InlineData("0001 01 01 00", false, "Message Header Error, Bad Message Length (1/2), data 0018")]
    [InlineData("0001 01 01 00", true, "ROUTE-REFRESH Message Error, Invalid Message Length (7/1), data FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF0018050001010100")]
    public async Task A_wrong_length_ends_the_session(string body, bool enhanced, string expected)
    {
        await using var fixture = SpeakerFixture.Create();
        await using var router = await EstablishAsync(fixture, enhanced);

        await router.SendAsync(Hex.Message(5, Hex.Bytes(body)));

        (await router.ExpectNotificationAsync()).ToString().Should().Be(expected);
    }

    private static async Task<ScriptedPeer> EstablishAsync(SpeakerFixture fixture, bool enhanced)
    {
        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
        var (_, router) = await fixture.EstablishAsync(SpeakerFixture.PeerOptions(), more: enhanced ? [BgpCapability.EnhancedRouteRefresh] : []);
        (await router.ExpectUpdateAsync()).Announced.Should().ContainSingle();
        (await router.ExpectUpdateAsync()).EndOfRib.Should().NotBeNull();
        return router;
    }

    private sealed class RefreshHandler : BgpPeerHandler
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Calls { get; } = [];

        public override ValueTask OnRefreshBeginAsync(BgpSession session, BgpFamily family, CancellationToken cancellationToken) => Add($"begin {family}");

        public override ValueTask OnRefreshEndAsync(BgpSession session, BgpFamily family, CancellationToken cancellationToken) => Add($"end {family}");

        public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView update, CancellationToken cancellationToken) =>
            Add(string.Join(' ', update.ToUpdate().Announced.Select(route => route.Prefix)));

        private ValueTask Add(string call)
        {
            Calls.Enqueue(call);
            return ValueTask.CompletedTask;
        }
    }
}
