using BgpSharp.Rib;
using static BgpSharp.Tests.Rib.RibData;

namespace BgpSharp.Tests.Rib;

public sealed class AdjRibOutTests
{
    private static readonly BgpFamily[] s_both = [BgpFamily.Ipv4Unicast, BgpFamily.Ipv6Unicast];

    // One message of a few prefixes: what a flush is called that stops in the middle of the table.
    private const int SmallMessage = 64;
    private const int SmallSpace = SmallMessage + 64;

    private readonly LocalRoutes _routes = new();
    private readonly RouteOwner _owner;

    public AdjRibOutTests() => _owner = _routes.CreateOwner();

    [Fact]
    public void A_new_session_is_sent_the_full_set_and_then_End_of_RIB_for_each_family()
    {
        var next = new BgpRouteAttributes { NextHop = System.Net.IPAddress.Parse("2001:db8::11") };
        Announce(1, 2, 3);
        _routes.Announce(_owner, Vip6(1), next);
        var session = new RibSession(_routes, families: s_both);

        session.Drain();

        session.Peer.Routes.Keys.Should().BeEquivalentTo([Vip(1), Vip(2), Vip(3), Vip6(1)]);
        session.Peer.Routes[Vip6(1)].NextHop.Should().Be(next.NextHop);
        session.Peer.EndOfRibs.Should().Equal(s_both);
        session.Peer.Kinds.Should().Be("AAEE");
        session.Rib.AdvertisedCount.Should().Be(4);
        session.Rib.IsSynchronized.Should().BeTrue();
    }

    [Fact]
    public void A_session_with_nothing_to_announce_is_sent_End_of_RIB_once()
    {
        var session = new RibSession(_routes);
        session.Rib.HasPending.Should().BeTrue();
        session.Drain();
        Announce(1);
        session.Drain();
        session.Peer.Kinds.Should().Be("EA");
    }

    [Fact]
    public void A_family_that_was_not_agreed_on_is_not_sent()
    {
        _routes.Announce(_owner, Vip6(1), new BgpRouteAttributes { NextHop = System.Net.IPAddress.Parse("2001:db8::11") });
        var session = new RibSession(_routes);
        session.Drain();
        session.Peer.Kinds.Should().Be("E");
        session.Rib.RefusedCount.Should().Be(0);
    }

    [Fact]
    public void End_of_RIB_comes_even_if_routes_never_stop_changing()
    {
        Announce([.. Enumerable.Range(0, 100)]);
        var session = new RibSession(_routes, maximumMessageLength: SmallMessage);
        for (uint change = 1; session.Peer.EndOfRibs.Count == 0; change++)
        {
            change.Should().BeLessThan(1000, "changes go to the end, behind the first full set");
            session.Flush(SmallSpace);
            for (var index = 0; index < 10; index++)
            {
                _routes.Announce(_owner, Vip(index), Med(change));
            }
        }

        session.Peer.Routes.Should().ContainKeys(Enumerable.Range(10, 90).Select(Vip), "these are the first set that did not change");
    }

    [Fact]
    public void A_refresh_ends_only_when_a_route_that_changed_meanwhile_was_sent_too()
    {
        Announce([.. Enumerable.Range(0, 40)]);
        var session = new RibSession(_routes, maximumMessageLength: SmallMessage);
        session.Drain();
        session.Rib.Resend(BgpFamily.Ipv4Unicast, marked: true);
        session.Flush(SmallSpace);
        session.Peer.Kinds.Should().Contain("<").And.NotContain(">");
        _routes.Announce(_owner, Vip(39), Med(1));

        session.Drain();

        session.Peer.Kinds.Should().EndWith("A>", "the model peer would have missed the prefix otherwise");
    }

    [Fact]
    public void What_a_peer_never_heard_of_is_not_withdrawn()
    {
        var session = new RibSession(_routes);
        session.Drain();
        Announce(1);
        _routes.Announce(_owner, Vip(1), Med(1));
        _routes.Withdraw(_owner, Vip(1));

        _routes.EntryCount.Should().Be(0, "nobody heard of it");
        session.Rib.HasPending.Should().BeFalse();
        session.Flush().Should().Be(0);
    }

    [Fact]
    public void A_withdrawal_goes_to_those_who_heard_the_prefix_and_is_then_forgotten()
    {
        var quick = new RibSession(_routes);
        var slow = new RibSession(_routes);
        slow.Drain();
        Announce(1);
        quick.Drain();
        _routes.Withdraw(_owner, Vip(1));
        _routes.TombstoneCount.Should().Be(1);

        slow.Drain().Should().Be(0, "it never heard of the prefix");
        _routes.TombstoneCount.Should().Be(1, "the quick peer is still owed the withdrawal");
        quick.Drain();

        quick.Peer.Kinds.Should().Be("AEW");
        quick.Peer.Routes.Should().BeEmpty();
        quick.Rib.AdvertisedCount.Should().Be(0);
        _routes.EntryCount.Should().Be(0);
    }

    [Fact]
    public void An_unsent_prefix_that_changes_behind_a_halted_flush_stays_unheard()
    {
        Announce([.. Enumerable.Range(0, 40)]);
        var whole = new RibSession(_routes);
        whole.Drain();
        var halted = new RibSession(_routes, maximumMessageLength: SmallMessage);
        _routes.Announce(_owner, Vip(20), Med(1));
        halted.Flush(SmallSpace);
        _routes.Announce(_owner, Vip(21), Med(1));
        while (!halted.Peer.Routes.ContainsKey(Vip(39)))
        {
            halted.Flush(SmallSpace);
        }

        halted.Peer.Routes.Should().NotContainKey(Vip(20)).And.NotContainKey(Vip(21));
        _routes.Withdraw(_owner, Vip(20));
        _routes.Withdraw(_owner, Vip(21));
        halted.Drain();
        whole.Drain();

        halted.Peer.Withdrawals.Should().Be(0, "the prefixes were never announced to this peer");
        whole.Peer.Withdrawals.Should().Be(2);
        halted.Peer.Routes.Should().BeEquivalentTo(whole.Peer.Routes);
        _routes.EntryCount.Should().Be(38);
    }

    [Fact]
    public void A_prefix_that_went_and_came_back_unseen_is_announced_and_not_withdrawn()
    {
        var session = new RibSession(_routes);
        Announce(1);
        session.Drain();
        _routes.Withdraw(_owner, Vip(1));
        _routes.Announce(_owner, Vip(1), Med(9));
        _routes.TombstoneCount.Should().Be(0);

        session.Drain();
        session.Peer.Kinds.Should().Be("AEA");
        session.Peer.Routes[Vip(1)].Med.Should().Be(9);
        session.Rib.AdvertisedCount.Should().Be(1);

        _routes.Withdraw(_owner, Vip(1));
        _routes.Announce(_owner, Vip(1), Med(10));
        _routes.Withdraw(_owner, Vip(1));
        session.Drain();
        session.Peer.Kinds.Should().Be("AEAW", "the peer had the prefix before it came and went again");
    }

    [Fact]
    public void Withdrawals_go_out_before_announcements()
    {
        var session = new RibSession(_routes);
        Announce(1);
        session.Drain();
        Announce(2);
        _routes.Withdraw(_owner, Vip(1));
        session.Drain();
        session.Peer.Kinds.Should().Be("AEWA");
    }

    [Fact]
    public void A_session_that_ends_frees_what_was_kept_for_it()
    {
        var session = new RibSession(_routes);
        Announce(1, 2);
        session.Drain();
        _routes.Clear(_owner);
        _routes.TombstoneCount.Should().Be(2);
        session.Detach();
        _routes.EntryCount.Should().Be(0);
    }

    [Fact]
    public void A_refresh_sends_what_the_peer_has_once_more_and_no_End_of_RIB()
    {
        Announce([.. Enumerable.Range(0, 40)]);
        var session = new RibSession(_routes, maximumMessageLength: SmallMessage);
        session.Flush(SmallSpace);
        var sent = session.Peer.Announcements;
        session.Rib.Resend(BgpFamily.Ipv4Unicast, marked: false);
        session.Rib.Resend(BgpFamily.Ipv6Unicast, marked: false);
        session.Drain();
        session.Peer.Announcements.Should().Be(40 + sent);

        session.Rib.Resend(BgpFamily.Ipv4Unicast, marked: false);
        session.Rib.IsSynchronized.Should().BeFalse();
        session.Flush(SmallSpace);
        _routes.Withdraw(_owner, Vip(0));
        _routes.Withdraw(_owner, Vip(30));
        _routes.Announce(_owner, Vip(31), Med(1));
        session.Drain();

        session.Peer.Routes.Should().HaveCount(38).And.ContainKey(Vip(31));
        session.Peer.Withdrawals.Should().Be(2);
        session.Peer.Announcements.Should().Be(40 + sent + 39, "each route is sent again once, but for the one withdrawn before its turn");
        session.Rib.AdvertisedCount.Should().Be(38);
        session.Peer.EndOfRibs.Should().ContainSingle();
    }

    [Fact]
    public void WithdrawAll_withdraws_what_the_peer_has_and_then_sends_nothing_more()
    {
        Announce([.. Enumerable.Range(0, 40)]);
        var other = new RibSession(_routes);
        other.Drain();
        var session = new RibSession(_routes, maximumMessageLength: SmallMessage);
        session.Flush(SmallSpace);
        session.Flush(SmallSpace);
        var sent = session.Peer.Routes.Count;
        sent.Should().BeInRange(1, 39);
        _routes.Announce(_owner, Vip(0), Med(1));
        _routes.Withdraw(_owner, Vip(1));

        session.Rib.WithdrawAll();
        session.Rib.IsSynchronized.Should().BeFalse();
        session.Flush(SmallSpace);
        _routes.Announce(_owner, Vip(1), Med(2));
        Announce(50);
        session.Drain();

        session.Peer.Routes.Should().BeEmpty();
        session.Peer.Withdrawals.Should().Be(sent);
        session.Peer.EndOfRibs.Should().BeEmpty("there is no full set to end");
        session.Rib.IsSynchronized.Should().BeTrue();
        session.Rib.AdvertisedCount.Should().Be(0);
        Announce(51);
        session.Drain().Should().Be(0);
        other.Drain();
        other.Peer.Routes.Should().HaveCount(42, "other sessions go on");
    }

    [Fact]
    public void HasHandedOut_does_not_wait_for_what_changed_later()
    {
        Announce(1, 2);
        var session = new RibSession(_routes);
        var version = _routes.Version;
        session.Rib.HasHandedOut(version).Should().BeFalse();
        session.Drain();
        session.Rib.HasHandedOut(version).Should().BeTrue();
        _routes.Withdraw(_owner, Vip(1));
        session.Rib.HasHandedOut(version).Should().BeTrue();
        session.Rib.HasHandedOut(_routes.Version).Should().BeFalse("the withdrawal is pending");
        session.Rib.IsSynchronized.Should().BeFalse();
    }

    private void Announce(params int[] indexes)
    {
        foreach (var index in indexes)
        {
            _routes.Announce(_owner, Vip(index), Plain);
        }
    }
}
