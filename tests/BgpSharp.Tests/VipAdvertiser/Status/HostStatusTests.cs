using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.Tests.VipAdvertiser.Status;

/// <summary>When a host is ready, and the words for why it is not.</summary>
public sealed class HostStatusTests
{
    [Fact]
    public void One_session_and_every_wanted_VIP_in_place_is_ready()
    {
        StatusData.Make().NotReady.Should().BeEmpty("one of two sessions is Established, and the VIP that is not in place is not wanted");
        StatusData.Make().IsReady.Should().BeTrue();
    }

    [Fact]
    public void Without_a_session_each_peer_is_named_with_its_reason()
    {
        var status = StatusData.Make() with { Peers = [StatusData.Down, StatusData.Down with { Address = "198.51.100.8", Port = 179, LastDown = null }] };

        status.IsReady.Should().BeFalse();
        status.NotReady.Should().Equal(
            "no session is Established: [2001:db8::9]:1179 is Active (cannot connect: Connection refused)",
            "no session is Established: 198.51.100.8:179 is Active");
    }

    [Fact]
    public void A_wanted_VIP_that_is_missing_or_unknown_is_named()
    {
        var status = StatusData.Make();
        status = status with { Vips = [status.Vips[0] with { InPlace = false }, status.Vips[1] with { Wanted = true }] };

        status.NotReady.Should().Equal("203.0.113.10 is not on lo", "vip.example is not resolved yet");
    }

    [Theory]
    [InlineData(DrainPhase.Drained, "no session is Established: drained")]
    [InlineData(DrainPhase.None, "no session is Established: none is open yet")]
    public void Without_peers_it_depends_on_the_drain(object phase, string expected) =>
        (StatusData.Make() with { Peers = [], Drain = (DrainPhase)phase }).NotReady.Should().Equal(expected);
}
