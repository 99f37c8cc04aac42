using System.Net;

namespace BgpSharp.Interop.Harness;

/// <summary>The network every lab has; all addresses are from the documentation ranges and only inside the namespaces.</summary>
/// <remarks><code>
/// client .130 -- 198.51.100.128/25 -- .129 router .9 -- 198.51.100.0/25, a bridge -- masters .11, .12, ...
/// </code></remarks>
internal static class LabTopology
{
    public static readonly IPAddress RouterAddress = IPAddress.Parse("198.51.100.9");

    public static readonly IPAddress ClientAddress = IPAddress.Parse("198.51.100.130");

    public static readonly IPAddress Vip = IPAddress.Parse("203.0.113.10");

    public const string VipPrefix = "203.0.113.10/32";

    /// <summary>The interface of the router and of each master on their common network.</summary>
    public const string Interface = "eth0";

    /// <param name="master">From 1 on.</param>
    public static IPAddress MasterAddress(int master) => IPAddress.Parse($"198.51.100.{10 + master}");

    internal static async Task BuildAsync(string router, string bridge, string client, IReadOnlyList<string> masters)
    {
        string[] all = [router, bridge, client, .. masters];
        await Ip.BatchAsync(null, [.. all.Select(ns => $"netns add {ns}")]);
        await Ip.BatchAsync(bridge,
        [
            "link add br0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0",
            "link set br0 up",
            .. Port("r", router),
            .. masters.SelectMany((ns, i) => Port(MasterPort(i + 1), ns)),
        ]);
        await Ip.BatchAsync(router,
            "link set lo up",
            $"addr add {RouterAddress}/25 dev {Interface}",
            $"link set {Interface} up",
            $"link add eth1 type veth peer name eth0 netns {client}",
            "addr add 198.51.100.129/25 dev eth1",
            "link set eth1 up");
        await Ip.BatchAsync(client,
            "link set lo up",
            $"addr add {ClientAddress}/25 dev eth0",
            "link set eth0 up",
            "route add default via 198.51.100.129");
        for (var i = 1; i <= masters.Count; i++)
        {
            await Ip.BatchAsync(masters[i - 1],
                "link set lo up",
                $"addr add {MasterAddress(i)}/25 dev {Interface}",
                $"link set {Interface} up",
                $"route add default via {RouterAddress}");
        }
        NetNs.SetSysctl(router, "net.ipv4.ip_forward", "1");
        // Hash ports too, or all connections of one client take the same next hop.
        NetNs.SetSysctl(router, "net.ipv4.fib_multipath_hash_policy", "1");
    }

    /// <summary>The bridge's end of a master's cable.</summary>
    internal static string MasterPort(int master) => $"m{master}";

    private static string[] Port(string name, string ns) =>
    [
        $"link add {name} master br0 type veth peer name {Interface} netns {ns}",
        $"link set {name} up",
    ];
}
