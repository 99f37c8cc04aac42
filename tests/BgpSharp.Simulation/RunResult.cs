namespace BgpSharp.Simulation;

/// <summary>How a run ended.</summary>
/// <param name="Seed">What it was made from.</param>
/// <param name="Violation">The invariant that was broken, and when; null: all held.</param>
/// <param name="Hash">Of all that happened.</param>
/// <param name="Trace">The last things that happened, where asked for.</param>
internal sealed record RunResult(ulong Seed, string? Violation, ulong Hash, IReadOnlyList<string> Trace)
{
    /// <summary>What whoever repeats it needs.</summary>
    public override string ToString() => Violation is null
        ? $"seed {Seed}: all invariants held"
        : $"seed {Seed}, {Violation}\n  {string.Join("\n  ", Trace)}\nreplay: BGP_SIM_SEEDS={Seed} dotnet run --project tests/BgpSharp.Simulation";
}
