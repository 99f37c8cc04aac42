namespace BgpSharp.Wire;

/// <summary>NOTIFICATION codes and subcodes in words.</summary>
internal static class NotificationText
{
    public static string Describe(BgpNotification notification) =>
        $"{notification.Code} ({(byte)notification.Code}/{notification.Subcode})";
}
