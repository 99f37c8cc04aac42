using System.Net;
using BgpSharp.Rib;
using static BgpSharp.Tests.Rib.RibData;

namespace BgpSharp.Tests.Rib;

public sealed class AdjRibOutExportTests
{
    private readonly LocalRoutes _routes = new();
    private readonly RouteOwner _owner;

    public AdjRibOutExportTests() => _owner = _routes.CreateOwner();

    [Fact]
    public void A_refused_route_is_withdrawn_if_it_had_been_sent_and_announced_when_it_is_accepted_again()
    {
        var session = new RibSession(_routes, RibSession.ExternalWith(context => context.Attributes.Med == 666 ? null : context.Attributes));
        _routes.Announce(_owner, Vip(1), Med(666));
        _routes.Announce(_owner, Vip(2), Med(1));
        session.Drain();
        session.Peer.Routes.Keys.Should().Equal(Vip(2));
        session.Rib.RefusedCount.Should().Be(1);
        session.Rib.Refusals.Should().Equal((Vip(1), PeerView.ExportRefused));

        _routes.Announce(_owner, Vip(2), Med(666));
        session.Drain();
        session.Peer.Kinds.Should().Be("AEW");
        session.Rib.RefusedCount.Should().Be(2);
        session.Rib.AdvertisedCount.Should().Be(0);

        _routes.Announce(_owner, Vip(1), Med(3));
        _routes.Withdraw(_owner, Vip(2));
        session.Drain();
        session.Peer.Kinds.Should().Be("AEWA", "a prefix the peer does not have needs no withdrawal");
        session.Peer.Routes[Vip(1)].Med.Should().Be(3);
        session.Rib.RefusedCount.Should().Be(0);
        session.Rib.ExceptionCount.Should().Be(0);
        _routes.EntryCount.Should().Be(1);
    }

    [Fact]
    public void A_refused_route_that_changes_among_peers_that_have_it_is_still_unheard()
    {
        var refusing = new RibSession(_routes, RibSession.ExternalWith(_ => null));
        var accepting = new RibSession(_routes);
        _routes.Announce(_owner, Vip(1), Med(1));
        refusing.Drain();
        accepting.Drain();
        _routes.Announce(_owner, Vip(1), Med(2));
        _routes.Withdraw(_owner, Vip(1));
        refusing.Drain();
        accepting.Drain();
        refusing.Peer.Kinds.Should().Be("E");
        accepting.Peer.Kinds.Should().Be("AEW");
        refusing.Rib.RefusedCount.Should().Be(0);
    }

    [Fact]
    public void Other_rules_send_everything_again_and_withdraw_what_they_refuse()
    {
        var session = new RibSession(_routes, RibSession.ExternalWith(context => context.Attributes));
        _routes.Announce(_owner, Vip(1), Med(1));
        _routes.Announce(_owner, Vip(2), Med(2));
        session.Drain();

        session.Rib.SetPolicy(RibSession.ExternalWith(context => context.Prefix == Vip(1) ? null : Med(7)));
        session.Drain();

        session.Peer.Routes.Keys.Should().Equal(Vip(2));
        session.Peer.Routes[Vip(2)].Med.Should().Be(7);
        session.Rib.RefusedCount.Should().Be(1);
    }

    [Fact]
    public void A_route_without_a_usable_next_hop_is_counted_and_not_sent()
    {
        var session = new RibSession(_routes, families: [BgpFamily.Ipv4Unicast, BgpFamily.Ipv6Unicast]);
        _routes.Announce(_owner, Vip6(1), Plain);
        session.Drain();
        session.Peer.Kinds.Should().Be("EE");
        session.Rib.Refusals.Should().Equal((Vip6(1), PeerView.NoUsableNextHop));

        _routes.Announce(_owner, Vip6(1), new BgpRouteAttributes { NextHop = IPAddress.Parse("2001:db8::11") });
        session.Drain();
        session.Peer.Kinds.Should().Be("EEA");
        session.Rib.RefusedCount.Should().Be(0);
    }

    [Fact]
    public void A_route_whose_attributes_fill_a_message_is_withdrawn_and_the_session_goes_on()
    {
        var session = new RibSession(_routes);
        _routes.Announce(_owner, Vip(1), Med(1));
        session.Drain();
        _routes.Announce(_owner, Vip(1), WithOther(4090));
        _routes.Announce(_owner, Vip(2), Med(1));
        session.Drain();
        session.Peer.Routes.Keys.Should().Equal(Vip(2));
        session.Rib.Refusals.Should().Equal((Vip(1), PeerView.AttributesTooLong));
    }

    [Fact]
    public void Attributes_that_leave_room_for_one_prefix_are_sent_to_the_last_octet()
    {
        var session = new RibSession(_routes);
        for (var length = 4000; length < 4090; length++)
        {
            _routes.Announce(_owner, Vip(length), WithOther(length));
        }

        while (session.Flush(4096 + 64) > 0)
        {
        }

        session.Rib.HasPending.Should().BeFalse();
        session.Peer.MessageLengths.Max().Should().Be(4096);
        session.Rib.RefusedCount.Should().BePositive();
        (session.Peer.Routes.Count + session.Rib.RefusedCount).Should().Be(90);
    }

    [Fact]
    public void A_failing_export_rule_is_not_hidden()
    {
        var session = new RibSession(_routes, RibSession.ExternalWith(context =>
            context.Prefix == Vip(2) ? throw new InvalidOperationException("rule") : context.Attributes));
        _routes.Announce(_owner, Vip(1), Med(1));
        _routes.Announce(_owner, Vip(2), Med(2));
        session.Invoking(s => s.Flush()).Should().Throw<InvalidOperationException>().WithMessage("rule");

        var healthy = new RibSession(_routes);
        healthy.Drain();
        healthy.Peer.Kinds.Should().Be("AAE", "what the failed flush had collected is not sent to anybody else");
        healthy.Peer.Routes.Should().HaveCount(2, "the other sessions of the table are not touched");
    }

    private static BgpRouteAttributes WithOther(int length) =>
        new() { Others = [new RawPathAttribute(0xC0, 200, new byte[length])] };
}
