namespace BgpSharp.VipAdvertiser.Network;

/// <summary>A default route of the main table.</summary>
/// <param name="InterfaceIndex">The interface it leads to; of several next hops the first one's.</param>
/// <param name="Metric">The lowest wins.</param>
internal sealed record DefaultRoute(int InterfaceIndex, uint Metric);
