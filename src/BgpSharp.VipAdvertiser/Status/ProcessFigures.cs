namespace BgpSharp.VipAdvertiser.Status;

/// <summary>What the process costs.</summary>
internal sealed record ProcessFigures(string Node, string Version, double CpuSeconds, long ResidentBytes, IReadOnlyList<int> Collections)
{
    public static ProcessFigures Read() => new(
        Environment.MachineName,
        Program.Version(),
        Environment.CpuUsage.TotalTime.TotalSeconds,
        Environment.WorkingSet,
        [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(GC.CollectionCount)]);
}
