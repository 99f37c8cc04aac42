using BgpSharp.Fuzz;
using BgpSharp.Tests.Architecture;

namespace BgpSharp.Tests.Fuzzing;

/// <summary>What the fuzzer starts from, and what it once found, keeps the promises it checks.</summary>
public sealed class SeedTests
{
    private static readonly string[] s_folders = ["seeds", "regressions"];

    public static TheoryData<string> Inputs =>
    [
        .. s_folders
            .Select(folder => Path.Combine(Repository.Root, "tests/fuzzing", folder))
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateFiles)
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void An_input_gives_a_typed_outcome_in_bounded_memory(string file)
    {
        var input = File.ReadAllBytes(Path.Combine(Repository.Root, file));
        var run = () => FuzzTargets.Run(input);
        run.Should().NotThrow("any input has a typed outcome");
    }
}
