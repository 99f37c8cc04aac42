using System.Text.Json;

namespace BgpSharp.Tests.Samples.Decode;

/// <summary>What a run of <c>bgpsharp decode</c> left behind.</summary>
internal sealed record DecodeResult(int ExitCode, string Output, string Errors)
{
    public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The lines of <c>--json</c>, each read as JSON.</summary>
    public JsonElement[] Objects() => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    })];

    /// <summary>How many objects of each type there are, as in <c>open 2, update 3</c>.</summary>
    public string Types() => string.Join(", ", Objects().GroupBy(line => line.GetProperty("type").GetString())
        .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}"));
}
