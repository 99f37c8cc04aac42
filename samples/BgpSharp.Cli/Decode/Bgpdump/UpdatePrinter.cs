using System.Runtime.CompilerServices;
using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Bgpdump;

/// <summary>Prints the routes of an UPDATE: what all its lines begin with, and end with, is made once.</summary>
internal sealed class UpdatePrinter(LineWriter writer)
{
    private const int LongestHead = 160;

    // bgpdump keeps no more prefixes of one field.
    private const int MostPrefixes = 8_192;

    // In the order of the lines. SAFI 3 once was both unicast and multicast.
    private static readonly BgpFamily[] s_families = [new(1, 1), new(1, 2), new(1, 3), new(2, 1), new(2, 2), new(2, 3)];

    private readonly LineWriter _writer = writer;
    private readonly LineWriter _head = new(LongestHead);
    private readonly LineWriter _tail = new(BgpdumpPrinter.LongestLine);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Print(LenientReader body, scoped in MessageHead head, bool isLocal, bool fourOctetAsn, bool hasPathId)
    {
        var withdrawn = body.Take(body.UInt16());
        var attributes = new BgpdumpAttributes(body.Take(body.UInt16()), fourOctetAsn);
        WriteHead(head, "W"u8, head.IsPeerV6);
        _tail.Length = 0;
        PrintPrefixes(withdrawn, isV6: false, hasPathId);
        if (attributes.HasMpUnreach)
        {
            PrintUnreach(attributes.Block, head, isLocal, hasPathId);
        }

        WriteHead(head, "A"u8, head.IsPeerV6);
        if (!body.IsEmpty)
        {
            WriteTail(attributes, attributes.NextHop);
            PrintPrefixes(body.Rest, isV6: false, hasPathId);
        }

        if (attributes.HasMpReach)
        {
            PrintReach(attributes, hasPathId);
        }
    }

    /// <summary>
    /// Prints an UPDATE of the older form: multiprotocol attributes do not count, nothing parts MED and communities, and
    /// withdrawn prefixes show the address of the peer.
    /// </summary>
    public void PrintLegacy(LenientReader body, scoped in MessageHead head)
    {
        var withdrawn = new LenientReader(body.Take(body.UInt16()));
        var attributes = new BgpdumpAttributes(body.Take(body.UInt16()), fourOctetAsn: false);
        WriteHead(head, "W"u8, asV6: false);
        for (var count = 0; count < MostPrefixes && NlriText.TryRead(ref withdrawn, hasPathId: false, out var prefix); count++)
        {
            _writer.Reserve(BgpdumpPrinter.LongestLine);
            _writer.Text(_head.Written);
            (prefix with { Address = head.Peer }).Write(_writer, isV6: false);
            _writer.Byte((byte)'\n');
        }

        WriteHead(head, "A"u8, asV6: false);
        _tail.Length = 0;
        attributes.WritePath(_tail);
        attributes.NextHop.Write(_tail, asIpv6: false);
        attributes.WriteNumbers(_tail, isSigned: false);
        attributes.WriteEnd(_tail);
        PrintPrefixes(body.Rest, isV6: false, hasPathId: false);
    }

    // The peer of a sent message that withdraws IPv6 prefixes is printed as IPv6, whatever it is.
    private void PrintUnreach(PathAttributeBlock attributes, scoped in MessageHead head, bool isLocal, bool hasPathId)
    {
        foreach (var family in s_families)
        {
            if (MultiprotocolRoutes.TryFindUnreach(attributes, family, out var routes))
            {
                var isV6 = family.Afi == 2;
                WriteHead(head, "W"u8, head.IsPeerV6 || (isV6 && isLocal));
                PrintPrefixes(routes.Nlri, isV6, hasPathId);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PrintReach(scoped in BgpdumpAttributes attributes, bool hasPathId)
    {
        foreach (var family in s_families)
        {
            if (MultiprotocolRoutes.TryFindReach(attributes.Block, family, out var routes) && !routes.Nlri.IsEmpty)
            {
                var isV6 = family.Afi == 2;
                WriteTail(attributes, routes, isV6);
                PrintPrefixes(routes.Nlri, isV6, hasPathId);
            }
        }
    }

    private void WriteHead(scoped in MessageHead head, ReadOnlySpan<byte> kind, bool asV6)
    {
        _head.Length = 0;
        head.Write(_head, kind, asV6);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteTail(scoped in BgpdumpAttributes attributes, BgpdumpAddress nextHop)
    {
        _tail.Length = 0;
        attributes.WritePath(_tail);
        nextHop.Write(_tail, asIpv6: false);
        attributes.WriteNumbers(_tail, isSigned: false);
        _tail.Byte((byte)'|');
        attributes.WriteEnd(_tail);
    }

    // Without a next hop that it knows bgpdump leaves out its column and those beside it. It prints MED and LOCAL_PREF of
    // IPv4 prefixes as signed numbers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteTail(scoped in BgpdumpAttributes attributes, scoped in MultiprotocolRoutes routes, bool isV6)
    {
        _tail.Length = 0;
        if (routes.HasNextHop || !isV6)
        {
            attributes.WritePath(_tail);
        }

        if (routes.HasNextHop)
        {
            routes.NextHop.Write(_tail, routes.IsNextHopV6);
            attributes.WriteNumbers(_tail, isSigned: !isV6);
            _tail.Byte((byte)'|');
        }

        attributes.WriteEnd(_tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PrintPrefixes(ReadOnlySpan<byte> nlri, bool isV6, bool hasPathId)
    {
        var field = new LenientReader(nlri);
        for (var count = 0; count < MostPrefixes && NlriText.TryRead(ref field, hasPathId, out var prefix); count++)
        {
            _writer.Reserve(BgpdumpPrinter.LongestLine);
            _writer.Text(_head.Written);
            prefix.Write(_writer, isV6);
            if (hasPathId)
            {
                _writer.Byte((byte)'|');
                _writer.Number(prefix.PathId);
            }

            if (_tail.Length == 0)
            {
                _writer.Byte((byte)'\n');
            }
            else
            {
                _writer.Byte((byte)'|');
                _writer.Text(_tail.Written);
            }
        }
    }
}
