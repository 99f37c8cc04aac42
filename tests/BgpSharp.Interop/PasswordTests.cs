using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>TCP-MD5 (RFC 2385) with FRR's <c>password</c>.</summary>
public sealed class PasswordTests
{
    [Fact]
    public async Task FRR_has_the_route_of_the_master_with_its_password_and_the_other_says_what_silence_means()
    {
        await using var lab = await Lab.CreateAsync(masters: 2);
        var (right, wrong) = (LabTopology.MasterAddress(1), LabTopology.MasterAddress(2));
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 0) with
        {
            Neighbors = [new FrrNeighbor(right, 65000, "password first-secret"), new FrrNeighbor(wrong, 65000, "password first-secret")],
            FamilyLines = ["maximum-paths 2"],
        });

        var other = VipMaster.Start(lab, 2, more: ["--logLevel", "trace", "--peers:0:password", "second-secret"]);
        VipMaster.Start(lab, 1, more: ["--peers:0:password", "first-secret"]);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [right]);
        await Poll.UntilAsync(
            () => Task.FromResult(other.Lines.Any(line => line.Contains("a TCP-MD5 password is set, and one that differs", StringComparison.Ordinal))),
            isSaid => isSaid, "the hint in the log", other.Describe);
        (await router.NeighborAsync(wrong)).GetProperty("connectionsEstablished").GetInt32().Should().Be(0);
        string.Concat(other.Lines).Should().NotContain("second-").And.NotContain(Convert.ToBase64String("second-secret"u8));
        other.Lines.Should().NotContain(line => line.Contains("secret", StringComparison.Ordinal), "a password is never logged");

        await router.ConfigureBgpAsync($"neighbor {wrong} password second-secret");

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [right, wrong]);
    }
}
