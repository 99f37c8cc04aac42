using BgpSharp.Mrt;
using BgpSharp.Wire;

namespace BgpSharp.Fuzz;

/// <summary>MRT: every record of a stream through the view of its kind.</summary>
internal static class MrtTarget
{
    private const int LongestRecord = 1 << 16;
    private const int ReaderBuffers = 1 << 20;

    public static void Read(ReadOnlySpan<byte> stream, in WireContext context)
    {
        using var octets = new MemoryStream(stream.ToArray());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reader = new MrtReader(octets, LongestRecord);
        var last = -1L;
        while (reader.TryRead(out var record))
        {
            FuzzTargets.Check(reader.Offset > last && record.Length <= LongestRecord, "a reader goes on, and never beyond the longest record");
            last = reader.Offset;
            var unvisited = GC.GetAllocatedBytesForCurrentThread();
            Visit(record);
            FuzzTargets.CheckAllocated(unvisited, record.Length, "looking at a record");
        }

        FuzzTargets.CheckAllocated(before + ReaderBuffers, stream.Length, "reading MRT");
        FuzzTargets.Check(reader.Offset <= stream.Length, "the offset lies in the stream");
    }

    private static void Visit(scoped in MrtRecord record)
    {
        switch (record.Kind)
        {
            case MrtKind.Message when MrtMessage.TryRead(record, out var message, out _) && message.MessageType == (byte)MessageType.Update:
                UpdateTarget.Walk(message.Body, message.Context);
                break;

            case MrtKind.StateChange:
                MrtStateChange.TryRead(record, out _, out _);
                break;

            case MrtKind.PeerIndexTable:
                MrtPeerIndexTable.TryRead(record, out _, out _);
                break;

            case MrtKind.TableDump when MrtTableDump.TryRead(record, out var dump, out _):
                _ = dump.Prefix;
                UpdateTarget.WalkAttributes(dump.Attributes, default);
                break;

            case MrtKind.Rib when MrtRib.TryRead(record, out var rib, out _):
                _ = rib.Prefix;
                foreach (var entry in rib.Entries)
                {
                    _ = entry.NextHopOctets;
                    UpdateTarget.WalkAttributes(entry.Attributes, default);
                }

                break;

            default:
                break;
        }
    }
}
