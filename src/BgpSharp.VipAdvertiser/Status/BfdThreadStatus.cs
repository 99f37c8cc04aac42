namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The thread that sends for all BFD sessions.</summary>
/// <param name="LongestDelay">The longest that it was late since the host began, for want of a processor or during a garbage collection.</param>
/// <param name="IsRealTime">Whether it has real-time priority.</param>
/// <param name="SendsAhead">Whether the kernel has its packets before their time, so that a garbage collection is no silence.</param>
internal sealed record BfdThreadStatus(TimeSpan LongestDelay, bool IsRealTime, bool SendsAhead);
