namespace BgpSharp.Cli.Events;

internal sealed class AnnounceEvent : PeerEvent
{
    public required string Prefix { get; init; }

    public required string? NextHop { get; init; }

    /// <summary>igp, egp or incomplete.</summary>
    public required string Origin { get; init; }

    /// <summary>As routers print it; a set is in braces.</summary>
    public required string AsPath { get; init; }

    public required uint? Med { get; init; }

    public required uint? LocalPref { get; init; }

    public required IReadOnlyList<string> Communities { get; init; }

    public override string ToString()
    {
        var more = (Med is null ? "" : $", med {Med}")
            + (LocalPref is null ? "" : $", local-pref {LocalPref}")
            + (Communities.Count == 0 ? "" : $", communities {string.Join(' ', Communities)}");
        return Line("announce", $"{Prefix} via {NextHop}, path {(AsPath.Length == 0 ? "empty" : AsPath)}, origin {Origin}{more}");
    }
}
