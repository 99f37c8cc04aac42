using System.Globalization;
using System.Net;
using BgpSharp.Cli.Decode.Messages;
using BgpSharp.Mrt;
using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Text;

/// <summary>Messages for people: a line that says what it is, then a line for each thing in it.</summary>
internal sealed class TextPrinter(TextWriter output) : IMessagePrinter
{
    public void Open(in MessageHead head, OpenMessage open)
    {
        Begin(head, "OPEN");
        output.WriteLine($"  version {open.Version}, AS {OpenFacts.Of(open).Asn}, hold time {open.HoldTime} s, router id {open.Identifier}");
        foreach (var capability in open.Capabilities)
        {
            output.WriteLine($"  {capability}");
        }

        foreach (var parameter in open.Parameters.Where(parameter => parameter.Type != OpenParameter.CapabilitiesType))
        {
            output.WriteLine($"  parameter-{parameter.Type} 0x{Convert.ToHexString(parameter.Value.Span)}");
        }
    }

    public void Update(in MessageHead head, in UpdateMessage update)
    {
        Begin(head, "UPDATE");
        UpdateText.Write(output, update);
    }

    public void Notification(in MessageHead head, BgpNotification notification)
    {
        Begin(head, "NOTIFICATION");
        output.WriteLine($"  {notification}");
    }

    public void Keepalive(in MessageHead head) => Begin(head, "KEEPALIVE");

    public void RouteRefresh(in MessageHead head, RouteRefreshMessage refresh)
    {
        Begin(head, "ROUTE-REFRESH");
        output.WriteLine($"  {refresh}");
    }

    public void StateChange(in MessageHead head, MrtFsmState before, MrtFsmState after)
    {
        Begin(head with { To = null }, "STATE CHANGE");
        output.WriteLine($"  {MessageNames.StateOf(before)} to {MessageNames.StateOf(after)}");
    }

    public void PeerTable(DateTimeOffset time, MrtPeerIndexTable table)
    {
        WriteTime(time);
        output.WriteLine($"PEERS of {table.Collector}{(table.ViewName.Length == 0 ? "" : $", view {Printable.Of(table.ViewName)}")}");
        foreach (var (index, peer) in table.Peers.Index())
        {
            output.WriteLine($"  {index}: {peer.Address} AS {peer.Asn}, router id {peer.Identifier}");
        }
    }

    public void Route(in TableRoute route)
    {
        WriteTime(route.Time);
        var peer = route.Peer is null ? $"peer {route.PeerIndex}" : $"{route.Peer} AS {route.PeerAs}";
        output.WriteLine($"ROUTE {route.Family} {route.Prefix} from {peer}");
        if (route.PathId is { } id)
        {
            Line.Write(output, "path", $"{id}");
        }

        Line.Write(output, "since", Time(route.Originated));
        UpdateText.WriteTableAttributes(output, route.Attributes, new WireContext { FourOctetAsn = route.FourOctetAsn });
    }

    public void Undecoded(in MessageHead head, string what, string reason, ReadOnlySpan<byte> octets)
    {
        Begin(head, what.ToUpperInvariant());
        Line.Write(output, "cannot be read", reason);
        Line.Write(output, "octets", Convert.ToHexString(octets));
    }

    public void Gap(in MessageHead head, long skipped, long missing)
    {
        var what = (missing > 0 ? $"{missing} octets are not in the capture" : null, skipped > 0 ? $"{skipped} octets belong to no whole message" : null) switch
        {
            ({ } one, { } other) => $"{one}, {other}",
            var (one, other) => one ?? other,
        };
        output.WriteLine($"{Ends(head)}-- {what}");
    }

    public void Flush() => output.Flush();

    private void Begin(in MessageHead head, string type)
    {
        WriteTime(head.Time);
        output.WriteLine(head.Length == 0 ? $"{Ends(head)}{type}" : $"{Ends(head)}{type}, {head.Length} octets");
    }

    private void WriteTime(DateTimeOffset? time)
    {
        if (time is { } known)
        {
            output.Write($"{Time(known)} ");
        }
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static string Ends(in MessageHead head) => (head.From, head.To) switch
    {
        (null, _) => "",
        ({ } from, null) => $"{End(from, head.FromAs)} ",
        var (from, to) => $"{End(from, head.FromAs)} > {End(to, head.ToAs)} ",
    };

    private static string End(IPEndPoint end, Asn? asn)
    {
        var address = end.Port == 0 ? $"{end.Address}" : $"{end}";
        return asn is null ? address : $"{address} AS {asn}";
    }
}
