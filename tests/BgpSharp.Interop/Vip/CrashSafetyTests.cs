using System.Globalization;
using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Vip;

/// <summary>Whenever the host is killed, the next start makes everything right, and touches nothing of anybody else's.</summary>
public sealed class CrashSafetyTests(CrashLab lab) : IClassFixture<CrashLab>
{
    private const int RandomMoments = 20;

    private static IPAddress Router => LabTopology.RouterAddress;

    private static IPAddress Master => CrashLab.Master;

    [Fact]
    public Task Killed_when_the_address_is_added() => KilledAtTheStartAsync((host, _) => LogsAsync(host, "203.0.113.10/32 added to lo"));

    [Fact]
    public Task Killed_when_it_connects() => KilledAtTheStartAsync(SeenAsync((Master, "Flags [S]")));

    [Fact]
    public Task Killed_when_it_has_sent_OPEN() => KilledAtTheStartAsync(SeenAsync((Master, "Open Message")));

    [Fact]
    public Task Killed_when_Established() => KilledAtTheStartAsync((host, _) => LogsAsync(host, ": established: "));

    [Fact]
    public Task Killed_when_it_has_sent_the_first_UPDATE() => KilledAtTheStartAsync(SeenAsync((Master, "Update Message")));

    [Fact]
    public Task Killed_when_the_gate_is_up() => KilledAtTheStartAsync((host, _) => LogsAsync(host, "203.0.113.10/32 announced: the health check succeeds"));

    [Fact]
    public Task Killed_when_the_drain_has_begun() => KilledAtTheStopAsync((host, _) => LogsAsync(host, "203.0.113.10/32 is drained and withdrawn: stopping"));

    [Fact]
    public Task Killed_when_it_has_withdrawn() => KilledAtTheStopAsync(SeenAsync((Master, "Withdrawn routes")));

    [Fact]
    public Task Killed_when_the_withdrawal_is_acknowledged() => KilledAtTheStopAsync(SeenAsync((Master, "Withdrawn routes"), (Router, "Flags [")));

    [Fact]
    public Task Killed_when_it_has_sent_Cease() => KilledAtTheStopAsync(SeenAsync((Master, "Notification Message")));

    [Fact]
    public Task Killed_when_an_address_is_removed() => KilledAtTheStopAsync((host, _) => LogsAsync(host, "203.0.113.10/32 removed from lo"));

    /// <summary>Half of them while it starts, half of them while it stops; BGPSHARP_TEST_SEED repeats a run.</summary>
    [Fact]
    public async Task Killed_at_random_moments()
    {
        var given = Environment.GetEnvironmentVariable("BGPSHARP_TEST_SEED");
        var seed = given is { Length: > 0 } ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        TestContext.Current.SendDiagnosticMessage("CrashSafetyTests: BGPSHARP_TEST_SEED={0}", seed);
        TestContext.Current.TestOutputHelper!.WriteLine($"BGPSHARP_TEST_SEED={seed}");
        var random = new Random(seed);
        await lab.ReadyAsync();
        var host = await lab.SucceedAsync();
        for (var moment = 0; moment < RandomMoments; moment++)
        {
            var starts = random.Next(2) == 0;
            if (starts)
            {
                await host.KillAsync();
                host = lab.StartVictim();
            }
            else
            {
                host.Send(Signal.Terminate);
            }
            await Task.Delay(random.Next(starts ? 1000 : 400), TestContext.Current.CancellationToken);
            await host.KillAsync();
            host = await lab.SucceedAsync();
        }
        await lab.StopAsync(host);
    }

    private async Task KilledAtTheStartAsync(Func<LabProcess, int, Task> happens)
    {
        await lab.ReadyAsync();
        var mark = lab.Wire.Mark();
        var killed = lab.StartVictim();
        await happens(killed, mark);
        await killed.KillAsync();

        await lab.StopAsync(await lab.SucceedAsync());
    }

    private async Task KilledAtTheStopAsync(Func<LabProcess, int, Task> happens)
    {
        await lab.ReadyAsync();
        var killed = lab.StartVictim();
        await lab.Router.WaitForEstablishedAsync([Master], prefixes: 2);
        var mark = lab.Wire.Mark();
        killed.Send(Signal.Terminate);
        await happens(killed, mark);
        await killed.KillAsync();

        await lab.StopAsync(await lab.SucceedAsync());
    }

    private static Task<string> LogsAsync(LabProcess host, string text) => host.WaitForLineAsync(line => line.Contains(text, StringComparison.Ordinal));

    private Func<LabProcess, int, Task> SeenAsync(params (IPAddress Sender, string Text)[] texts) => (_, mark) => lab.Wire.WaitAsync(mark, texts);
}
