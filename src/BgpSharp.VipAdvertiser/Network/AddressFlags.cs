namespace BgpSharp.VipAdvertiser.Network;

/// <summary>rtnetlink's IFA_F_ values that matter here.</summary>
[Flags]
internal enum AddressFlags : uint
{
    None = 0,

    /// <summary>IPv6: no duplicate address detection.</summary>
    NoDad = 0x02,

    /// <summary>IPv6: somebody else on the link has the address.</summary>
    DadFailed = 0x08,

    /// <summary>Preferred lifetime zero: usable, but never chosen as the source of a new connection.</summary>
    Deprecated = 0x20,

    /// <summary>IPv6: not usable until duplicate address detection is over.</summary>
    Tentative = 0x40,

    /// <summary>Valid forever.</summary>
    Permanent = 0x80,
}
