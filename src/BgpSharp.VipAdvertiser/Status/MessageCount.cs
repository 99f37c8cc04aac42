namespace BgpSharp.VipAdvertiser.Status;

/// <summary>Messages of one type, one way, with one peer.</summary>
internal sealed record MessageCount(string Peer, string Type, string Direction, long Count);
