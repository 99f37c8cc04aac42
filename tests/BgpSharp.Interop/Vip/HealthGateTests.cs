using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Vip;

/// <summary>The health gate with three masters: what takes exactly one next hop away, and what takes none.</summary>
public sealed class HealthGateTests(GateLab lab) : IClassFixture<GateLab>
{
    private const int Sick = 2;

    [Theory]
    [InlineData("Hang")]
    [InlineData("HangInBody")]
    [InlineData("Unready")]
    [InlineData("CloseUnanswered")]
    public Task An_apiserver_that_answers_wrongly_loses_its_next_hop_until_it_recovers(string mode) => LosesExactlyItsOwnAsync(
        () => lab.Apiserver(Sick).SetModeAsync(mode),
        () => lab.Apiserver(Sick).SetModeAsync("Ok"));

    [Fact]
    public Task A_closed_port_loses_its_next_hop_until_it_is_open_again() => LosesExactlyItsOwnAsync(
        async () =>
        {
            await lab.Apiserver(Sick).SetModeAsync("Closed");
            await lab.Apiserver(Sick).TellAsync("disconnect");
        },
        () => lab.Apiserver(Sick).SetModeAsync("Ok"));

    [Fact]
    public Task A_killed_apiserver_loses_its_next_hop_until_it_runs_again() => LosesExactlyItsOwnAsync(
        () => lab.KillApiserverAsync(Sick),
        () => lab.StartApiserverAsync(Sick));

    [Fact]
    public Task A_stopped_apiserver_loses_its_next_hop_until_it_goes_on() => LosesExactlyItsOwnAsync(
        () =>
        {
            lab.Apiserver(Sick).Process.Send(Signal.Stop);
            return Task.CompletedTask;
        },
        () =>
        {
            lab.Apiserver(Sick).Process.Send(Signal.Continue);
            return Task.CompletedTask;
        });

    [Fact]
    public async Task A_CA_that_the_kubeconfig_does_not_know_loses_the_next_hop_until_the_kubeconfig_is_written()
    {
        await LosesExactlyItsOwnAsync(
            async () =>
            {
                await lab.Apiserver(Sick).TellAsync("rotate");
                await lab.Apiserver(Sick).TellAsync("disconnect");
            },
            () => lab.Apiserver(Sick).TellAsync("write"));
    }

    [Theory]
    [InlineData("Unauthorized")]
    [InlineData("Forbidden")]
    public async Task An_apiserver_that_does_not_know_us_is_alive(string mode)
    {
        await NothingMovesAsync(async () =>
        {
            await lab.Apiserver(Sick).SetModeAsync(mode);
            await lab.Apiserver(Sick).AnswersAsync(GateLab.ManyChecks);
            await lab.Apiserver(Sick).SetModeAsync("Ok");
            await lab.Apiserver(Sick).AnswersAsync(GateLab.ManyChecks);
        });
    }

    [Fact]
    public Task A_CA_that_is_rotated_together_with_the_kubeconfig_moves_nothing() => NothingMovesAsync(async () =>
    {
        await lab.Apiserver(Sick).TellAsync("rotate"); // For new connections; there is none before the next two lines.
        await lab.Apiserver(Sick).TellAsync("write");
        await lab.Apiserver(Sick).TellAsync("disconnect");
        await lab.Apiserver(Sick).AnswersAsync(GateLab.ManyChecks);
        await lab.Host(Sick).WaitForLineAsync(line => line.Contains("has changed and was read again from", StringComparison.Ordinal));
    });

    [Fact]
    public async Task A_host_that_starts_before_its_apiserver_waits_for_it_and_needs_no_kubeconfig()
    {
        await lab.ReadyAsync();
        await lab.Host(Sick).StopAsync();
        await lab.Apiserver(Sick).Process.StopAsync(Signal.Kill);
        await lab.StartApiserverAsync(Sick, mode: "Closed", anybody: true);
        File.Delete(lab.Kubeconfig(Sick));
        await lab.Router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, GateLab.AllBut(Sick));
        var monitor = await RouteMonitor.StartAsync(lab.Lab, lab.Lab.RouterNs);

        lab.StartHost(Sick);
        await lab.Host(Sick).WaitForLineAsync(line => line.Contains("Nothing is announced yet", StringComparison.Ordinal));
        await lab.Router.WaitForEstablishedAsync([LabTopology.MasterAddress(Sick)], prefixes: 0);
        await lab.Apiserver(Sick).SetModeAsync("Unready");
        await lab.Apiserver(Sick).AnswersAsync(GateLab.ManyChecks);
        (await monitor.NextHopsAsync(LabTopology.Vip)).Should().BeEmpty("it listens, but is not ready");
        await lab.Apiserver(Sick).SetModeAsync("Ok");

        await lab.AllUpAsync();
        await monitor.StopAsync();
        await NothingMovesAsync(async () =>
        {
            await lab.Apiserver(Sick).TellAsync("write");
            await lab.Apiserver(Sick).AnswersAsync(GateLab.ManyChecks);
            File.Delete(lab.Kubeconfig(Sick));
            await lab.Apiserver(Sick).AnswersAsync(GateLab.ManyChecks);
        });
        await lab.KillApiserverAsync(Sick);
    }

    [Fact]
    public async Task An_apiserver_that_listens_on_the_nodes_address_alone_is_found_there()
    {
        await lab.ReadyAsync();
        await lab.KillApiserverAsync(Sick);

        await lab.StartApiserverAsync(Sick, $"{LabTopology.MasterAddress(Sick)}");

        await lab.AllUpAsync();
        await NothingMovesAsync(() => lab.Apiserver(Sick).AnswersAsync(GateLab.ManyChecks));
        await lab.KillApiserverAsync(Sick);
    }

    [Fact]
    public Task Etcd_failing_everywhere_moves_nothing() => NothingMovesAsync(async () =>
    {
        int[] masters = [.. Enumerable.Range(1, GateLab.Count)];
        await Task.WhenAll(masters.Select(master => lab.Apiserver(master).SetModeAsync("EtcdFails")));
        await Task.WhenAll(masters.Select(master => lab.Apiserver(master).AnswersAsync(3 * GateLab.ManyChecks)));
        await Task.WhenAll(masters.Select(master => lab.Apiserver(master).SetModeAsync("Ok")));
    });

    private async Task LosesExactlyItsOwnAsync(Func<Task> fail, Func<Task> recover)
    {
        await lab.ReadyAsync();
        var drops = await lab.DropsAsync();
        var monitor = await RouteMonitor.StartAsync(lab.Lab, lab.Lab.RouterNs);

        await fail();
        await lab.Router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, GateLab.AllBut(Sick));
        await recover();
        await lab.AllUpAsync();

        var seen = await monitor.NextHopsAsync(LabTopology.Vip);
        await monitor.StopAsync();
        Distinct(seen).Should().BeEquivalentTo(
            [Shown(GateLab.AllBut(Sick)), Shown(GateLab.Everybody)], ordered => ordered.WithStrictOrdering(), "it goes once and comes back once, and no other next hop moves");
        (await lab.DropsAsync()).Should().Equal(drops, "a withdrawal leaves the session up");
    }

    private async Task NothingMovesAsync(Func<Task> meanwhile)
    {
        await lab.ReadyAsync();
        var drops = await lab.DropsAsync();
        var monitor = await RouteMonitor.StartAsync(lab.Lab, lab.Lab.RouterNs);

        await meanwhile();

        (await monitor.NextHopsAsync(LabTopology.Vip)).Should().BeEmpty("no route moves");
        await monitor.StopAsync();
        (await lab.DropsAsync()).Should().Equal(drops);
    }

    /// <summary>Without repetitions: that a route is written again as it was is no change.</summary>
    private static List<string> Distinct(IReadOnlyList<IReadOnlyList<IPAddress>> seen)
    {
        var changes = new List<string>();
        foreach (var shown in seen.Select(Shown))
        {
            if (changes.Count == 0 || changes[^1] != shown)
            {
                changes.Add(shown);
            }
        }
        return changes;
    }

    private static string Shown(IReadOnlyList<IPAddress> nextHops) => string.Join(' ', nextHops.Select(address => $"{address}").Order(StringComparer.Ordinal));
}
