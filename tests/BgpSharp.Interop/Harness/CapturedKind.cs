namespace BgpSharp.Interop.Harness;

/// <summary>What a captured event is: a TCP flag or a BGP message, the latter with the type numbers of RFC 4271 §4.1.</summary>
internal enum CapturedKind
{
    Open = 1,
    Update = 2,
    Notification = 3,
    Keepalive = 4,
    RouteRefresh = 5,
    Syn = 100,
    Fin = 101,
    Reset = 102,
}
