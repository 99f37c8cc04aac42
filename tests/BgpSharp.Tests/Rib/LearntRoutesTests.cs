using BgpSharp.Rib;
using BgpSharp.Tests.Session;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Rib;

/// <summary>Which routes of a restarting peer are stale, and when they are gone (RFC 4724 §4.2).</summary>
public sealed class LearntRoutesTests
{
    private static readonly IpPrefix First = IpPrefix.Parse("203.0.113.1/32");
    private static readonly IpPrefix Second = IpPrefix.Parse("203.0.113.2/32");
    private static readonly IpPrefix Sixth = IpPrefix.Parse("2001:db8::/48");
    private static readonly BgpFamily[] Both = [BgpFamily.Ipv4Unicast, BgpFamily.Ipv6Unicast];

    private readonly LearntRoutes _routes = new();

    [Fact]
    public void Without_graceful_restart_nothing_is_remembered()
    {
        _routes.BeginSession(null, Both).Should().BeEmpty();
        Announce(First);

        _routes.CurrentCount.Should().Be(0, "memory is taken where graceful restart is agreed on");
        _routes.EndSession([]).Should().BeEmpty();
        _routes.StaleCount.Should().Be(0);
    }

    [Fact]
    public void A_family_that_the_peer_does_not_name_and_a_peer_without_restart_time_are_not_remembered()
    {
        _routes.BeginSession(Capability(time: 60, BgpFamily.Ipv6Unicast), Both);
        Announce(First);
        _routes.CurrentCount.Should().Be(0);

        _routes.BeginSession(Capability(time: 0, BgpFamily.Ipv4Unicast), Both);
        Announce(First);
        _routes.CurrentCount.Should().Be(0);
    }

    [Fact]
    public void What_is_not_announced_again_before_End_of_RIB_is_gone()
    {
        Restart(First, Second);

        Announce(Second).Should().BeEmpty();
        EndOfRib(BgpFamily.Ipv6Unicast).Should().BeEmpty("that is another family");
        EndOfRib(BgpFamily.Ipv4Unicast).Should().Equal(First);
        EndOfRib(BgpFamily.Ipv4Unicast).Should().BeEmpty("it was told once");
        (_routes.CurrentCount, _routes.StaleCount).Should().Be((1, 0));
    }

    [Fact]
    public void What_is_withdrawn_is_not_told_of_again()
    {
        Restart(First, Second);

        Withdraw(First).Should().BeEmpty("the handler sees the UPDATE");
        EndOfRib(BgpFamily.Ipv4Unicast).Should().Equal(Second);
    }

    [Fact]
    public void A_withdrawn_route_does_not_become_stale()
    {
        _routes.BeginSession(Capability(60, BgpFamily.Ipv4Unicast), Both);
        Announce(First, Second);
        Withdraw(First);

        _routes.EndSession([BgpFamily.Ipv4Unicast]);

        _routes.TakeStale().Should().Equal(Second);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Routes_of_a_family_without_the_F_bit_or_without_a_capability_are_gone_at_once(bool capability, bool preserved)
    {
        _routes.BeginSession(Capability(60, Both), Both);
        Announce(First);
        AnnounceSixth();
        _routes.EndSession(Both);

        var restart = new GracefulRestartCapability(60, [new(BgpFamily.Ipv4Unicast, preserved), new(BgpFamily.Ipv6Unicast, ForwardingPreserved: true)]);

        _routes.BeginSession(capability ? restart : null, Both).Should().BeEquivalentTo(capability ? [First] : new[] { First, Sixth });
        _routes.StaleCount.Should().Be(capability ? 1 : 0);
    }

    [Fact]
    public void Routes_of_a_family_that_the_new_session_lacks_are_gone_at_once()
    {
        _routes.BeginSession(Preserved(), Both);
        Announce(First);
        _routes.EndSession([BgpFamily.Ipv4Unicast]);
        _routes.BeginSession(Preserved(), [BgpFamily.Ipv6Unicast]).Should().Equal(First);
    }

    [Fact]
    public void A_second_restart_before_the_route_came_again_ends_it()
    {
        Restart(First, Second);
        Announce(Second);

        _routes.EndSession([BgpFamily.Ipv4Unicast]).Should().Equal([First], "RFC 4724 §4.2: routes marked before are deleted");
        _routes.TakeStale().Should().Equal(Second);
    }

    [Fact]
    public void An_ending_that_keeps_nothing_leaves_nothing()
    {
        Restart(First, Second);
        Announce(Second);

        _routes.EndSession([]).Should().BeEmpty("the session's end says it all");
        (_routes.CurrentCount, _routes.StaleCount).Should().Be((0, 0));
    }

    [Fact]
    public void A_family_that_is_given_up_is_forgotten()
    {
        Restart(First, Second);
        Announce(Second);
        AnnounceSixth();

        _routes.Forget(BgpFamily.Ipv4Unicast);

        _routes.EndSession(Both).Should().BeEmpty("the handler knows of the stale one");
        _routes.TakeStale().Should().Equal(Sixth);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_UPDATE_of_prefixes_already_known_allocates_nothing(bool restart)
    {
        _routes.BeginSession(restart ? Preserved() : null, Both);
        var message = TestMessages.Announcement(new BgpRouteAttributes { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = SpeakerFixture.RouterAddress }, First, Second);

        Allocations.Least(() => RecordBody(message), times: 10).Should().Be(0, "every UPDATE of every session passes here");
    }

    private void RecordBody(byte[] message)
    {
        UpdateDecoder.Decode(message.AsSpan(WireLimits.HeaderLength), new WireContext { FourOctetAsn = true }, out var view, out _);
        _routes.Record(in view);
    }

    /// <summary>A session with these IPv4 routes, a restart, and the session after it.</summary>
    private void Restart(params IpPrefix[] prefixes)
    {
        _routes.BeginSession(Preserved(), Both);
        Announce(prefixes);
        _routes.CurrentCount.Should().Be(prefixes.Length);
        _routes.EndSession([BgpFamily.Ipv4Unicast]).Should().BeEmpty();
        _routes.StaleCount.Should().Be(prefixes.Length);
        _routes.BeginSession(Preserved(), Both).Should().BeEmpty();
    }

    private IReadOnlyList<IpPrefix> Announce(params IpPrefix[] prefixes) =>
        Record(TestMessages.Announcement(new BgpRouteAttributes { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = SpeakerFixture.RouterAddress }, prefixes));

    private void AnnounceSixth()
    {
        var buffer = new byte[4096];
        var context = new WireContext { FourOctetAsn = true };
        var attributes = new BgpRouteAttributes { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = System.Net.IPAddress.Parse("2001:db8::9") };
        Record(buffer[..UpdateWriter.WriteAnnouncements(buffer, BgpFamily.Ipv6Unicast, attributes, [Sixth], in context, out _)]);
    }

    private IReadOnlyList<IpPrefix> Withdraw(params IpPrefix[] prefixes) => Record(TestMessages.Withdrawal(prefixes));

    private IReadOnlyList<IpPrefix> EndOfRib(BgpFamily family) => Record(TestMessages.EndOfRib(family));

    private IReadOnlyList<IpPrefix> Record(byte[] message)
    {
        var verdict = UpdateDecoder.Decode(message.AsSpan(WireLimits.HeaderLength), new WireContext { FourOctetAsn = true }, out var view, out var problem);
        verdict.Should().Be(UpdateVerdict.Accept, problem.ToString());
        return _routes.Record(in view);
    }

    private static GracefulRestartCapability Preserved() =>
        new(60, [new(BgpFamily.Ipv4Unicast, ForwardingPreserved: true), new(BgpFamily.Ipv6Unicast, ForwardingPreserved: true)]);

    private static GracefulRestartCapability Capability(int time, params BgpFamily[] families) =>
        new(time, families.Select(family => new GracefulRestartFamily(family)));
}
