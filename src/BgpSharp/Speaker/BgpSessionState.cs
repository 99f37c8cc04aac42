namespace BgpSharp;

/// <summary>The state of a peer (RFC 4271 §8.2.2). With two connections in progress it is that of the one further on.</summary>
public enum BgpSessionState
{
    /// <summary>Nothing is tried; after an error, until the idle hold time has passed.</summary>
    Idle = 1,

    /// <summary>The peer is being dialled, or was and our OPEN is held back (<see cref="BgpPeerOptions.DelayOpenTime"/>).</summary>
    Connect = 2,

    /// <summary>Waiting for the next attempt, or for the peer to dial; or it did and our OPEN is held back.</summary>
    Active = 3,

    /// <summary>Our OPEN is out, the peer's is awaited.</summary>
    OpenSent = 4,

    /// <summary>Both OPENs are accepted, a KEEPALIVE is awaited.</summary>
    OpenConfirm = 5,

    /// <summary>Routes are exchanged.</summary>
    Established = 6,
}
