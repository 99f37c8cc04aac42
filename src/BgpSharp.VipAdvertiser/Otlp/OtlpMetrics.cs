using System.Buffers;
using System.Text;
using System.Text.Json;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.VipAdvertiser.Otlp;

/// <summary>Writes metrics as a request to OTLP's v1/metrics, with the names that /metrics has: gauges, and sums since a start.</summary>
internal sealed class OtlpMetrics : MetricsWriter, IDisposable
{
    private const string Scope = "bgpsharp-vip";

    /// <summary>AGGREGATION_TEMPORALITY_CUMULATIVE.</summary>
    private const int Cumulative = 2;

    private readonly ArrayBufferWriter<byte> _octets = new(32 * 1024);
    private readonly Utf8JsonWriter _json;
    private readonly CounterStarts _starts;
    private readonly DateTimeOffset _time;
    private (string Name, string Help, bool IsCounter) _family;
    private bool _hasSamples;

    public OtlpMetrics(OtlpResource resource, CounterStarts starts, DateTimeOffset time)
    {
        (_starts, _time) = (starts, time);
        _json = new Utf8JsonWriter(_octets, OtlpJson.Options);
        resource.WriteBeginning(_json, "resourceMetrics", "scopeMetrics");
        resource.WriteScope(_json, Scope, "metrics");
    }

    public override void Sample(long value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        BeginPoint(value, labels);
        _json.WriteInteger("asInt", value);
        _json.WriteEndObject();
    }

    public override void Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        BeginPoint(value, labels);
        _json.WriteDouble("asDouble", value);
        _json.WriteEndObject();
    }

    /// <summary>The request's body; nothing can be added any more.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        EndFamily();
        OtlpResource.WriteScopeEnd(_json);
        OtlpResource.WriteEnd(_json);
        _json.Flush();
        _starts.Collected(_time);
        return _octets.WrittenMemory;
    }

    public void Dispose() => _json.Dispose();

    /// <summary>Not written before it has a sample: a metric without any is none.</summary>
    protected override void Family(string name, string help, bool isCounter)
    {
        EndFamily();
        _family = (name, help, isCounter);
    }

    private void BeginPoint(double value, ReadOnlySpan<(string Name, string Value)> labels)
    {
        BeginFamily();
        _json.WriteStartObject();
        _json.WriteStartArray("attributes");
        foreach (var (name, text) in labels)
        {
            _json.WriteAttribute(name, text);
        }

        _json.WriteEndArray();
        if (_family.IsCounter)
        {
            _json.WriteTime("startTimeUnixNano", _starts.Of(SeriesOf(labels), value, _time));
        }

        _json.WriteTime("timeUnixNano", _time);
    }

    private void BeginFamily()
    {
        if (_hasSamples)
        {
            return;
        }

        _hasSamples = true;
        _json.WriteStartObject();
        _json.WriteString("name", _family.Name);
        _json.WriteString("description", _family.Help);
        _json.WriteStartObject(_family.IsCounter ? "sum" : "gauge");
        if (_family.IsCounter)
        {
            _json.WriteNumber("aggregationTemporality", Cumulative);
            _json.WriteBoolean("isMonotonic", true);
        }

        _json.WriteStartArray("dataPoints");
    }

    private void EndFamily()
    {
        if (_hasSamples)
        {
            _hasSamples = false;
            _json.WriteEndArray();
            _json.WriteEndObject();
            _json.WriteEndObject();
        }
    }

    private string SeriesOf(ReadOnlySpan<(string Name, string Value)> labels)
    {
        var series = new StringBuilder(_family.Name);
        foreach (var (name, value) in labels)
        {
            series.Append('\n').Append(name).Append('=').Append(value);
        }

        return series.ToString();
    }
}
