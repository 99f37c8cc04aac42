namespace BgpSharp.Wire;

/// <summary>A ROUTE-REFRESH (RFC 2918, RFC 7313). Immutable.</summary>
public sealed class RouteRefreshMessage
{
    private readonly byte[] _filters;

    /// <summary>Makes a ROUTE-REFRESH.</summary>
    /// <param name="family">The family it is about.</param>
    /// <param name="subtype">What it says.</param>
    /// <param name="outboundFilters">Outbound route filters (RFC 5291 §4), copied; empty in all but a request.</param>
    public RouteRefreshMessage(BgpFamily family, RouteRefreshSubtype subtype = RouteRefreshSubtype.Request, ReadOnlySpan<byte> outboundFilters = default)
    {
        Family = family;
        Subtype = subtype;
        _filters = outboundFilters.ToArray();
    }

    /// <summary>The family it is about.</summary>
    public BgpFamily Family { get; }

    /// <summary>What it says; values without a name have to be ignored (RFC 7313 §5).</summary>
    public RouteRefreshSubtype Subtype { get; }

    /// <summary>The outbound route filters after the fixed fields, uninterpreted (RFC 5291 §4); mostly empty.</summary>
    public ReadOnlyMemory<byte> OutboundFilters => _filters;

    /// <summary>Subtype, family, and the length of the filters.</summary>
    /// <returns>For example <c>request ipv4-unicast</c>.</returns>
    public override string ToString()
    {
        var subtype = Subtype switch
        {
            RouteRefreshSubtype.Request => "request",
            RouteRefreshSubtype.Begin => "begin",
            RouteRefreshSubtype.End => "end",
            _ => $"subtype-{(byte)Subtype}",
        };
        return _filters.Length == 0 ? $"{subtype} {Family}" : $"{subtype} {Family}, {_filters.Length} octets of outbound filters";
    }
}
