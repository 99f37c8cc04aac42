using System.Net;
using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Vip;

/// <summary>A configuration file that changes under a running host.</summary>
public sealed class ReloadTests
{
    private const string Second = "203.0.113.20", Third = "203.0.113.30";

    private static IPAddress Master => LabTopology.MasterAddress(1);

    [Fact]
    public async Task What_changes_in_the_file_is_applied_without_touching_the_session_and_a_bad_file_changes_nothing()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var file = $"{lab.RunDirectory}/vip.yaml";
        await WriteAsync(file, Good($"{LabTopology.Vip}"));
        var host = lab.Start(lab.MasterNs(1), [.. Programs.VipAdvertiser, "--config", file]);
        await router.WaitForEstablishedAsync([Master], prefixes: 1);

        await WriteAsync(file, Good($"{LabTopology.Vip},{Second}"));

        await router.Routes.WaitForNextHopsAsync($"{Second}/32", [Master]);

        await WriteAsync(file, Good($"{LabTopology.Vip},{Second}").Replace("as: 65001", "as: none", StringComparison.Ordinal));

        await host.WaitForLineAsync(line => line.Contains("The new configuration is refused, the old one goes on: peers:0:as is 'none'", StringComparison.Ordinal));
        var refused = await StatusAsync(lab);
        refused.GetProperty("reloadProblems")[0].GetString().Should().StartWith("peers:0:as is 'none'");
        refused.GetProperty("vips").EnumerateArray().Should().OnlyContain(vip => vip.GetProperty("announced").GetBoolean());
        (await VipMaster.AskAsync(lab, 1, "reload")).Code.Should().Be(2, "the command says so too");

        await WriteAsync(file, Good($"{LabTopology.Vip},{Third}"));

        await router.Routes.WaitForNextHopsAsync($"{Third}/32", [Master]);
        await router.Routes.WaitForNextHopsAsync($"{Second}/32", []);
        (await VipMaster.AskAsync(lab, 1, "reload")).Code.Should().Be(0);
        var after = (await router.WaitForEstablishedAsync([Master], prefixes: 2))[Master];
        (after.ConnectionsEstablished, after.ConnectionsDropped).Should().Be((1, 0), "it is still the first session");
        (await StatusAsync(lab)).GetProperty("reloadProblems").GetArrayLength().Should().Be(0);
        (await host.StopAsync()).Should().Be(0);
        (await Ip.RunAsync(lab.MasterNs(1), "-4", "addr", "show", "dev", "lo")).Should().NotContain("203.0.113.");
    }

    [Fact]
    public async Task SIGHUP_reads_the_configuration_again_and_SIGUSR1_writes_the_state_to_the_log()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var host = VipMaster.Start(lab, 1);
        await router.WaitForEstablishedAsync([Master]);

        host.Send(Signal.Hangup);

        await host.WaitForLineAsync(line => line.Contains("SIGHUP: reading the configuration again", StringComparison.Ordinal));
        await host.WaitForLineAsync(line => line.Contains("The configuration was read again and is in force", StringComparison.Ordinal));
        var from = host.Lines.Count;
        host.Send(Signal.User1);
        await host.WaitForLineAsync(line => line.Contains($"{LabTopology.RouterAddress}:179", StringComparison.Ordinal) && line.Contains("Established", StringComparison.Ordinal), from: from);
        var after = (await router.SummaryAsync())[Master];
        (after.ConnectionsEstablished, after.ConnectionsDropped).Should().Be((1, 0));
    }

    private static string Good(string vips) => $"""
        vip: {vips}
        localAs: 65000
        peers:
          - address: {LabTopology.RouterAddress}
            as: 65001
        health:
          check: none
        drain:
          time: 100ms
          linger: 100ms
        """;

    /// <summary>As an editor does it, whole: a new file in the place of the old one.</summary>
    private static async Task WriteAsync(string path, string text)
    {
        await File.WriteAllTextAsync($"{path}.new", text + "\n");
        File.Move($"{path}.new", path, overwrite: true);
    }

    private static async Task<JsonElement> StatusAsync(Lab lab)
    {
        var (code, lines) = await VipMaster.AskAsync(lab, 1, "status", "--json");
        code.Should().Be(0, string.Join('\n', lines));
        using var json = JsonDocument.Parse(lines.Single());
        return json.RootElement.Clone();
    }
}
