using System.Text.Json;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser.Otlp;

/// <summary>Who the metrics and logs are of.</summary>
internal sealed class OtlpResource
{
    private const string Name = "bgpsharp-vip";

    private readonly Dictionary<string, string> _attributes;
    private readonly string _version;

    /// <param name="options">The operator's attributes win.</param>
    /// <param name="version">Of the program.</param>
    /// <param name="node">The node's name: one host runs on a node, so that it names the instance too, and the same one after a restart.</param>
    public OtlpResource(OtlpOptions options, string version, string node)
    {
        _version = version;
        _attributes = new() { ["service.name"] = Name, ["service.version"] = version, ["service.instance.id"] = node, ["host.name"] = node };
        foreach (var (name, value) in options.ResourceAttributes)
        {
            _attributes[name] = value;
        }

        _attributes["service.name"] = options.ServiceName ?? _attributes["service.name"];
    }

    /// <summary>Writes what a request begins with, up to its scopes.</summary>
    public void WriteBeginning(Utf8JsonWriter json, string resources, string scopes)
    {
        json.WriteStartObject();
        json.WriteStartArray(resources);
        json.WriteStartObject();
        json.WriteStartObject("resource");
        json.WriteStartArray("attributes");
        foreach (var (name, value) in _attributes)
        {
            json.WriteAttribute(name, value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray(scopes);
    }

    /// <summary>Writes the beginning of a scope, up to the elements of its list.</summary>
    public void WriteScope(Utf8JsonWriter json, string scope, string list)
    {
        json.WriteStartObject();
        json.WriteStartObject("scope");
        json.WriteString("name", scope);
        json.WriteString("version", _version);
        json.WriteEndObject();
        json.WriteStartArray(list);
    }

    public static void WriteScopeEnd(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteEnd(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
