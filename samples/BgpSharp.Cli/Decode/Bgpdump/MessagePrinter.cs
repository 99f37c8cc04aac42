using System.Runtime.CompilerServices;
using BgpSharp.Mrt;

namespace BgpSharp.Cli.Decode.Bgpdump;

/// <summary>Prints UPDATEs and state changes: BGP4MP, BGP4MP_ET and the older BGP.</summary>
internal sealed class MessagePrinter(LineWriter writer)
{
    private const byte Update = 2;
    private const int BeforeBody = 18;

    // Zebra once wrote records without interface and addresses; a message then has part of its marker in their place.
    private const ushort Missing = 0xFFFF;
    private const int ShortStateChange = 8;

    private readonly LineWriter _writer = writer;
    private readonly UpdatePrinter _updates = new(writer);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PrintMessage(scoped in MrtRecord record)
    {
        var subtype = (Bgp4MpSubtype)record.Subtype;
        var fourOctetAsn = subtype is Bgp4MpSubtype.MessageAs4 or Bgp4MpSubtype.MessageAs4Local
            or Bgp4MpSubtype.MessageAs4AddPath or Bgp4MpSubtype.MessageAs4LocalAddPath;
        var reader = new LenientReader(record.Body);
        var peerAsn = reader.Asn(fourOctetAsn);
        var localAsn = reader.Asn(fourOctetAsn);
        var interfaceIndex = reader.UInt16();
        var afi = reader.UInt16();
        BgpdumpAddress peer = default, local = default;
        var markerLength = 12;
        if (afi is 1 or 2)
        {
            peer = reader.Address(afi == 2);
            local = reader.Address(afi == 2);
            markerLength = 16;
        }
        else if (afi != Missing || interfaceIndex != Missing)
        {
            return;
        }

        var marker = reader.Take(markerLength);
        int length = reader.UInt16();
        var message = new LenientReader(length < BeforeBody ? reader.Rest : reader.Take(length - BeforeBody));
        if (marker.Length < markerLength || marker.ContainsAnyExcept((byte)0xFF) || message.Byte() != Update)
        {
            return;
        }

        // Sent messages with path identifiers are printed as received ones, with the recorder as their peer.
        if (subtype is Bgp4MpSubtype.MessageLocalAddPath or Bgp4MpSubtype.MessageAs4LocalAddPath)
        {
            (peer, peerAsn) = (local, localAsn);
        }

        var isLocal = subtype is Bgp4MpSubtype.MessageLocal or Bgp4MpSubtype.MessageAs4Local;
        var hasPathId = subtype >= Bgp4MpSubtype.MessageAddPath;
        var head = new MessageHead(record, Format(record, isLocal, hasPathId), peer, peerAsn, isPeerV6: afi == 2);
        _updates.Print(message, head, isLocal, fourOctetAsn, hasPathId);
    }

    public void PrintStateChange(scoped in MrtRecord record)
    {
        var fourOctetAsn = (Bgp4MpSubtype)record.Subtype == Bgp4MpSubtype.StateChangeAs4;
        var reader = new LenientReader(record.Body);
        var peerAsn = reader.Asn(fourOctetAsn);
        reader.Asn(fourOctetAsn);
        BgpdumpAddress peer = default;
        var isV6 = false;
        if (record.Body.Length != ShortStateChange)
        {
            reader.UInt16();
            var afi = reader.UInt16();
            isV6 = afi == 2;
            if (!(afi == 1 && record.Body.Length is 20 or 24) && !(isV6 && record.Body.Length is 44 or 48))
            {
                return;
            }

            peer = reader.Address(isV6);
            reader.Address(isV6);
        }

        WriteStates(new MessageHead(record, Format(record, isLocal: false, hasPathId: false), peer, peerAsn, isV6), ref reader);
    }

    public void PrintLegacyUpdate(scoped in MrtRecord record)
    {
        if ((LegacyBgpSubtype)record.Subtype != LegacyBgpSubtype.Update)
        {
            return;
        }

        var reader = new LenientReader(record.Body);
        var peerAsn = reader.Asn(fourOctets: false);
        var peer = reader.Address(isV6: false);
        reader.Take(6);
        _updates.PrintLegacy(reader, new MessageHead(record, "BGP"u8, peer, peerAsn, isPeerV6: false));
    }

    public void PrintLegacyStateChange(scoped in MrtRecord record)
    {
        var reader = new LenientReader(record.Body);
        var peerAsn = reader.Asn(fourOctets: false);
        var peer = reader.Address(isV6: false);
        WriteStates(new MessageHead(record, "BGP"u8, peer, peerAsn, isPeerV6: false), ref reader);
    }

    private static ReadOnlySpan<byte> Format(scoped in MrtRecord record, bool isLocal, bool hasPathId) =>
        (record.IsExtended, isLocal, hasPathId) switch
        {
            (false, false, false) => "BGP4MP"u8,
            (false, false, true) => "BGP4MP_AP"u8,
            (false, true, _) => "BGP4MP_LOCAL"u8,
            (true, false, false) => "BGP4MP_ET"u8,
            (true, false, true) => "BGP4MP_ET_AP"u8,
            (true, true, _) => "BGP4MP_ET_LOCAL"u8,
        };

    private void WriteStates(scoped in MessageHead head, scoped ref LenientReader states)
    {
        _writer.Reserve(BgpdumpPrinter.LongestLine);
        head.Write(_writer, "STATE"u8, head.IsPeerV6);
        _writer.Number(states.UInt16());
        _writer.Byte((byte)'|');
        _writer.Number(states.UInt16());
        _writer.Byte((byte)'\n');
    }
}
