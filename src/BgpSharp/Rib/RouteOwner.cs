namespace BgpSharp.Rib;

/// <summary>One owner of originated routes. Where two owners announce one prefix, the lower rank wins: the older owner.</summary>
internal sealed class RouteOwner(int rank)
{
    public int Rank { get; } = rank;

    /// <summary>The prefixes this owner announces, whether they win or not.</summary>
    public int Count { get; set; }
}
