using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>The two sides disagree on an AS number until an operator corrects it.</summary>
public sealed class RefusedSessionTests
{
    [Fact]
    public async Task A_router_that_expects_another_AS_is_asked_again_and_gets_the_route_once_corrected()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var capture = await lab.CaptureAsync();
        var address = LabTopology.MasterAddress(1);
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 0) with { Neighbors = [new FrrNeighbor(address, 65099)] });
        var master = VipMaster.Start(lab, 1);

        await capture.WaitAsync(
            events => events.Count(e => e.Source.Equals(LabTopology.RouterAddress) && e.Error is (2, 2)) >= 2, "a second NOTIFICATION 2/2 of FRR");
        await router.ConfigureBgpAsync($"neighbor {address} remote-as 65000");

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [address]);
        master.Lines.Where(IsAboutTheAs).Should().ContainSingle("the cause did not change from try to try").Which.Should().Contain(
            "198.51.100.9").And.Contain("our OPEN says AS 65000, the peer expects another");
    }

    [Fact]
    public async Task A_router_in_another_AS_than_expected_is_told_so_and_gets_the_route_once_corrected()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var capture = await lab.CaptureAsync();
        var address = LabTopology.MasterAddress(1);
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 1, asn: 65002));
        var master = VipMaster.Start(lab, 1);

        await capture.WaitAsync(
            events => events.Count(e => e.Source.Equals(address) && e.Error is (2, 2)) >= 2, "our second NOTIFICATION 2/2");
        await router.ConfigureBgpAsync($"neighbor {address} local-as 65001");

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [address]);
        master.Lines.Where(IsAboutTheAs).Should().ContainSingle("the cause did not change from try to try").Which.Should().Contain(
            "198.51.100.9").And.Contain("the peer's OPEN says AS 65002, AS 65001 is configured");
    }

    private static bool IsAboutTheAs(string line) => line.Contains("Bad Peer AS (2/2)", StringComparison.Ordinal);
}
