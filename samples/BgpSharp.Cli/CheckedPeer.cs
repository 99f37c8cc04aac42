using System.Net;

namespace BgpSharp.Cli;

/// <summary>A router to check: where it is, and the AS that it should be in.</summary>
internal sealed record CheckedPeer(IPEndPoint EndPoint, Asn Asn)
{
    /// <summary>ADDR[:PORT],AS.</summary>
    public static bool TryParse(string text, out CheckedPeer? peer)
    {
        peer = null;
        if (text.Split(',') is [var address, var number] && Parsers.TryParsePeer(address, out var endPoint) && Parsers.TryParseAsn(number, out var asn))
        {
            peer = new CheckedPeer(endPoint!, asn);
        }

        return peer is not null;
    }
}
