using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.VipAdvertiser;

/// <summary>A VIP's route, and the address that it is for.</summary>
internal sealed record VipAnnouncement(BgpRoute Route, VipPlacement Placement);
