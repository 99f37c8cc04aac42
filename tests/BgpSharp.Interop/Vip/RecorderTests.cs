using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Vip;

/// <summary>The flight recorder of a session with FRR, dumped by the host's command and read back by <c>bgpsharp decode</c>.</summary>
public sealed class RecorderTests
{
    [Fact]
    public async Task What_bgpsharp_vip_dumps_is_decoded_to_the_handshake_the_VIPs_route_and_FRRs_last_words()
    {
        Requires.Tool("bgpdump");
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var host = VipMaster.Start(lab, 1);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [LabTopology.MasterAddress(1)]);
        await router.ConfigureBgpAsync($"neighbor {LabTopology.MasterAddress(1)} shutdown message rack 7 maintenance");
        await host.WaitForLineAsync(line => line.Contains("rack 7 maintenance", StringComparison.Ordinal));
        // At once: the log has the last ten, and each further attempt adds to them.
        host.Send(Signal.User1);
        await host.WaitForLineAsync(line => line.Contains($"Recorded with {LabTopology.RouterAddress}:179: ", StringComparison.Ordinal) && line.Contains("received NOTIFICATION Cease", StringComparison.Ordinal));
        var directory = await lab.ConfigureAsync(lab.MasterNs(1), "dump", "");
        var file = $"{directory}/peers.mrt";

        var (code, said) = await VipMaster.AskAsync(lab, 1, "dump", "--output", file);

        code.Should().Be(0, string.Join('\n', said));
        said.Should().ContainSingle().Which.Should().Be($"{new FileInfo(file).Length} octets of MRT about 1 peers are in {file}.");
        var decode = lab.Start(lab.MasterNs(1), [.. Programs.Cli, "decode", "--json", file]);
        (await decode.WaitForExitAsync()).Should().Be(0, decode.Describe());
        var lines = decode.Lines;
        foreach (var from in new[] { LabTopology.RouterAddress, LabTopology.MasterAddress(1) })
        {
            lines.Should().Contain(line => line.Contains("\"open\"", StringComparison.Ordinal) && line.Contains($"\"from\":\"{from}\"", StringComparison.Ordinal), $"{from} sent an OPEN");
        }

        lines.Should().Contain(line => line.Contains(LabTopology.VipPrefix, StringComparison.Ordinal));
        lines.Should().Contain(line => line.Contains("rack 7 maintenance", StringComparison.Ordinal));
        await BgpdumpReadsAsync(file);
        var (_, status) = await VipMaster.AskAsync(lab, 1, "status");
        status.Should().Contain(line => line.StartsWith($"{LabTopology.RouterAddress}:179: ", StringComparison.Ordinal) && line.Contains("rack 7 maintenance", StringComparison.Ordinal));
    }

    /// <summary>Another program's reading of the file.</summary>
    private static async Task BgpdumpReadsAsync(string file)
    {
        var records = (await Command.RunAsync("bgpdump", "-q", file)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

        foreach (var (from, asn) in new[] { (LabTopology.RouterAddress, 65001), (LabTopology.MasterAddress(1), 65000) })
        {
            records.Should().Contain(record => Holds(record, "/Open\n", $"FROM: {from} AS{asn}\n"), $"{from} sent an OPEN");
            records.Should().Contain(record => Holds(record, "/Keepalive\n", $"FROM: {from} AS{asn}\n"));
        }

        records.Should().Contain(record => Holds(record, "/Update\n", $"FROM: {LabTopology.MasterAddress(1)} AS65000\n", "ASPATH: 65000\n", $"ANNOUNCE\n  {LabTopology.VipPrefix}"));
        records.Should().Contain(record => Holds(record, "/Notify\n", $"FROM: {LabTopology.RouterAddress} AS65001\n"));
        records.Should().Contain(record => Holds(record, "/STATE_CHANGE\n", $"PEER: {LabTopology.RouterAddress} AS65001\n", "/Established"), "changes of state are there too");
    }

    private static bool Holds(string record, params string[] parts) => parts.All(part => record.Contains(part, StringComparison.Ordinal));
}
