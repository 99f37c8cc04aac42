using System.Net;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>An address that should be on an interface.</summary>
/// <param name="Address">The VIP.</param>
/// <param name="Interface">The interface's name; null: the one of the default route.</param>
/// <param name="GlobalScope">Global scope also on lo.</param>
/// <param name="SkipDad">IPv6 without duplicate address detection.</param>
internal sealed record VipPlacement(IPAddress Address, string? Interface, bool GlobalScope, bool SkipDad)
{
    /// <summary>Whether it should be there is not decided yet: it stays where it is, and is not added where it is not.</summary>
    public bool OnlyKept { get; init; }
}
