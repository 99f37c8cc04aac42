namespace BgpSharp;

/// <summary>A received UPDATE to keep (RFC 4271 §4.3). Immutable.</summary>
public sealed class BgpUpdate
{
    internal BgpUpdate(IReadOnlyList<IpPrefix> withdrawn, IReadOnlyList<BgpRoute> announced, BgpFamily? endOfRib)
    {
        Withdrawn = withdrawn;
        Announced = announced;
        EndOfRib = endOfRib;
    }

    /// <summary>The prefixes that are no longer reachable, in wire order.</summary>
    public IReadOnlyList<IpPrefix> Withdrawn { get; }

    /// <summary>
    /// The routes announced, in wire order, next hop set. Routes of one family share one attributes object; those of
    /// another family differ in the next hop.
    /// </summary>
    public IReadOnlyList<BgpRoute> Announced { get; }

    /// <summary>The family whose End-of-RIB marker this is (RFC 4724 §2); null when it is none.</summary>
    public BgpFamily? EndOfRib { get; }

    /// <summary>What the message changes.</summary>
    /// <returns>For example <c>withdraw 203.0.113.10/32; announce 203.0.113.11/32 (...)</c>.</returns>
    public override string ToString()
    {
        List<string> parts = [];
        if (EndOfRib is { } family)
        {
            parts.Add($"end-of-rib {family}");
        }

        if (Withdrawn.Count > 0)
        {
            parts.Add($"withdraw {string.Join(' ', Withdrawn)}");
        }

        if (Announced.Count > 0)
        {
            parts.Add($"announce {string.Join(' ', Announced)}");
        }

        return parts.Count == 0 ? "no change" : string.Join("; ", parts);
    }
}
