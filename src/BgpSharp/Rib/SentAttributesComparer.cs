using System.Diagnostics.CodeAnalysis;

namespace BgpSharp.Rib;

/// <summary>Whether attributes are sent alike: equal, and both our own or both passed on.</summary>
internal sealed class SentAttributesComparer : IEqualityComparer<BgpRouteAttributes>
{
    public static readonly SentAttributesComparer Instance = new();

    public bool Equals(BgpRouteAttributes? x, BgpRouteAttributes? y) =>
        ReferenceEquals(x, y) || (x is not null && x.Equals(y) && x.IsReceived == y.IsReceived);

    public int GetHashCode([DisallowNull] BgpRouteAttributes obj) => obj.GetHashCode();
}
