using BgpSharp.Tests.Wire;

namespace BgpSharp.Tests.Session;

/// <summary>What a ROUTE-REFRESH does to a session (RFC 2918, RFC 7313, RFC 5291).</summary>
public sealed class RouteRefreshTests
{
    [Theory]
    [InlineData("0001 00 01", false, "a request")]
    [InlineData("0001 00 01", true, "a request")]
    [InlineData("0001 00 01  01 40 000C  00 00000005 00 18 18 CB0071 00", false, "a request with outbound filters that we never offered to take")]
    [InlineData("0001 01 01", false, "before RFC 7313 the octet was reserved, and this is a request")]
    public async Task The_routes_are_sent_again(string body, bool enhanced, string because)
    {
        await using var fixture = SpeakerFixture.Create();
        await using var router = await EstablishAsync(fixture, enhanced);

        await router.SendAsync(Hex.Message(5, Hex.Bytes(body)));

        (await router.ExpectUpdateAsync()).Announced.Select(route => route.Prefix).Should().Equal([SpeakerFixture.Vip], because);
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
        (await router.ExpectUpdateAsync()).Announced.Should().ContainSingle(because);
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
}
