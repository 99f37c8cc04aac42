namespace BgpSharp.Wire;

/// <summary>What a ROUTE-REFRESH says (RFC 7313 §3.2); before that the octet was reserved.</summary>
public enum RouteRefreshSubtype : byte
{
    /// <summary>A request to send the routes of a family again (RFC 2918).</summary>
    Request = 0,

    /// <summary>The sender begins to send its routes again (BoRR).</summary>
    Begin = 1,

    /// <summary>The sender has sent its routes again (EoRR).</summary>
    End = 2,
}
