using BgpSharp.VipAdvertiser;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser;

public sealed class PeerExportTests
{
    [Theory]
    [InlineData(null, "65000 65000")]
    [InlineData(0, "")]
    [InlineData(1, "65000")]
    public void A_peers_prepend_takes_the_place_of_the_VIPs(int? prepend, string path)
    {
        var options = new RouteOptions { Prepend = prepend, Med = 5 };
        var vip = VipRoute.Make(new RouteOptions { Prepend = 2 }, System.Net.IPAddress.Parse("203.0.113.10"), 65000);

        PeerExport.Attributes(options, vip, System.Net.Sockets.AddressFamily.InterNetwork, 65000).AsPath.ToString().Should().Be(path);
    }

    [Fact]
    public void A_prepend_of_none_is_something_to_change()
    {
        PeerExport.Make(new RouteOptions { Prepend = 0 }, 65000).Should().NotBeNull();
        PeerExport.Make(RouteOptions.None, 65000).Should().BeNull();
    }
}
