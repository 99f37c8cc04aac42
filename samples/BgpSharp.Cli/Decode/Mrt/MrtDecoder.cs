using System.Net;
using BgpSharp.Cli.Decode.Input;
using BgpSharp.Cli.Decode.Messages;
using BgpSharp.Mrt;

namespace BgpSharp.Cli.Decode.Mrt;

/// <summary>Decodes the records of an MRT file one after the other.</summary>
internal sealed class MrtDecoder(IMessagePrinter printer, ContextHints hints) : IInputDecoder
{
    private const int HeaderLength = 19;

    private readonly MessageDecoder _messages = new(printer);
    private MrtPeerIndexTable? _peers;

    public string? Decode(Stream content, Complaints complaints, CancellationToken stopping)
    {
        var reader = new MrtReader(content);
        while (reader.TryRead(out var record))
        {
            stopping.ThrowIfCancellationRequested();
            if (!Print(record))
            {
                complaints.Add(reader.Offset, "a record that cannot be read");
            }
        }

        MrtEnd.Check(reader.State, reader.Offset);
        return null;
    }

    /// <summary>Prints a record; false when it does not hold what its type says.</summary>
    private bool Print(in MrtRecord record)
    {
        MrtError error = default;
        var isShown = false;
        switch (record.Kind)
        {
            case MrtKind.Message:
                // A message that is longer than its record is shown as far as it goes.
                isShown = MrtMessage.TryRead(record, out var message, out error) || !message.Octets.IsEmpty;
                if (isShown)
                {
                    Print(record, message);
                }

                break;
            case MrtKind.StateChange:
                isShown = MrtStateChange.TryRead(record, out var change, out error);
                if (isShown)
                {
                    Print(record, change);
                }

                break;
            case MrtKind.PeerIndexTable:
                isShown = MrtPeerIndexTable.TryRead(record, out _peers, out error);
                if (isShown)
                {
                    printer.PeerTable(record.Time, _peers!);
                }

                break;
            case MrtKind.Rib:
                isShown = MrtRib.TryRead(record, out var rib, out error);
                if (isShown)
                {
                    Print(record, rib);
                }

                break;
            case MrtKind.TableDump:
                isShown = MrtTableDump.TryRead(record, out var dump, out error);
                if (isShown)
                {
                    Print(record, dump);
                }

                break;
            default:
                break;
        }

        if (!isShown)
        {
            var reason = error.Problem == MrtProblem.None ? "a type that is not read" : $"{error}";
            printer.Undecoded(new MessageHead { Time = record.Time, Length = record.Length }, $"mrt-record {record.Type}/{record.Subtype}", reason, record.Body);
        }

        return error.Problem == MrtProblem.None;
    }

    private void Print(in MrtRecord record, in MrtMessage message)
    {
        var peer = new IPEndPoint(message.PeerAddress, 0);
        var local = new IPEndPoint(message.LocalAddress, 0);
        var head = message.IsLocal
            ? new MessageHead { Time = record.Time, From = local, FromAs = message.LocalAsn, To = peer, ToAs = message.PeerAsn }
            : new MessageHead { Time = record.Time, From = peer, FromAs = message.PeerAsn, To = local, ToAs = message.LocalAsn };

        // Some recorders write messages with path identifiers into records for those without.
        var context = message.Context;
        var known = new ContextHints(
            context.FourOctetAsn,
            context.AddPathIpv4Unicast ? true : null,
            context.AddPathIpv6Unicast ? true : null,
            message.LocalAsn == 0 ? null : context.IsInternal);
        _messages.Decode(head, message.Octets.IsEmpty ? WithHeader(message) : message.Octets, known.Or(hints));
    }

    private void Print(in MrtRecord record, in MrtStateChange change)
    {
        var head = new MessageHead
        {
            Time = record.Time,
            From = new IPEndPoint(change.PeerAddress, 0),
            FromAs = change.PeerAsn,
            To = change.LocalAddress is { } local ? new IPEndPoint(local, 0) : null,
            ToAs = change.LocalAddress is null ? null : change.LocalAsn,
        };
        printer.StateChange(head, change.OldState, change.NewState);
    }

    private void Print(in MrtRecord record, in MrtRib rib)
    {
        var prefix = rib.Prefix.IsNone ? Convert.ToHexString(rib.Nlri) : $"{rib.Prefix}";
        foreach (var entry in rib.Entries)
        {
            var peer = entry.PeerIndex < _peers?.Peers.Count ? _peers.Peers[entry.PeerIndex] : null;
            printer.Route(new TableRoute
            {
                Time = record.Time,
                Family = rib.Family,
                Prefix = prefix,
                Sequence = rib.Sequence,
                Peer = peer?.Address,
                PeerAs = peer?.Asn,
                PeerIndex = entry.PeerIndex,
                Originated = DateTimeOffset.FromUnixTimeSeconds(entry.OriginatedSeconds),
                PathId = rib.HasPathIdentifiers ? entry.PathId : null,
                Attributes = entry.Attributes,
                FourOctetAsn = true,
            });
        }
    }

    private void Print(in MrtRecord record, in MrtTableDump dump) => printer.Route(new TableRoute
    {
        Time = record.Time,
        Family = dump.PrefixOctets.Length == 4 ? BgpFamily.Ipv4Unicast : BgpFamily.Ipv6Unicast,
        Prefix = dump.Prefix.IsNone ? $"{Convert.ToHexString(dump.PrefixOctets)}/{dump.PrefixLength}" : $"{dump.Prefix}",
        Sequence = dump.Sequence,
        Peer = dump.PeerAddress,
        PeerAs = dump.PeerAsn,
        PeerIndex = null,
        Originated = DateTimeOffset.FromUnixTimeSeconds(dump.OriginatedSeconds),
        PathId = null,
        Attributes = dump.Attributes,
        FourOctetAsn = dump.FourOctetAsn,
    });

    // Records of the first type hold a message's body without its header.
    private static byte[] WithHeader(in MrtMessage message)
    {
        var octets = new byte[Math.Min(HeaderLength + message.Body.Length, ushort.MaxValue)];
        octets.AsSpan(0, 16).Fill(0xFF);
        octets[16] = (byte)(octets.Length >> 8);
        octets[17] = (byte)octets.Length;
        octets[18] = message.MessageType;
        message.Body[..(octets.Length - HeaderLength)].CopyTo(octets.AsSpan(HeaderLength));
        return octets;
    }
}
