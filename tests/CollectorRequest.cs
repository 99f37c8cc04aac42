using System.Globalization;
using System.Text.Json;

namespace BgpSharp.TestRun;

/// <summary>What was posted to a <see cref="StandInCollector"/>.</summary>
internal sealed record CollectorRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, JsonElement Body)
{
    /// <summary>The attributes of the resource, in their order.</summary>
    public IReadOnlyList<(string Name, string Value)> Resource => AttributesOf(
        Body.EnumerateObject().Single().Value.EnumerateArray().Single().GetProperty("resource"));

    /// <summary>Each point of each metric as Prometheus' text has it.</summary>
    public IReadOnlyDictionary<string, double> Points => Metrics
        .SelectMany(metric => Data(metric).GetProperty("dataPoints").EnumerateArray().Select(point => (Series(metric.GetProperty("name").GetString()!, point), Value(point))))
        .ToDictionary();

    public IReadOnlyList<JsonElement> Metrics => [.. Scopes("resourceMetrics", "scopeMetrics").SelectMany(scope => scope.GetProperty("metrics").EnumerateArray())];

    /// <summary>The records with their scope.</summary>
    public IReadOnlyList<(string Scope, JsonElement Record)> Logs =>
    [
        .. Scopes("resourceLogs", "scopeLogs").SelectMany(scope => scope.GetProperty("logRecords").EnumerateArray()
            .Select(record => (scope.GetProperty("scope").GetProperty("name").GetString()!, record))),
    ];

    /// <summary>The messages of the records.</summary>
    public IReadOnlyList<string> Lines => [.. Logs.Select(log => log.Record.GetProperty("body").GetProperty("stringValue").GetString()!)];

    public static IReadOnlyList<(string Name, string Value)> AttributesOf(JsonElement element) =>
    [
        .. element.GetProperty("attributes").EnumerateArray()
            .Select(attribute => (attribute.GetProperty("key").GetString()!, attribute.GetProperty("value").EnumerateObject().Single().Value.ToString())),
    ];

    private static JsonElement Data(JsonElement metric) => metric.TryGetProperty("sum", out var sum) ? sum : metric.GetProperty("gauge");

    private static string Series(string name, JsonElement point) => AttributesOf(point) is { Count: > 0 } labels
        ? $"{name}{{{string.Join(',', labels.Select(label => $"{label.Name}=\"{label.Value}\""))}}}"
        : name;

    private static double Value(JsonElement point) => point.TryGetProperty("asInt", out var number)
        ? long.Parse(number.GetString()!, CultureInfo.InvariantCulture)
        : point.GetProperty("asDouble").GetDouble();

    private IEnumerable<JsonElement> Scopes(string resources, string scopes) =>
        Body.GetProperty(resources).EnumerateArray().SelectMany(resource => resource.GetProperty(scopes).EnumerateArray());
}
