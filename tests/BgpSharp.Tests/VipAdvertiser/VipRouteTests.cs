using System.Net;
using BgpSharp.VipAdvertiser;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser;

public sealed class VipRouteTests
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(2, "65000 65000")]
    public void A_VIPs_route_has_our_AS_number_as_often_as_asked(int prepend, string path)
    {
        VipRoute.Make(new RouteOptions { Prepend = prepend }, IPAddress.Parse("203.0.113.10"), 65000).AsPath.ToString().Should().Be(path);
    }

    [Fact]
    public void A_route_has_the_next_hop_of_its_own_family()
    {
        var options = new RouteOptions { NextHopIpv4 = IPAddress.Parse("198.51.100.12"), NextHopIpv6 = IPAddress.Parse("2001:db8::12") };

        VipRoute.Make(options, IPAddress.Parse("203.0.113.10"), 65000).NextHop.Should().Be(options.NextHopIpv4);
        VipRoute.Make(options, IPAddress.Parse("2001:db8::10"), 65000).NextHop.Should().Be(options.NextHopIpv6);
    }
}
