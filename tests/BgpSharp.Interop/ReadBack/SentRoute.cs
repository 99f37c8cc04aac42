namespace BgpSharp.Interop.ReadBack;

/// <summary>What is announced, once for an IPv4 and once for an IPv6 prefix.</summary>
/// <param name="Name">What is special about it; unique.</param>
/// <param name="Over">The session it is announced over.</param>
/// <param name="Attributes">The attributes; the next hop is added.</param>
internal sealed record SentRoute(string Name, SessionKind Over, BgpRouteAttributes Attributes)
{
    public override string ToString() => Name;
}
