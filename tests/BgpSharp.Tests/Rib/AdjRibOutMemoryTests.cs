using BgpSharp.Rib;
using static BgpSharp.Tests.Rib.RibData;

namespace BgpSharp.Tests.Rib;

public sealed class AdjRibOutMemoryTests
{
    private readonly LocalRoutes _routes = new();
    private readonly RouteOwner _owner;

    public AdjRibOutMemoryTests() => _owner = _routes.CreateOwner();

    [Fact]
    public void A_peer_that_never_reads_costs_no_memory_for_changes()
    {
        Announce([.. Enumerable.Range(0, 100)]);
        var stuckFromTheStart = new RibSession(_routes);
        var stuckLater = new RibSession(_routes);
        stuckLater.Drain();
        var healthy = new RibSession(_routes);
        for (var change = 0; change < 100_000; change++)
        {
            var prefix = Vip(change * 37 % 100);
            if (change % 3 == 2)
            {
                _routes.Withdraw(_owner, prefix);
            }
            else
            {
                _routes.Announce(_owner, prefix, Med((uint)change));
            }

            if (change % 1000 == 0)
            {
                healthy.Drain();
            }
        }

        _routes.EntryCount.Should().BeLessThanOrEqualTo(100, "memory goes by prefixes, not by changes");
        stuckFromTheStart.Rib.ExceptionCount.Should().BeLessThanOrEqualTo(100);
        stuckLater.Rib.ExceptionCount.Should().BeLessThanOrEqualTo(100);
        foreach (var session in (RibSession[])[healthy, stuckFromTheStart, stuckLater])
        {
            session.Drain();
            session.Peer.Routes.Should().HaveCount(_routes.ActiveCount);
            foreach (var route in _routes.Snapshot())
            {
                session.Peer.Routes[route.Prefix].Med.Should().Be(route.Attributes.Med);
            }
        }

        stuckFromTheStart.Peer.Announcements.Should().Be(_routes.ActiveCount, "only the last state is sent");
        stuckFromTheStart.Peer.Withdrawals.Should().Be(0);
        _routes.EntryCount.Should().Be(_routes.ActiveCount);
    }

    [Fact]
    public void Prefixes_that_came_and_went_are_not_kept_for_a_peer_that_never_heard_of_them()
    {
        var stuck = new RibSession(_routes);
        var healthy = new RibSession(_routes);
        for (var index = 0; index < 10_000; index++)
        {
            Announce(index);
            healthy.Drain();
            _routes.Withdraw(_owner, Vip(index));
            healthy.Drain();
        }

        healthy.Peer.Withdrawals.Should().Be(10_000);
        _routes.EntryCount.Should().Be(0, "the stuck peer is owed nothing of them");
        stuck.Rib.ExceptionCount.Should().Be(0);
        stuck.Drain();
        stuck.Peer.Kinds.Should().Be("E");
    }

    [Fact]
    public void A_full_replay_is_a_walk_and_not_a_copy()
    {
        Announce([.. Enumerable.Range(0, 50_000)]);
        new RibSession(_routes).Drain();
        var buffer = new byte[64 * 1024];
        AdjRibOut rib = null!;
        var allocated = Allocations.Least(() =>
        {
            rib = new RibSession(_routes).Rib;
            while (rib.Fill(buffer, out _) > 0)
            {
            }
        });

        rib.AdvertisedCount.Should().Be(50_000);
        rib.ExceptionCount.Should().Be(0);
        (allocated - buffer.Length).Should().BeLessThan(8 * 1024, "a session that is sent 50,000 routes keeps a position and one attributes object");
    }

    private void Announce(params int[] indexes)
    {
        foreach (var index in indexes)
        {
            _routes.Announce(_owner, Vip(index), Plain);
        }
    }
}
