using System.Net;
using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>Finds the interfaces that VIPs are for.</summary>
internal sealed class VipLocator(IAddressTable table, OwnerMark mark)
{
    /// <summary>Where the default route led last: its loss is no reason to take VIPs off, as its move is.</summary>
    private readonly Dictionary<AddressFamily, int> _lastDefault = [];

    /// <summary>The address in its final shape on its interface; null when there is none, for the reason given.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public WantedAddress? Locate(VipPlacement placement, out string? obstacle)
    {
        obstacle = null;
        NetworkLink? link = placement.Interface is { } name ? table.FindLink(name) : FindDefault(placement.Address.AddressFamily);
        if (link is null)
        {
            obstacle = placement.Interface is null ? "there is no default route to tell the interface" : $"there is no interface {placement.Interface}";
            return null;
        }

        if (!link.IsUp)
        {
            obstacle = $"{link.Name} is down";
        }

        return new WantedAddress(Shape(placement, link), link) { OnlyKept = placement.OnlyKept };
    }

    /// <summary>
    /// kube-vip's shape, and our mark. On lo no detection runs, but unless it is told so, the kernel says tentative
    /// until it gets round to not running it.
    /// </summary>
    private InterfaceAddress Shape(VipPlacement placement, NetworkLink link)
    {
        IPAddress address = placement.Address;
        bool ipv4 = address.AddressFamily == AddressFamily.InterNetwork;
        return new InterfaceAddress
        {
            InterfaceIndex = link.Index,
            Address = address,
            PrefixLength = InterfaceAddress.HostPrefixLength(address),
            Scope = ipv4 && link.IsLoopback && !placement.GlobalScope ? AddressScope.Host : AddressScope.Global,
            Flags = AddressFlags.Deprecated | (!ipv4 && (placement.SkipDad || link.IsLoopback) ? AddressFlags.NoDad : AddressFlags.None),
            Metric = mark.Metric,
        };
    }

    private NetworkLink? FindDefault(AddressFamily family)
    {
        NetworkLink? link = table.FindDefaultLink(family)
            ?? (_lastDefault.TryGetValue(family, out int last) ? table.FindLink(last) : null)
            ?? table.FindDefaultLink(family == AddressFamily.InterNetwork ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
        if (link is not null)
        {
            _lastDefault[family] = link.Index;
        }

        return link;
    }
}
