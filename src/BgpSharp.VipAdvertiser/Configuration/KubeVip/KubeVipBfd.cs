namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>BFD as a peer's entry asks for it, in milliseconds.</summary>
internal sealed record KubeVipBfd(int Receive, int Transmit, int Multiplier);
