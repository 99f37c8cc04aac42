using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>TTL security (RFC 5082) with FRR's <c>ttl-security hops</c>.</summary>
public sealed class TtlSecurityTests
{
    [Fact]
    public async Task FRR_with_TTL_security_takes_the_route_of_a_master_that_has_it_too_and_hears_nothing_of_one_without()
    {
        await using var lab = await Lab.CreateAsync(masters: 2);
        var (secured, plain) = (LabTopology.MasterAddress(1), LabTopology.MasterAddress(2));
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 0) with
        {
            Neighbors = [new FrrNeighbor(secured, 65000, "ttl-security hops 1"), new FrrNeighbor(plain, 65000, "ttl-security hops 1")],
            FamilyLines = ["maximum-paths 2"],
        });
        var capture = await lab.CaptureAsync();

        VipMaster.Start(lab, 2);
        await capture.WaitAsync(events => events.Any(e => e.Source.Equals(plain)), "the plain master tries");
        VipMaster.Start(lab, 1, more: ["--peers:0:ttlSecurityHops", "1"]);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [secured]);
        var neighbor = await router.NeighborAsync(plain);
        neighbor.GetProperty("connectionsEstablished").GetInt32().Should().Be(0, "what comes with a TTL below 255 is dropped");
        (await router.NeighborAsync(secured)).GetProperty("connectionsDropped").GetInt32().Should().Be(0);
    }
}
