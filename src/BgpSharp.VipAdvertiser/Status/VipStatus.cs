namespace BgpSharp.VipAdvertiser.Status;

/// <summary>One VIP.</summary>
/// <param name="Name">As configured: an address or a DNS name.</param>
/// <param name="Address">Null: the name is not resolved yet.</param>
/// <param name="Interface">As configured; null: the one of the default route.</param>
/// <param name="Wanted">It should be on its interface now.</param>
/// <param name="InPlace">It is.</param>
/// <param name="Announced">Its route is with the speaker, for every peer.</param>
/// <param name="Since">When <paramref name="Announced"/> became what it is.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record VipStatus(
    string Name, string? Address, string? Interface, bool Wanted, bool InPlace, bool Announced, DateTimeOffset Since, string Reason);
