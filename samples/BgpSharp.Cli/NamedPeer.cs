using System.Net;

namespace BgpSharp.Cli;

/// <summary>A peer as <c>--peer ADDR[:PORT],AS</c> names it.</summary>
internal readonly record struct NamedPeer(IPEndPoint EndPoint, Asn Asn)
{
    public const string Allowed = "a unicast address, with a port or not, a comma and an AS number, as in 198.51.100.9,65001 or [2001:db8::9]:1179,65001";

    public static bool TryParse(string text, out NamedPeer peer)
    {
        peer = default;
        var comma = text.LastIndexOf(',');
        if (comma < 0 || !Parsers.TryParsePeer(text[..comma], out var endPoint) || !Parsers.TryParseAsn(text[(comma + 1)..], out var asn))
        {
            return false;
        }

        peer = new NamedPeer(endPoint!, asn);
        return true;
    }
}
