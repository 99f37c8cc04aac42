using System.Text.RegularExpressions;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Samples;

/// <summary>bgpsharp top with FRR and with a router that is not there, not on a terminal.</summary>
public sealed partial class TopTests
{
    private const string Absent = "198.51.100.99";

    [Fact]
    public async Task Each_peer_has_a_line_a_second_with_its_state_rates_prefixes_and_last_error()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        await router.AnnounceAsync("203.0.113.128/25");

        var top = lab.Start(lab.MasterNs(1), [.. Programs.Cli, "top", LabTopology.VipPrefix,
            "--peer", $"{LabTopology.RouterAddress},65001", "--peer", $"{Absent},65009", "--local-as", "65000", "--hold-time", "9"]);

        await top.WaitForLineAsync(line => Established().IsMatch(line));
        await top.WaitForLineAsync(line => line.Contains($" {Absent} AS 65009 ", StringComparison.Ordinal) && line.Contains("last down: cannot connect: ", StringComparison.Ordinal));
        await router.WaitForEstablishedAsync([LabTopology.MasterAddress(1)]);
        await router.WithdrawAsync("203.0.113.128/25");
        // FRR may hold it back for the advertisement interval of 30 s.
        await top.WaitForLineAsync(line => line.Contains("prefixes in 0 out 1", StringComparison.Ordinal), TimeSpan.FromMinutes(2));

        await router.VtyshAsync("clear bgp *");
        await top.WaitForLineAsync(line => line.Contains($" {LabTopology.RouterAddress} ", StringComparison.Ordinal) && line.Contains("last down: notification received: Cease", StringComparison.Ordinal));

        (await top.StopAsync(Signal.Interrupt)).Should().Be(0, "Ctrl+C is the ordinary end");
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
    }

    [GeneratedRegex(@"^\d\d:\d\d:\d\d 198\.51\.100\.9 AS 65001 Established up 00:\d\d:\d\d hold 9s msg/s in \d+\.\d out \d+\.\d prefixes in 1 out 1 last down: ")]
    private static partial Regex Established();
}
