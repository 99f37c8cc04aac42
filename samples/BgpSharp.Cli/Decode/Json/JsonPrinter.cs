using System.Buffers;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using BgpSharp.Cli.Decode.Messages;
using BgpSharp.Mrt;
using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Json;

/// <summary>
/// Messages for programs: one JSON object a line. The keys are stable. All keys of a type are always there, null when not
/// known; of attributes only those that are in the message.
/// </summary>
internal sealed class JsonPrinter : IMessagePrinter, IDisposable
{
    private readonly Stream _output;
    private readonly ArrayBufferWriter<byte> _line = new(4096);
    private readonly Utf8JsonWriter _json;

    public JsonPrinter(Stream output)
    {
        _output = output;

        // Not for HTML: a + in a text stays a +. Not to the stream, which the writer would flush with every line.
        _json = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    public void Open(in MessageHead head, OpenMessage open)
    {
        Begin(head, "open");
        _json.WriteNumber("version", open.Version);
        _json.WriteNumber("as", OpenFacts.Of(open).Asn.Value);
        _json.WriteNumber("hold_time", open.HoldTime);
        _json.WriteString("router_id", $"{open.Identifier}");
        _json.WriteStartArray("capabilities");
        foreach (var capability in open.Capabilities)
        {
            _json.WriteStartObject();
            _json.WriteNumber("code", capability.Code);
            _json.WriteString("text", $"{capability}");
            _json.WriteString("value", Convert.ToHexString(capability.Value.Span));
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteStartArray("other_parameters");
        foreach (var parameter in open.Parameters.Where(parameter => parameter.Type != OpenParameter.CapabilitiesType))
        {
            _json.WriteStartObject();
            _json.WriteNumber("type", parameter.Type);
            _json.WriteString("value", Convert.ToHexString(parameter.Value.Span));
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        End();
    }

    public void Update(in MessageHead head, in UpdateMessage update)
    {
        Begin(head, "update");
        UpdateJson.Write(_json, update);
        End();
    }

    public void Notification(in MessageHead head, BgpNotification notification)
    {
        Begin(head, "notification");
        _json.WriteNumber("code", (byte)notification.Code);
        _json.WriteNumber("subcode", notification.Subcode);
        _json.WriteString("text", $"{notification}");
        _json.WriteString("communication", notification.ShutdownCommunication);
        _json.WriteString("data", Convert.ToHexString(notification.Data.Span));
        End();
    }

    public void Keepalive(in MessageHead head)
    {
        Begin(head, "keepalive");
        End();
    }

    public void RouteRefresh(in MessageHead head, RouteRefreshMessage refresh)
    {
        Begin(head, "route-refresh");
        _json.WriteString("family", $"{refresh.Family}");
        _json.WriteNumber("subtype", (byte)refresh.Subtype);
        _json.WriteString("text", $"{refresh}");
        End();
    }

    public void StateChange(in MessageHead head, MrtFsmState before, MrtFsmState after)
    {
        Begin(head, "state-change");
        _json.WriteString("old_state", MessageNames.StateOf(before));
        _json.WriteString("new_state", MessageNames.StateOf(after));
        End();
    }

    public void PeerTable(DateTimeOffset time, MrtPeerIndexTable table)
    {
        _json.WriteStartObject();
        _json.WriteString("type", "peer-table");
        WriteTime("time", time);
        _json.WriteString("collector", $"{table.Collector}");
        _json.WriteString("view", table.ViewName);
        _json.WriteStartArray("peers");
        foreach (var peer in table.Peers)
        {
            _json.WriteStartObject();
            _json.WriteString("address", $"{peer.Address}");
            _json.WriteNumber("as", peer.Asn.Value);
            _json.WriteString("router_id", $"{peer.Identifier}");
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        End();
    }

    public void Route(in TableRoute route)
    {
        _json.WriteStartObject();
        _json.WriteString("type", "route");
        WriteTime("time", route.Time);
        _json.WriteString("peer", route.Peer is null ? null : $"{route.Peer}");
        WriteNumber("peer_as", route.PeerAs?.Value);
        WriteNumber("peer_index", route.PeerIndex);
        _json.WriteNumber("sequence", route.Sequence);
        WriteTime("originated", route.Originated);
        _json.WriteString("family", $"{route.Family}");
        _json.WriteString("prefix", route.Prefix);
        WriteNumber("path_id", route.PathId);
        _json.WriteStartObject("attributes");
        AttributeJson.WriteTable(_json, route.Attributes, new WireContext { FourOctetAsn = route.FourOctetAsn });
        _json.WriteEndObject();
        End();
    }

    public void Undecoded(in MessageHead head, string what, string reason, ReadOnlySpan<byte> octets)
    {
        Begin(head, "undecoded");
        _json.WriteString("message", what);
        _json.WriteString("reason", reason);
        _json.WriteString("octets", Convert.ToHexString(octets));
        End();
    }

    public void Gap(in MessageHead head, long skipped, long missing)
    {
        Begin(head, "gap");
        _json.WriteNumber("skipped_octets", skipped);
        _json.WriteNumber("missing_octets", missing);
        End();
    }

    public void Flush() => _output.Flush();

    public void Dispose() => _json.Dispose();

    private void Begin(in MessageHead head, string type)
    {
        _json.WriteStartObject();
        _json.WriteString("type", type);
        if (head.Time is { } time)
        {
            WriteTime("time", time);
        }
        else
        {
            _json.WriteNull("time");
        }

        WriteEnd("from", "from_port", "from_as", head.From, head.FromAs);
        WriteEnd("to", "to_port", "to_as", head.To, head.ToAs);
        _json.WriteNumber("length", head.Length);
    }

    // As jq's fromdate takes it, where there is no fraction.
    private void WriteTime(string key, DateTimeOffset time) => _json.WriteString(key, time.UtcDateTime);

    private void WriteEnd(string addressKey, string portKey, string asKey, IPEndPoint? end, Asn? asn)
    {
        _json.WriteString(addressKey, end is null ? null : $"{end.Address}");
        WriteNumber(portKey, end is { Port: not 0 } ? (uint)end.Port : null);
        WriteNumber(asKey, asn?.Value);
    }

    private void WriteNumber(string key, uint? number)
    {
        if (number is { } known)
        {
            _json.WriteNumber(key, known);
        }
        else
        {
            _json.WriteNull(key);
        }
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _output.Write(_line.WrittenSpan);
        _output.WriteByte((byte)'\n');
        _line.ResetWrittenCount();
        _json.Reset();
    }
}
