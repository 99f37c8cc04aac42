using System.Net;
using BgpSharp.Tests.Wire;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

/// <summary>AFI/SAFI disable (RFC 7606 §2), and families that nobody agreed on.</summary>
public sealed class DisabledFamilyTests
{
    private static readonly BgpRouteAttributes Attributes = new() { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = SpeakerFixture.RouterAddress };

    /// <summary>MP_REACH_NLRI of IPv6 with a prefix of 200 bits, and 203.0.113.10/32 in the NLRI field.</summary>
    private static byte[] Unreadable => Hex.Message(2, Hex.Bytes(
        "0000 002D  40 01 01 00  40 02 06 02 01 0000FDE9  40 03 04 C6336409  80 0E 16 0002 01 10 20010DB8000000000000000000000009 00 C8  20 CB00710A"));

    [Fact]
    public async Task A_family_that_cannot_be_read_is_given_up_alone_where_the_options_say_so()
    {
        await using var fixture = SpeakerFixture.Create();
        var handler = new Handler();
        var (peer, router) = await EstablishAsync(fixture, handler, disable: true);
        await router.SendAsync(Ipv6("2001:db8:1::/48"));
        await router.SendUpdateAsync(Attributes, SpeakerFixture.Vip);
        await SpeakerFixture.UntilAsync(() => peer.GetStatistics().PrefixesReceived == 2, "both families are taken");
        peer.GetStatistics().PrefixesHeld.Should().Be(1, "IPv6 has the limit");

        await router.SendAsync(Unreadable);
        await router.SendAsync(Unreadable);
        await router.SendAsync(Ipv6("2001:db8:2::/48"));
        await router.SendUpdateAsync(Attributes, IpPrefix.Parse("203.0.113.11/32"));

        await SpeakerFixture.UntilAsync(() => handler.Calls.Contains("+203.0.113.11/32"), "IPv4 goes on");
        handler.Calls.Should().Equal(
            "+2001:db8:1::/48",
            "+203.0.113.10/32",
            "+203.0.113.10/32",
            "begin ipv6-unicast",
            "end ipv6-unicast",
            "+203.0.113.10/32",
            "+203.0.113.11/32");
        peer.GetStatistics().PrefixesHeld.Should().Be(0);
        peer.State.Should().Be(BgpSessionState.Established);
        fixture.Logs.Lines.Count(line => line.Contains("ipv6-unicast cannot be read; the family is ignored until the session ends", StringComparison.Ordinal)).Should().Be(1);
        fixture.Logs.Lines.Should().NotContain(line => line.Contains("was not agreed on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task By_default_it_costs_the_session()
    {
        await using var fixture = SpeakerFixture.Create();
        var (_, router) = await EstablishAsync(fixture, new Handler(), disable: false);

        await router.SendAsync(Unreadable);

        var notification = await router.ExpectNotificationAsync();
        notification.Code.Should().Be(BgpErrorCode.UpdateMessage);
        notification.Subcode.Should().Be(9, "RFC 4760 §7: Optional Attribute Error");
    }

    [Fact]
    public async Task Routes_of_a_family_that_was_not_agreed_on_are_ignored_with_one_line()
    {
        await using var fixture = SpeakerFixture.Create();
        var handler = new Handler();
        var (peer, router) = await fixture.EstablishAsync(handler);
        for (var i = 0; i < 10; i++)
        {
            await router.SendAsync(Ipv6("2001:db8:1::/48"));
        }

        await router.SendUpdateAsync(Attributes, SpeakerFixture.Vip);

        await SpeakerFixture.UntilAsync(() => handler.Calls.Count > 0, "IPv4 was agreed on");
        handler.Calls.Should().Equal("+203.0.113.10/32");
        peer.GetStatistics().PrefixesReceived.Should().Be(1);
        fixture.Logs.Lines.Count(line => line.Contains("routes of ipv6-unicast, which was not agreed on, are ignored", StringComparison.Ordinal)).Should().Be(1);
    }

    private static Task<(BgpPeer Peer, ScriptedPeer Router)> EstablishAsync(SpeakerFixture fixture, Handler handler, bool disable) => fixture.EstablishAsync(
        new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            RemoteAsn = SpeakerFixture.RemoteAsn,
            ConnectMode = BgpConnectMode.Active,
            Families = [BgpFamily.Ipv4Unicast, BgpFamily.Ipv6Unicast],
            PrefixLimits = [new BgpPrefixLimit { Family = BgpFamily.Ipv6Unicast, Maximum = 10 }],
            DisableFamilyOnError = disable,
            Handler = handler,
        },
        more: MultiprotocolCapability.Create(BgpFamily.Ipv6Unicast));

    private static byte[] Ipv6(params string[] prefixes)
    {
        var buffer = new byte[4096];
        var attributes = new BgpRouteAttributes { AsPath = Attributes.AsPath, NextHop = IPAddress.Parse("2001:db8::9") };
        return buffer[..UpdateWriter.WriteAnnouncements(
            buffer, BgpFamily.Ipv6Unicast, attributes, prefixes.Select(IpPrefix.Parse).ToArray(), new WireContext { FourOctetAsn = true }, out _)];
    }

    private sealed class Handler : BgpPeerHandler
    {
        private readonly List<string> _calls = [];

        public IReadOnlyList<string> Calls
        {
            get
            {
                lock (_calls)
                {
                    return [.. _calls];
                }
            }
        }

        public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView update, CancellationToken cancellationToken) =>
            Add(string.Concat(update.ToUpdate().Announced.Select(route => $"+{route.Prefix}")));

        public override ValueTask OnRefreshBeginAsync(BgpSession session, BgpFamily family, CancellationToken cancellationToken) => Add($"begin {family}");

        public override ValueTask OnRefreshEndAsync(BgpSession session, BgpFamily family, CancellationToken cancellationToken) => Add($"end {family}");

        private ValueTask Add(string call)
        {
            lock (_calls)
            {
                _calls.Add(call);
            }

            return ValueTask.CompletedTask;
        }
    }
}
