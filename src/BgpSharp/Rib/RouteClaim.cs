namespace BgpSharp.Rib;

/// <summary>What an owner would announce if the owners before it let go of the prefix.</summary>
internal sealed class RouteClaim(RouteOwner owner, BgpRouteAttributes attributes, RouteClaim? next)
{
    public RouteOwner Owner { get; } = owner;

    public BgpRouteAttributes Attributes { get; set; } = attributes;

    public RouteClaim? Next = next;
}
