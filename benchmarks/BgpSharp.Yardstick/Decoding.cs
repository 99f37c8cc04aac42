using BgpSharp.Mrt;
using BgpSharp.Wire;

namespace BgpSharp.Yardstick;

/// <summary>Reads every UPDATE of an MRT file that lies in memory.</summary>
internal static class Decoding
{
    public delegate void Visitor(ReadOnlySpan<byte> body, in WireContext context, ref Totals totals);

    public static int Run(string path, int runs, Visitor visit)
    {
        var file = File.ReadAllBytes(path);
        for (var run = 0; run < runs; run++)
        {
            Totals totals = default;
            GC.Collect();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = Environment.CpuUsage.UserTime;
            ReadAll(file, visit, ref totals);
            var elapsed = Environment.CpuUsage.UserTime - start;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Console.WriteLine(
                $"{elapsed.TotalNanoseconds / totals.Updates:F2} updates={totals.Updates} prefixes={totals.Prefixes} "
                + $"malformed={totals.Malformed} checksum={totals.Checksum:x16} allocated={allocated / totals.Updates}");
        }

        return 0;
    }

    public static void Walk(ReadOnlySpan<byte> body, in WireContext context, ref Totals totals) =>
        UpdateChecksum.Add(body, context, ref totals);

    public static void Validate(ReadOnlySpan<byte> body, in WireContext context, ref Totals totals)
    {
        UpdateDecoder.Decode(body, context, out _, out _);
        UpdateChecksum.Add(body, context, ref totals);
    }

    public static void ToObjects(ReadOnlySpan<byte> body, in WireContext context, ref Totals totals)
    {
        totals.Updates++;
        if (UpdateDecoder.Decode(body, context, out var view, out _) == UpdateVerdict.Reset)
        {
            totals.Malformed++;
        }

        var update = view.ToUpdate();
        totals.Prefixes += update.Announced.Count + update.Withdrawn.Count;
        foreach (var other in update.OtherFamilies)
        {
            totals.Prefixes += CountPrefixes(other, context);
        }
    }

    // Multicast prefixes are kept as octets.
    private static int CountPrefixes(RawPathAttribute attribute, in WireContext context) =>
        MpReachView.TryRead(attribute.Value.Span, context, out var reach) && attribute.Type == AttributeType.MpReach ? reach.Nlri.Count()
        : MpUnreachView.TryRead(attribute.Value.Span, context, out var unreach) && attribute.Type == AttributeType.MpUnreach ? unreach.Nlri.Count()
        : 0;

    private static void ReadAll(ReadOnlySpan<byte> file, Visitor visit, ref Totals totals)
    {
        while (MrtRecord.TryRead(file, out var record) == MrtReadStatus.Record)
        {
            file = file[record.Length..];
            if (record.Kind == MrtKind.Message && MrtMessage.TryRead(record, out var message, out _)
                && message.MessageType == (byte)MessageType.Update)
            {
                visit(message.Body, message.Context, ref totals);
            }
        }
    }
}
