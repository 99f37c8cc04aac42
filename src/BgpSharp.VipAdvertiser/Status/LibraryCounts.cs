namespace BgpSharp.VipAdvertiser.Status;

/// <summary>What <see cref="LibraryMeter"/> has at one moment; a peer is its address.</summary>
internal sealed record LibraryCounts(
    IReadOnlyList<(string Peer, string State, long Count)> Transitions,
    IReadOnlyList<(string Peer, string Reason, long Count)> Downs,
    IReadOnlyList<MessageCount> Messages);
