using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.VipAdvertiser;

/// <summary>An address that outlives its route for a while.</summary>
/// <param name="Placement">Where it is.</param>
/// <param name="Number">Tells this wait from an earlier one for the same address.</param>
internal sealed record VipLinger(VipPlacement Placement, long Number);
