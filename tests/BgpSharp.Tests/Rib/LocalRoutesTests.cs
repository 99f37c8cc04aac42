using BgpSharp.Rib;
using static BgpSharp.Tests.Rib.RibData;

namespace BgpSharp.Tests.Rib;

public sealed class LocalRoutesTests
{
    private readonly LocalRoutes _routes = new();

    [Fact]
    public void An_equal_announcement_changes_nothing()
    {
        var owner = _routes.CreateOwner();
        _routes.Announce(owner, Vip(1), Med(5)).Should().BeTrue();
        var version = _routes.Version;

        _routes.Announce(owner, Vip(1), Med(5)).Should().BeFalse("attributes are compared by value");
        _routes.Withdraw(owner, Vip(2)).Should().BeFalse("it was not announced");

        _routes.Version.Should().Be(version);
        _routes.ActiveCount.Should().Be(1);
    }

    [Fact]
    public void The_older_owner_wins_until_it_lets_go()
    {
        var oldest = _routes.CreateOwner();
        var middle = _routes.CreateOwner();
        var youngest = _routes.CreateOwner();
        _routes.Announce(youngest, Vip(1), Med(3));
        _routes.Announce(oldest, Vip(1), Med(1));
        _routes.Announce(middle, Vip(1), Med(2));
        Winner().Should().Be(Med(1));

        _routes.Withdraw(oldest, Vip(1));
        Winner().Should().Be(Med(2), "the next oldest owner takes over");
        _routes.Withdraw(middle, Vip(1));
        Winner().Should().Be(Med(3));
        _routes.Withdraw(youngest, Vip(1));
        _routes.ActiveCount.Should().Be(0);

        BgpRouteAttributes Winner() => _routes.Snapshot().Should().ContainSingle().Subject.Attributes;
    }

    [Fact]
    public void What_an_older_owner_hides_is_no_change_for_any_session()
    {
        var older = _routes.CreateOwner();
        var younger = _routes.CreateOwner();
        _routes.Announce(older, Vip(1), Med(1));
        var version = _routes.Version;

        _routes.Announce(younger, Vip(1), Med(2)).Should().BeTrue("the younger owner's routes did change");
        _routes.Announce(younger, Vip(1), Med(3)).Should().BeTrue();
        _routes.Withdraw(younger, Vip(1)).Should().BeTrue();
        _routes.Announce(younger, Vip(1), Med(1));
        _routes.Withdraw(older, Vip(1)).Should().BeTrue();

        _routes.Version.Should().Be(version, "the attributes that win were the same all along");
        _routes.ActiveCount.Should().Be(1);
    }

    [Fact]
    public void Replace_makes_the_difference_only()
    {
        var owner = _routes.CreateOwner();
        var other = _routes.CreateOwner();
        _routes.Announce(other, Vip(9), Plain);
        _routes.Replace(owner, [new(Vip(1)), new(Vip(2), Med(2)), new(Vip(3))]).Should().BeTrue();
        var version = _routes.Version;

        _routes.Replace(owner, [new(Vip(3)), new(Vip(2), Med(2)), new(Vip(1))]).Should().BeFalse();
        _routes.Version.Should().Be(version, "the same routes in another order are the same routes");

        _routes.Replace(owner, [new(Vip(1)), new(Vip(2), Med(7)), new(Vip(4))]).Should().BeTrue();
        _routes.Version.Should().Be(version + 3, "one is withdrawn, one changed, one new");
        _routes.Snapshot(owner).Should().BeEquivalentTo(new BgpRoute[] { new(Vip(1)), new(Vip(2), Med(7)), new(Vip(4)) });
        _routes.Snapshot(other).Should().Equal(new BgpRoute(Vip(9)));
    }

    [Fact]
    public void Replace_with_a_route_without_prefix_changes_nothing()
    {
        var owner = _routes.CreateOwner();
        _routes.Announce(owner, Vip(1), Plain);
        var version = _routes.Version;

        var replace = () => _routes.Replace(owner, [new(Vip(2)), default]);

        replace.Should().Throw<ArgumentException>();
        _routes.Version.Should().Be(version);
        _routes.Snapshot(owner).Should().Equal(new BgpRoute(Vip(1)));
    }

    [Fact]
    public void Replace_with_a_prefix_twice_takes_the_last_one()
    {
        var owner = _routes.CreateOwner();
        _routes.Replace(owner, [new(Vip(1), Med(1)), new(Vip(1), Med(2))]);
        _routes.Snapshot(owner).Should().Equal(new BgpRoute(Vip(1), Med(2)));
        owner.Count.Should().Be(1);
    }

    [Fact]
    public void Clearing_an_owner_leaves_the_others_their_routes()
    {
        var older = _routes.CreateOwner();
        var younger = _routes.CreateOwner();
        _routes.Announce(older, Vip(1), Med(1));
        _routes.Announce(older, Vip(2), Med(1));
        _routes.Announce(younger, Vip(2), Med(2));
        _routes.Snapshot(younger).Should().Equal(new BgpRoute(Vip(2), Med(2)));

        _routes.Clear(older).Should().BeTrue();

        _routes.Snapshot().Should().Equal(new BgpRoute(Vip(2), Med(2)));
        older.Count.Should().Be(0);
        younger.Count.Should().Be(1);
        _routes.Clear(older).Should().BeFalse();
    }

    [Fact]
    public void Without_a_session_nothing_is_kept_of_a_withdrawn_prefix()
    {
        var owner = _routes.CreateOwner();
        _routes.Announce(owner, Vip(1), Plain);
        _routes.Announce(owner, Vip6(1), Plain);
        _routes.EntryCount.Should().Be(2);
        _routes.Clear(owner);
        _routes.EntryCount.Should().Be(0);
    }
}
