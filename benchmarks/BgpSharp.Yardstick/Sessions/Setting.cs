namespace BgpSharp.Yardstick.Sessions;

/// <summary>What both sides are configured with.</summary>
internal static class Setting
{
    public static readonly Asn OurAsn = 65000;
    public static readonly Asn FarAsn = 65001;
    public static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(9);
    public static readonly TimeSpan KeepaliveInterval = TimeSpan.FromSeconds(3);

    /// <summary>Nothing here takes that long unless it is broken.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
}
