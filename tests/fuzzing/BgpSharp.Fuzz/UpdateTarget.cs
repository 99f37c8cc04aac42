using BgpSharp.Wire;

namespace BgpSharp.Fuzz;

/// <summary>UPDATE: the judged view, the objects made of it, the raw reader.</summary>
internal static class UpdateTarget
{
    public static void Judge(ReadOnlySpan<byte> body, in WireContext context)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var verdict = UpdateDecoder.Decode(body, context, out var view, out var problem);
        FuzzTargets.CheckAllocated(before, body.Length, "judging an UPDATE");
        FuzzTargets.Check(verdict == problem.Verdict, "the problem has the verdict");
        FuzzTargets.Check(verdict == UpdateVerdict.Accept || problem.Rule != UpdateRule.None, "a verdict names a rule");
        FuzzTargets.Check(problem.Offset <= body.Length, "the offset is in the message");
        FuzzTargets.Check(problem.ToString().Length > 0, "a problem can be told");
        var prefixes = view.AnnouncedPrefixes.Count() + view.WithdrawnPrefixes.Count();
        FuzzTargets.Check(prefixes <= body.Length, "a prefix has at least an octet");
        FuzzTargets.Check(verdict != UpdateVerdict.TreatAsWithdraw || view.AnnouncedPrefixes.IsEmpty, "nothing is announced by what is treated as withdraw");

        before = GC.GetAllocatedBytesForCurrentThread();
        var update = view.ToUpdate();
        FuzzTargets.CheckAllocated(before, body.Length, "making objects of an UPDATE");
        FuzzTargets.Check(update.Announced.Count + update.Withdrawn.Count <= prefixes, "objects have no more prefixes than the message");
        _ = update.ToString();
        if (verdict != UpdateVerdict.Reset)
        {
            var difference = new UpdateRoundTrip().Difference(body, context);
            FuzzTargets.Check(difference is null, $"what is read of an UPDATE survives being written: {difference}");
        }
    }

    public static void Walk(ReadOnlySpan<byte> body, in WireContext context)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        if (UpdateReader.TryRead(body, context, out var update))
        {
            WalkPrefixes(update.Withdrawn);
            WalkAttributes(update.Attributes, context);
            WalkPrefixes(update.Nlri);
        }

        FuzzTargets.Check(GC.GetAllocatedBytesForCurrentThread() == before, "the raw reader allocates nothing");
    }

    internal static void WalkAttributes(PathAttributeBlock attributes, in WireContext context)
    {
        foreach (var attribute in attributes)
        {
            foreach (var segment in attribute.ToAsPath(context.FourOctetAsn))
            {
                foreach (var asn in segment)
                {
                    _ = asn.Value;
                }
            }

            foreach (var community in attribute.ToValues<LargeCommunity>())
            {
                _ = community.LocalData1;
            }

            if (attribute.TryReadMpReach(context, out var reach))
            {
                WalkPrefixes(reach.Nlri);
            }

            if (attribute.TryReadMpUnreach(context, out var unreach))
            {
                WalkPrefixes(unreach.Nlri);
            }
        }
    }

    private static void WalkPrefixes(NlriView nlri)
    {
        var entries = nlri.GetEnumerator();
        while (entries.MoveNext())
        {
            var entry = entries.Current;
            FuzzTargets.Check(entry.Octets.Length <= 16 && entry.ToPrefix().Length == entry.Length, "a prefix keeps its length");
        }

        FuzzTargets.Check(entries.Rest.Length <= nlri.Octets.Length, "the rest lies in the field");
    }
}
