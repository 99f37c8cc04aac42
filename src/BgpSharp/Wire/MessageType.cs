namespace BgpSharp.Wire;

/// <summary>The type octet of a message header (RFC 4271 §4.1, RFC 2918).</summary>
internal enum MessageType : byte
{
    Open = 1,
    Update = 2,
    Notification = 3,
    Keepalive = 4,
    RouteRefresh = 5,
}
