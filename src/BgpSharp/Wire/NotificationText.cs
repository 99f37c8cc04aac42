using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>NOTIFICATION codes and subcodes in words.</summary>
internal static class NotificationText
{
    private const int ShownData = 32;

    // AFI, SAFI, upper bound (RFC 4486 §4).
    private const int MaximumPrefixesData = 2 + 1 + 4;

    /// <summary>For example <c>Cease, Administrative Shutdown (6/2): "maintenance"</c>.</summary>
    public static string Describe(BgpNotification notification)
    {
        // What is inside a Hard Reset is shown, but not what is inside that: a peer could nest thousands.
        var name = Name(notification);
        return notification.HardResetReason is { } reason
            ? $"{name}: {Name(reason)}{Content(reason)}"
            : $"{name}{Content(notification)}";
    }

    private static string Name(BgpNotification notification)
    {
        var (code, subcode) = (notification.Code, notification.Subcode);
        var name = Subcode(code, subcode) ?? (subcode == 0 ? null : $"subcode {subcode}");
        return $"{Code(code)}{(name is null ? "" : $", {name}")} ({(byte)code}/{subcode})";
    }

    private static string Content(BgpNotification notification)
    {
        if (notification.Code == BgpErrorCode.Cease && notification.Subcode is CeaseSubcode.AdministrativeShutdown or CeaseSubcode.AdministrativeReset)
        {
            return notification.ShutdownCommunication is { } words ? $": \"{words}\"" : "";
        }

        var data = notification.Data.Span;
        if (notification is { Code: BgpErrorCode.Cease, Subcode: CeaseSubcode.MaximumPrefixesReached } && data.Length == MaximumPrefixesData)
        {
            var family = new BgpFamily(BinaryPrimitives.ReadUInt16BigEndian(data), data[2]);
            return $": {BinaryPrimitives.ReadUInt32BigEndian(data[3..])} of {family}";
        }

        return data.IsEmpty ? ""
            : data.Length <= ShownData ? $", data {Convert.ToHexString(data)}"
            : $", data {Convert.ToHexString(data[..ShownData])}... ({data.Length} octets)";
    }

    private static string Code(BgpErrorCode code) => code switch
    {
        BgpErrorCode.MessageHeader => "Message Header Error",
        BgpErrorCode.OpenMessage => "OPEN Message Error",
        BgpErrorCode.UpdateMessage => "UPDATE Message Error",
        BgpErrorCode.HoldTimerExpired => "Hold Timer Expired",
        BgpErrorCode.FiniteStateMachine => "Finite State Machine Error",
        BgpErrorCode.Cease => "Cease",
        BgpErrorCode.RouteRefreshMessage => "ROUTE-REFRESH Message Error",
        BgpErrorCode.SendHoldTimerExpired => "Send Hold Timer Expired",
        _ => $"Error {(byte)code}",
    };

    private static string? Subcode(BgpErrorCode code, byte subcode) => (code, subcode) switch
    {
        (BgpErrorCode.MessageHeader or BgpErrorCode.OpenMessage or BgpErrorCode.UpdateMessage, 0) => "Unspecific",
        (BgpErrorCode.MessageHeader, 1) => "Connection Not Synchronized",
        (BgpErrorCode.MessageHeader, 2) => "Bad Message Length",
        (BgpErrorCode.MessageHeader, 3) => "Bad Message Type",
        (BgpErrorCode.OpenMessage, 1) => "Unsupported Version Number",
        (BgpErrorCode.OpenMessage, 2) => "Bad Peer AS",
        (BgpErrorCode.OpenMessage, 3) => "Bad BGP Identifier",
        (BgpErrorCode.OpenMessage, 4) => "Unsupported Optional Parameter",
        (BgpErrorCode.OpenMessage, 5) => "Authentication Failure",
        (BgpErrorCode.OpenMessage, 6) => "Unacceptable Hold Time",
        (BgpErrorCode.OpenMessage, 7) => "Unsupported Capability",
        (BgpErrorCode.OpenMessage, 11) => "Role Mismatch",
        (BgpErrorCode.UpdateMessage, 1) => "Malformed Attribute List",
        (BgpErrorCode.UpdateMessage, 2) => "Unrecognized Well-known Attribute",
        (BgpErrorCode.UpdateMessage, 3) => "Missing Well-known Attribute",
        (BgpErrorCode.UpdateMessage, 4) => "Attribute Flags Error",
        (BgpErrorCode.UpdateMessage, 5) => "Attribute Length Error",
        (BgpErrorCode.UpdateMessage, 6) => "Invalid ORIGIN Attribute",
        (BgpErrorCode.UpdateMessage, 7) => "AS Routing Loop",
        (BgpErrorCode.UpdateMessage, 8) => "Invalid NEXT_HOP Attribute",
        (BgpErrorCode.UpdateMessage, 9) => "Optional Attribute Error",
        (BgpErrorCode.UpdateMessage, 10) => "Invalid Network Field",
        (BgpErrorCode.UpdateMessage, 11) => "Malformed AS_PATH",
        (BgpErrorCode.FiniteStateMachine, 0) => "Unspecified Error",
        (BgpErrorCode.FiniteStateMachine, 1) => "Unexpected Message in OpenSent",
        (BgpErrorCode.FiniteStateMachine, 2) => "Unexpected Message in OpenConfirm",
        (BgpErrorCode.FiniteStateMachine, 3) => "Unexpected Message in Established",
        (BgpErrorCode.Cease, CeaseSubcode.MaximumPrefixesReached) => "Maximum Number of Prefixes Reached",
        (BgpErrorCode.Cease, CeaseSubcode.AdministrativeShutdown) => "Administrative Shutdown",
        (BgpErrorCode.Cease, CeaseSubcode.PeerDeconfigured) => "Peer De-configured",
        (BgpErrorCode.Cease, CeaseSubcode.AdministrativeReset) => "Administrative Reset",
        (BgpErrorCode.Cease, CeaseSubcode.ConnectionRejected) => "Connection Rejected",
        (BgpErrorCode.Cease, CeaseSubcode.OtherConfigurationChange) => "Other Configuration Change",
        (BgpErrorCode.Cease, CeaseSubcode.ConnectionCollisionResolution) => "Connection Collision Resolution",
        (BgpErrorCode.Cease, CeaseSubcode.OutOfResources) => "Out of Resources",
        (BgpErrorCode.Cease, CeaseSubcode.HardReset) => "Hard Reset",
        (BgpErrorCode.Cease, CeaseSubcode.BfdDown) => "BFD Down",
        (BgpErrorCode.RouteRefreshMessage, 1) => "Invalid Message Length",
        _ => null,
    };
}
