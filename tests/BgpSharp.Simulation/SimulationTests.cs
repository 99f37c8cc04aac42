using System.Globalization;

namespace BgpSharp.Simulation;

/// <summary>
/// Thousands of networks that go wrong, each from a seed. BGP_SIM_SEEDS=17 repeats one, BGP_SIM_SEEDS=0-1000000 runs many.
/// </summary>
public sealed class SimulationTests
{
    private const ulong FindingLimit = 1000;

    internal static readonly (ulong First, ulong Last) Seeds = Parse(Environment.GetEnvironmentVariable("BGP_SIM_SEEDS"));

    public static TheoryData<Mutation> Mutations => [.. Enum.GetValues<Mutation>().Where(mutation => mutation != Mutation.None)];

    [Fact]
    public void Every_seed_keeps_all_invariants()
    {
        var broken = new System.Collections.Concurrent.ConcurrentBag<ulong>();
        Parallel.For((long)Seeds.First, (long)Seeds.Last + 1, (seed, loop) =>
        {
            if (World.Run((ulong)seed).Violation is not null)
            {
                broken.Add((ulong)seed);
                loop.Stop();
            }
        });

        if (!broken.IsEmpty)
        {
            Assert.Fail(World.Run(broken.Min(), tracing: true).ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public void A_mistake_made_on_purpose_is_found(Mutation mutation)
    {
        RunResult? found = null;
        for (ulong seed = 0; seed < FindingLimit && found is null; seed++)
        {
            var run = World.Run(seed, mutation);
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
            World.Run(seed, tracing: true).Hash.Should().Be(World.Run(seed).Hash, "a failing seed must fail again when it is repeated");
        }
    }

    private static (ulong First, ulong Last) Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return (0, 3999);
        }

        var parts = text.Split('-', 2);
        var first = ulong.Parse(parts[0], CultureInfo.InvariantCulture);
        return (first, parts.Length == 2 ? ulong.Parse(parts[1], CultureInfo.InvariantCulture) : first);
    }
}
