using BgpSharp.Tests.StandIn;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;

namespace BgpSharp.Tests.VipAdvertiser.Health;

[Collection(ProcessMemory.Name)]
public sealed class ProbeHandleTests
{
    [Fact]
    public async Task A_thousand_checks_leave_no_handle_behind()
    {
        using var bench = new ProbeBench();
        await using var apiserver = ProbeBench.Listen(bench.Certificate);
        var probe = bench.Apiserver(apiserver.EndPoint.Port, new GateTlsOptions { Kubeconfig = bench.WriteKubeconfig() });
        await RoundAsync(50);
        var before = await SettledAsync();

        await RoundAsync(1000);

        (await SettledAsync()).Should().BeLessThan(before + 20, "{0} handles were open before the thousand checks", before);

        // Every outcome, on kept and on new connections.
        async Task RoundAsync(int checks)
        {
            for (var i = 0; i < checks; i++)
            {
                apiserver.Mode = (i % 20) switch
                {
                    3 => StandInMode.Unready,
                    5 => StandInMode.Closed,
                    7 => StandInMode.CloseUnanswered,
                    9 => StandInMode.Unauthorized,
                    _ => StandInMode.Ok,
                };
                var result = await probe.ProbeAsync(fresh: i % 20 is 5 or 11, TestContext.Current.CancellationToken);
                result.Outcome.Should().Be(apiserver.Mode switch
                {
                    StandInMode.Closed => ProbeOutcome.Refused,
                    StandInMode.Unready or StandInMode.CloseUnanswered => ProbeOutcome.Failed,
                    _ => ProbeOutcome.Success,
                });
            }
        }
    }

    /// <summary>What other tests and the server's ends leave goes away, a leak does not.</summary>
    private static async Task<int> SettledAsync()
    {
        var least = int.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            least = Math.Min(least, Directory.GetFiles("/proc/self/fd").Length);
            await Task.Delay(10);
        }

        return least;
    }
}
