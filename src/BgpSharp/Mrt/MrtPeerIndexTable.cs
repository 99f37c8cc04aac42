using System.Net;
using System.Text.Unicode;

namespace BgpSharp.Mrt;

/// <summary>
/// The peers of a table (RFC 6396 §4.3.1): the first record of a TABLE_DUMP_V2 file, which the RIB records refer to.
/// Immutable, to be kept while those are read.
/// </summary>
public sealed class MrtPeerIndexTable
{
    private const byte Ipv6Address = 0x01;
    private const byte FourOctetAsn = 0x02;
    private const int SmallestEntry = 1 + 4 + 4 + 2;

    private MrtPeerIndexTable(BgpIdentifier collector, string viewName, IReadOnlyList<MrtPeer> peers)
    {
        Collector = collector;
        ViewName = viewName;
        Peers = peers;
    }

    /// <summary>The recorder's BGP identifier.</summary>
    public BgpIdentifier Collector { get; }

    /// <summary>The name of the view; often empty. Octets that are not UTF-8 are replaced.</summary>
    public string ViewName { get; }

    /// <summary>The peers, in the order of their index.</summary>
    public IReadOnlyList<MrtPeer> Peers { get; }

    /// <summary>Reads the table.</summary>
    /// <param name="record">A record of <see cref="MrtKind.PeerIndexTable"/>.</param>
    /// <param name="table">The table, when the result is true; else the peers before the error, or null.</param>
    /// <param name="error">What is wrong, when the result is false.</param>
    /// <returns>Whether all of it could be read.</returns>
    public static bool TryRead(scoped in MrtRecord record, out MrtPeerIndexTable? table, out MrtError error)
    {
        table = null;
        if (record.Kind != MrtKind.PeerIndexTable)
        {
            error = new MrtError(MrtProblem.WrongKind, 0);
            return false;
        }

        var fields = new MrtFieldReader(record.Body);
        var collector = new BgpIdentifier(fields.UInt32());
        var viewName = ToText(fields.Octets(fields.UInt16()));
        int count = fields.UInt16();
        if (!fields.IsOk)
        {
            error = fields.Error;
            return false;
        }

        var peers = new List<MrtPeer>(Math.Min(count, fields.Rest.Length / SmallestEntry));
        for (var i = 0; i < count && fields.IsOk; i++)
        {
            var type = fields.Byte();
            var identifier = new BgpIdentifier(fields.UInt32());
            var address = fields.Octets((type & Ipv6Address) != 0 ? 16 : 4);
            var asn = fields.Asn((type & FourOctetAsn) != 0);
            if (fields.IsOk)
            {
                peers.Add(new MrtPeer(identifier, new IPAddress(address), asn));
            }
        }

        table = new MrtPeerIndexTable(collector, viewName, peers.AsReadOnly());
        error = fields.Error;
        return fields.IsOk;
    }
    // Not Encoding.UTF8: that allocates for every octet it replaces.
    private static string ToText(ReadOnlySpan<byte> octets)
    {
        Span<char> text = new char[octets.Length];
        Utf8.ToUtf16(octets, text, out _, out var length);
        return new string(text[..length]);
    }
}
