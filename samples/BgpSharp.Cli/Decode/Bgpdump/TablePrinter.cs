using System.Net.Sockets;
using System.Runtime.CompilerServices;
using BgpSharp.Mrt;

namespace BgpSharp.Cli.Decode.Bgpdump;

/// <summary>Prints routes of tables: TABLE_DUMP and TABLE_DUMP_V2.</summary>
internal sealed class TablePrinter(LineWriter writer)
{
    private const int LongestPrefix = 64;
    private const int LongestPeer = 64;

    private readonly LineWriter _writer = writer;
    private readonly LineWriter _head = new(LongestPrefix);
    private readonly LineWriter _prefix = new(LongestPrefix);

    // "address|AS|" of each peer.
    private byte[][] _peers = [];

    /// <summary>Keeps the peers; a RIB record before them, or of a peer that is not among them, prints nothing.</summary>
    public void ReadPeers(scoped in MrtRecord record)
    {
        _ = MrtPeerIndexTable.TryRead(record, out var table, out _);
        var text = new LineWriter(LongestPeer);
        _peers = [.. (table?.Peers ?? []).Select(peer => PeerText(text, peer))];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PrintTableDump(scoped in MrtRecord record)
    {
        var isV6 = record.Subtype is 2 or 4;
        var fourOctetAsn = record.Subtype is 3 or 4;
        var reader = new LenientReader(record.Body);
        reader.Take(4);
        var prefix = reader.Address(isV6);
        var length = reader.Byte();
        reader.Take(5);
        var peer = reader.Address(isV6);
        var asn = reader.Asn(fourOctetAsn);
        var attributes = new BgpdumpAttributes(reader.Take(reader.UInt16()), fourOctetAsn);

        // Of IPv6 with four-octet AS numbers bgpdump prints the first four octets.
        var asV6 = record.Subtype == 2;
        _writer.Reserve(BgpdumpPrinter.LongestLine);
        _writer.Text("TABLE_DUMP|"u8);
        _writer.Number(record.Seconds);
        _writer.Text("|B|"u8);
        peer.Write(_writer, asV6);
        _writer.Byte((byte)'|');
        _writer.Number(asn);
        _writer.Byte((byte)'|');
        prefix.Write(_writer, asV6);
        _writer.Byte((byte)'/');
        _writer.Number(length);
        _writer.Byte((byte)'|');
        WriteRoute(attributes, isTableDump: true);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PrintRib(scoped in MrtRecord record)
    {
        var subtype = (TableDumpV2Subtype)record.Subtype;
        var hasPathId = subtype is TableDumpV2Subtype.RibIpv4UnicastAddPath or TableDumpV2Subtype.RibIpv6UnicastAddPath;
        if (!hasPathId && subtype is not (TableDumpV2Subtype.RibIpv4Unicast or TableDumpV2Subtype.RibIpv6Unicast))
        {
            return;
        }

        var reader = new LenientReader(record.Body);
        reader.Take(4);
        var prefix = NlriText.Read(ref reader);
        _prefix.Length = 0;
        prefix.Write(_prefix, isV6: subtype is TableDumpV2Subtype.RibIpv6Unicast or TableDumpV2Subtype.RibIpv6UnicastAddPath);
        _prefix.Byte((byte)'|');
        _head.Length = 0;
        _head.Text(hasPathId ? "TABLE_DUMP2_AP|"u8 : "TABLE_DUMP2|"u8);
        _head.Number(record.Seconds);
        _head.Text("|B|"u8);
        for (int left = reader.UInt16(); left > 0 && !reader.IsEmpty; left--)
        {
            int peer = reader.UInt16();
            reader.Take(4);
            var pathId = hasPathId ? reader.UInt32() : 0;
            var attributes = new BgpdumpAttributes(reader.Take(reader.UInt16()), fourOctetAsn: true);
            if (peer >= _peers.Length)
            {
                continue;
            }

            _writer.Reserve(BgpdumpPrinter.LongestLine);
            _writer.Text(_head.Written);
            _writer.Text(_peers[peer]);
            _writer.Text(_prefix.Written);
            if (hasPathId)
            {
                _writer.Number(pathId);
                _writer.Byte((byte)'|');
            }

            WriteRoute(attributes, isTableDump: false);
        }
    }

    // In the older form a next hop of MP_REACH_NLRI is printed as IPv6, whatever it is.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteRoute(scoped in BgpdumpAttributes attributes, bool isTableDump)
    {
        attributes.WritePath(_writer);
        MultiprotocolRoutes routes = default;
        var isReach = attributes.HasMpReach
            && (MultiprotocolRoutes.TryFindReach(attributes.Block, BgpFamily.Ipv6Unicast, out routes)
            || (!isTableDump && MultiprotocolRoutes.TryFindReach(attributes.Block, BgpFamily.Ipv4Unicast, out routes)));
        if (isReach && (routes.HasNextHop || isTableDump))
        {
            routes.NextHop.Write(_writer, routes.IsNextHopV6 || isTableDump);
        }
        else
        {
            attributes.NextHop.Write(_writer, asIpv6: false);
        }

        attributes.WriteNumbers(_writer, isSigned: false);
        _writer.Byte((byte)'|');
        attributes.WriteEnd(_writer);
    }

    private static byte[] PeerText(LineWriter text, MrtPeer peer)
    {
        Span<byte> octets = stackalloc byte[16];
        peer.Address.TryWriteBytes(octets, out var length);
        var isV6 = peer.Address.AddressFamily == AddressFamily.InterNetworkV6;
        text.Length = 0;
        new LenientReader(octets[..length]).Address(isV6).Write(text, isV6);
        text.Byte((byte)'|');
        text.Number(peer.Asn.Value);
        text.Byte((byte)'|');
        return text.Written.ToArray();
    }
}
