using System.Net;
using BgpSharp.Tests.Wire;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

/// <summary>Messages of up to 65535 octets (RFC 8654), over the in-memory transport.</summary>
public sealed class ExtendedMessageTests
{
    private const int Routes = 3000;

    private static readonly IpPrefix[] s_prefixes =
        [.. Enumerable.Range(0, Routes).Select(i => IpPrefix.Create(new IPAddress([203, 0, (byte)(i >> 8), (byte)i]), 32))];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_capability_is_offered_unless_it_is_turned_off(bool on)
    {
        await using var fixture = SpeakerFixture.Create();
        var listener = fixture.Listen();
        fixture.Speaker.AddPeer(Options(on));
        await fixture.Speaker.StartAsync();
        await using var router = await SpeakerFixture.AcceptAsync(listener);

        OpenCodec.TryDecode(await router.ExpectAsync(MessageType.Open), out var open, out _).Should().BeTrue();

        open!.Capabilities.Contains(BgpCapability.ExtendedMessage).Should().Be(on);
    }

    [Fact]
    public async Task A_message_of_65535_octets_is_taken_once_we_offered_to_though_the_peer_did_not()
    {
        await using var fixture = SpeakerFixture.Create();
        var handler = new RecordingHandler();
        var (peer, router) = await fixture.EstablishAsync(Options(true, handler));
        await using var _ = router;
        (await handler.NextAsync()).Should().StartWith("established");

        var message = Announcement(65535);
        await router.SendAsync(message);
        await router.SendAsync(message);

        for (var i = 0; i < 2; i++)
        {
            (await handler.NextAsync()).Should().Be("update +203.0.113.10/32 -", "RFC 8654 §4: who offers it takes them");
        }

        peer.Session!.MaximumMessageLength.Should().Be(4096, "but we send none: the peer did not offer to take them");
    }

    [Theory]
    [InlineData(4097)]
    [InlineData(65535)]
    public async Task A_longer_message_is_a_Bad_Message_Length_when_we_did_not_offer_it(int length)
    {
        await using var fixture = SpeakerFixture.Create();
        var (_, router) = await fixture.EstablishAsync(Options(false), more: BgpCapability.ExtendedMessage);
        await using var __ = router;

        await router.SendAsync(Announcement(length));

        (await router.ExpectNotificationAsync()).ToString().Should().Be(
            $"Message Header Error, Bad Message Length (1/2), data {length:X4}", "RFC 8654 §5 leaves that to RFC 4271 §6.1");
    }

    [Fact]
    public async Task A_longer_OPEN_is_a_Bad_Message_Length_in_any_case()
    {
        await using var fixture = SpeakerFixture.Create();
        var (_, router) = await fixture.EstablishAsync(Options(true), more: BgpCapability.ExtendedMessage);
        await using var __ = router;

        await router.SendAsync(TestMessages.Raw(4097, (byte)MessageType.Open));

        (await router.ExpectNotificationAsync()).ToString().Should().Be("Message Header Error, Bad Message Length (1/2), data 1001", "RFC 8654 §3");
    }

    [Fact]
    public async Task Longer_UPDATEs_are_sent_when_both_sides_offered_it()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync(Options(true), more: BgpCapability.ExtendedMessage);
        await using var _ = router;
        peer.Session!.MaximumMessageLength.Should().Be(65535);

        var longest = await LongestUpdateAsync(fixture, router);

        longest.Should().BeInRange(4097, 65535);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task No_longer_UPDATEs_are_sent_when_one_side_did_not_offer_it(bool ours, bool theirs)
    {
        await using var fixture = SpeakerFixture.Create();
        var (_, router) = await fixture.EstablishAsync(Options(ours), more: theirs ? [BgpCapability.ExtendedMessage] : []);
        await using var __ = router;

        (await LongestUpdateAsync(fixture, router)).Should().BeLessThanOrEqualTo(4096);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_route_whose_attributes_need_a_longer_message_is_sent_where_there_is_one(bool both)
    {
        await using var fixture = SpeakerFixture.Create();
        var (_, router) = await fixture.EstablishAsync(Options(true), more: both ? [BgpCapability.ExtendedMessage] : []);
        await using var __ = router;
        (await router.ExpectUpdateAsync()).EndOfRib.Should().NotBeNull();

        // Four octets each: 65,535 less the header, the other attributes and one prefix leave room for 16,363.
        var communities = Enumerable.Range(0, 16363).Select(i => new Community((uint)i)).ToArray();
        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip, new BgpRouteAttributes { Communities = communities }));
        fixture.Speaker.Routes.Announce(new BgpRoute(IpPrefix.Parse("203.0.113.11/32")));

        var first = await router.ExpectUpdateAsync();
        if (both)
        {
            first.Announced.Should().ContainSingle().Which.Attributes.Communities.Should().HaveCount(16363);
            first = await router.ExpectUpdateAsync();
        }

        first.Announced.Should().ContainSingle().Which.Prefix.Should().Be(IpPrefix.Parse("203.0.113.11/32"));
    }

    [Fact]
    public async Task Turning_it_off_needs_a_new_OPEN()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync(Options(true));
        await using var _ = router;

        (await peer.UpdateAsync(Options(false))).Should().BeTrue();
    }

    private static async Task<int> LongestUpdateAsync(SpeakerFixture fixture, ScriptedPeer router)
    {
        (await router.ExpectUpdateAsync()).EndOfRib.Should().NotBeNull();
        fixture.Speaker.Routes.Announce(s_prefixes, new BgpRouteAttributes { Med = 7 });
        HashSet<IpPrefix> received = [];
        var longest = 0;
        while (received.Count < Routes)
        {
            var body = await router.ExpectAsync(MessageType.Update);
            longest = Math.Max(longest, 19 + body.Length);
            UpdateDecoder.Decode(body, new WireContext { FourOctetAsn = true }, out var view, out var problem).Should().Be(UpdateVerdict.Accept, problem.ToString());
            foreach (var route in view.ToUpdate().Announced)
            {
                received.Add(route.Prefix).Should().BeTrue("each prefix is sent once");
            }
        }

        received.Should().BeEquivalentTo(s_prefixes);
        return longest;
    }

    /// <summary>An UPDATE of exactly that many octets: one prefix, and an attribute of an unknown type that fills it up.</summary>
    private static byte[] Announcement(int length)
    {
        var attributes = Hex.Bytes("40 01 01 00  40 02 06 02 01 0000FDE9  40 03 04 C6336409");
        var filler = length - 19 - 4 - attributes.Length - 4 - 5;
        var area = attributes.Length + 4 + filler;
        return Hex.Message(
            2,
            [0, 0, (byte)(area >> 8), (byte)area, .. attributes, 0xD0, 99, (byte)(filler >> 8), (byte)filler, .. new byte[filler], 32, 203, 0, 113, 10]);
    }

    private static BgpPeerOptions Options(bool extendedMessages, BgpPeerHandler? handler = null) => new()
    {
        Address = SpeakerFixture.RouterAddress,
        RemoteAsn = SpeakerFixture.RemoteAsn,
        ConnectMode = BgpConnectMode.Active,
        Handler = handler,
        ExtendedMessages = extendedMessages,
    };
}
