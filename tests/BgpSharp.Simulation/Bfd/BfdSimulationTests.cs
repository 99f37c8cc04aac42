namespace BgpSharp.Simulation.Bfd;

/// <summary>
/// Thousands of pairs of BFD machines over a link that goes wrong, each from a seed. BGP_SIM_SEEDS=17 repeats one,
/// BGP_SIM_SEEDS=0-1000000 runs many.
/// </summary>
public sealed class BfdSimulationTests
{
    private const ulong FindingLimit = 1000;

    public static TheoryData<BfdMutation> Mutations => [.. Enum.GetValues<BfdMutation>().Where(mutation => mutation != BfdMutation.None)];

    [Fact]
    public void Every_seed_keeps_all_invariants()
    {
        var broken = new System.Collections.Concurrent.ConcurrentBag<ulong>();
        Parallel.For((long)SimulationTests.Seeds.First, (long)SimulationTests.Seeds.Last + 1, (seed, loop) =>
        {
            if (BfdWorld.Run((ulong)seed).Violation is not null)
            {
                broken.Add((ulong)seed);
                loop.Stop();
            }
        });

        if (!broken.IsEmpty)
        {
            Assert.Fail(BfdWorld.Run(broken.Min(), tracing: true).ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public void A_mistake_made_on_purpose_is_found(BfdMutation mutation)
    {
        RunResult? found = null;
        for (ulong seed = 0; seed < FindingLimit && found is null; seed++)
        {
            var run = BfdWorld.Run(seed, mutation);
            found = run.Violation is null ? null : run;
        }

        found.Should().NotBeNull($"{mutation} has to be found within {FindingLimit} seeds");
        TestContext.Current.TestOutputHelper?.WriteLine($"{mutation}: {found}");
    }

    [Fact]
    public void A_seed_is_one_run()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            BfdWorld.Run(seed, tracing: true).Hash.Should().Be(BfdWorld.Run(seed).Hash, "a failing seed must fail again when it is repeated");
        }
    }
}
