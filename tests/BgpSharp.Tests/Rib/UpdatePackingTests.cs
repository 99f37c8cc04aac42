using BgpSharp.Rib;
using static BgpSharp.Tests.Rib.RibData;

namespace BgpSharp.Tests.Rib;

public sealed class UpdatePackingTests
{
    // Header 19, two length fields, ORIGIN 4, AS_PATH of one four-octet AS 9, NEXT_HOP 7.
    private const int AnnouncementOverhead = 23 + 4 + 9 + 7;
    private const int WithdrawalOverhead = 23;
    private const int HostRoute = 5;

    private readonly LocalRoutes _routes = new();
    private readonly RouteOwner _owner;

    public UpdatePackingTests() => _owner = _routes.CreateOwner();

    [Fact]
    public void A_thousand_prefixes_of_one_attributes_object_make_as_few_UPDATEs_as_fit()
    {
        var session = new RibSession(_routes);
        AnnounceAll(1000, _ => Plain);
        session.Flush();
        session.Peer.Kinds.Should().Be("AAE");
        session.Peer.MessageLengths.Take(2).Sum().Should().Be((2 * AnnouncementOverhead) + (1000 * HostRoute));
        session.Peer.MessageLengths[0].Should().BeInRange(4096 - HostRoute + 1, 4096, "a message is filled before the next begins");

        _routes.Clear(_owner);
        session.Flush();
        session.Peer.Kinds.Should().Be("AAEWW");
        session.Peer.MessageLengths[^2..].Sum().Should().Be((2 * WithdrawalOverhead) + (1000 * HostRoute));
    }

    [Fact]
    public void Prefixes_of_different_attributes_are_sorted_into_their_own_UPDATEs()
    {
        var session = new RibSession(_routes);
        AnnounceAll(300, index => Med((uint)(index % 3)));
        session.Flush();
        session.Peer.Kinds.Should().Be("AAAE");
        for (var index = 0; index < 300; index++)
        {
            session.Peer.Routes[Vip(index)].Med.Should().Be((uint)(index % 3));
        }
    }

    [Fact]
    public void An_export_rule_that_makes_a_new_object_each_time_does_not_spoil_the_packing()
    {
        var session = new RibSession(_routes, RibSession.ExternalWith(_ => Med(5)));
        AnnounceAll(500, index => Med((uint)index));
        session.Flush();
        session.Peer.Kinds.Should().Be("AE", "equal attributes are one group");
    }

    [Fact]
    public void A_flush_never_exceeds_the_space_and_the_next_one_goes_on()
    {
        var session = new RibSession(_routes);
        AnnounceAll(20_000, index => Med((uint)(index % 7)));
        int length;
        do
        {
            length = session.Flush(10_000);
            length.Should().BeLessThanOrEqualTo(10_000);
        }
        while (length > 0);

        session.Peer.Routes.Should().HaveCount(20_000);
        session.Peer.Announcements.Should().Be(20_000);
        session.Peer.MessageLengths.Max().Should().BeLessThanOrEqualTo(4096);
    }

    [Fact]
    public void More_attributes_objects_than_are_remembered_are_all_sent()
    {
        var session = new RibSession(_routes);
        AnnounceAll(5000, index => Med((uint)index));
        session.Drain();
        for (var index = 0; index < 5000; index++)
        {
            session.Peer.Routes[Vip(index)].Med.Should().Be((uint)index);
        }
    }

    [Fact]
    public void A_space_too_small_for_a_message_and_End_of_RIB_is_refused()
    {
        var session = new RibSession(_routes);
        session.Invoking(s => s.Flush(4096 + 63)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_steady_flush_allocates_nothing()
    {
        BgpRouteAttributes[] attributes = [Med(1), Med(2)];
        var session = new RibSession(_routes);
        var buffer = new byte[64 * 1024];
        var (rounds, messages) = (0, 0);

        Allocations.Least(
            () =>
            {
                session.Rib.Fill(buffer, out var written);
                messages += written;
            },
            times: 40,
            prepare: () =>
            {
                rounds++;
                AnnounceAll(100, _ => attributes[rounds % 2]);
            }).Should().Be(0);

        messages.Should().Be(rounds + 1, "a flush of 100 changes is one UPDATE, the first one has End-of-RIB too");
    }

    private void AnnounceAll(int count, Func<int, BgpRouteAttributes> attributes)
    {
        for (var index = 0; index < count; index++)
        {
            _routes.Announce(_owner, Vip(index), attributes(index));
        }
    }
}
