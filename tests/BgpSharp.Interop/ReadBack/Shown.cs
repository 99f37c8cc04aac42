namespace BgpSharp.Interop.ReadBack;

/// <summary>What a router is expected to show of a <see cref="SentRoute"/>.</summary>
/// <param name="Attributes">All attributes but the next hop.</param>
/// <param name="NotShown">Why something that was sent is not among them; empty when everything is.</param>
public sealed record Shown(string Attributes, string NotShown = "");
