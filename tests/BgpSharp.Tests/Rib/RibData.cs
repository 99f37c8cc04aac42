using System.Net;

namespace BgpSharp.Tests.Rib;

internal static class RibData
{
    public static readonly BgpRouteAttributes Plain = BgpRouteAttributes.Default;

    public static BgpRouteAttributes Med(uint med) => new() { Med = med };

    /// <summary>Host routes out of 203.0.113.0/24, then on.</summary>
    public static IpPrefix Vip(int index) =>
        IpPrefix.Create(new IPAddress([203, (byte)(index >> 16), (byte)(113 + (index >> 8)), (byte)index]), 32);

    public static IpPrefix Vip6(int index) =>
        IpPrefix.Create(IPAddress.Parse($"2001:db8::{index >> 16:x}:{index & 0xffff:x}"), 128);
}
