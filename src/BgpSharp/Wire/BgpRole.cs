namespace BgpSharp.Wire;

/// <summary>The sender's role in its relation with the peer (RFC 9234 §4.1).</summary>
public enum BgpRole : byte
{
    /// <summary>The sender provides transit to the peer.</summary>
    Provider = 0,

    /// <summary>The sender is a route server.</summary>
    RouteServer = 1,

    /// <summary>The sender is a route server's client.</summary>
    RouteServerClient = 2,

    /// <summary>The sender gets transit from the peer.</summary>
    Customer = 3,

    /// <summary>Both exchange their own and their customers' routes.</summary>
    Peer = 4,
}
