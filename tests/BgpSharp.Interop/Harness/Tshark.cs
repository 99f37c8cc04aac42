using System.Globalization;
using System.Net;
using System.Xml.Linq;

namespace BgpSharp.Interop.Harness;

/// <summary>Decodes a capture with tshark. Its PDML form keeps the order of several messages in one segment, which its JSON does not.</summary>
internal static class Tshark
{
    /// <summary>TCP flags and BGP messages in the order of the wire.</summary>
    public static async Task<IReadOnlyList<CapturedEvent>> DecodeAsync(string path)
    {
        var pdml = await Command.RunAsync("tshark", "-r", path, "-n", "-T", "pdml", "-J", "frame ip ipv6 tcp bgp");
        return [.. XDocument.Parse(pdml).Root!.Elements("packet").SelectMany(Events)];
    }

    private static IEnumerable<CapturedEvent> Events(XElement packet)
    {
        var frame = Protocols(packet, "frame").Single();
        var ip = Protocols(packet, "ip").Concat(Protocols(packet, "ipv6")).First();
        var tcp = Protocols(packet, "tcp").Single();
        var version = ip.Attribute("name")!.Value;
        var template = new CapturedEvent
        {
            Frame = Number(frame, "frame.number"),
            Time = Time(Show(frame, "frame.time_epoch")),
            Source = IPAddress.Parse(Show(ip, $"{version}.src")),
            Destination = IPAddress.Parse(Show(ip, $"{version}.dst")),
            Connection = Number(tcp, "tcp.stream"),
            Kind = CapturedKind.Syn,
        };
        if (Flag("syn"))
        {
            yield return template;
        }
        foreach (var message in Protocols(packet, "bgp"))
        {
            yield return Message(template, message);
        }
        if (Flag("fin"))
        {
            yield return template with { Kind = CapturedKind.Fin };
        }
        if (Flag("reset"))
        {
            yield return template with { Kind = CapturedKind.Reset };
        }

        bool Flag(string name) => Show(tcp, $"tcp.flags.{name}") is "1" or "True";
    }

    private static CapturedEvent Message(CapturedEvent template, XElement message)
    {
        var kind = (CapturedKind)Number(message, "bgp.type");
        return template with
        {
            Kind = kind,
            Withdrawn = Prefixes(message, "bgp.update.withdrawn_routes"),
            Announced = Prefixes(message, "bgp.update.nlri"),
            Error = kind == CapturedKind.Notification
                // The subcode's field is named after the code: minor_error_cease, minor_error_open, ...
                ? (Number(message, "bgp.notify.major_error"), Number(message, "bgp.notify.minor_error"))
                : null,
        };
    }

    private static string[] Prefixes(XElement message, string list) =>
        [.. message.Elements("field").Where(f => Name(f) == list).Elements("field").Select(f => f.Attribute("show")!.Value)];

    private static IEnumerable<XElement> Protocols(XElement packet, string name) =>
        packet.Elements("proto").Where(p => Name(p) == name);

    private static int Number(XElement proto, string field) => int.Parse(Show(proto, field), CultureInfo.InvariantCulture);

    /// <summary>The value of the first field of that name, or else of the first one whose name starts so.</summary>
    private static string Show(XElement proto, string field)
    {
        var fields = proto.Descendants("field").ToArray();
        var found = fields.FirstOrDefault(f => Name(f) == field)
            ?? fields.FirstOrDefault(f => Name(f).StartsWith(field + "_", StringComparison.Ordinal))
            ?? throw new InvalidDataException($"tshark shows no {field} in {proto}");
        return found.Attribute("show")!.Value;
    }

    private static DateTimeOffset Time(string epochSeconds) =>
        DateTimeOffset.UnixEpoch + TimeSpan.FromTicks((long)(decimal.Parse(epochSeconds, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond));

    private static string Name(XElement element) => element.Attribute("name")?.Value ?? "";
}
