namespace BgpSharp.VipAdvertiser.Network;

/// <summary>An address as it should be, and the interface it should be on.</summary>
internal sealed record WantedAddress(InterfaceAddress Address, NetworkLink Link)
{
    /// <summary>It is not added where it is not.</summary>
    public bool OnlyKept { get; init; }
}
