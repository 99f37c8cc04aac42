namespace BgpSharp.VipAdvertiser.Network;

/// <summary>rtnetlink's RT_SCOPE values that an address can have.</summary>
internal enum AddressScope : byte
{
    Global = 0,
    Link = 253,
    Host = 254,
}
