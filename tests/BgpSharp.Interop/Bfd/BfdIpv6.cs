using System.Net;
using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Bfd;

/// <summary>IPv6 on the common network of a lab.</summary>
internal static class BfdIpv6
{
    public static readonly IPAddress Router = IPAddress.Parse("2001:db8::9");

    public static readonly IPAddress Master = IPAddress.Parse("2001:db8::11");

    public static async Task AddAddressesAsync(Lab lab)
    {
        await Ip.BatchAsync(lab.RouterNs, $"addr add {Router}/64 dev {LabTopology.Interface} nodad");
        await Ip.BatchAsync(lab.MasterNs(1), $"addr add {Master}/64 dev {LabTopology.Interface} nodad");
    }

    /// <summary>The link-local address of a namespace's interface, once it may be used.</summary>
    public static async Task<string> LinkLocalAsync(string ns) => (await Poll.UntilAsync(
        async () =>
        {
            using var json = JsonDocument.Parse(await Ip.RunAsync(ns, "-j", "-6", "addr", "show", "dev", LabTopology.Interface, "scope", "link", "-tentative"));
            return json.RootElement.EnumerateArray()
                .Where(link => link.TryGetProperty("addr_info", out _))
                .SelectMany(link => link.GetProperty("addr_info").EnumerateArray())
                .Where(address => address.TryGetProperty("local", out _))
                .Select(address => address.GetProperty("local").GetString())
                .FirstOrDefault();
        },
        found => found is not null,
        "a link-local address"))!;

    /// <summary>The address with the interface's number in the namespace that uses it.</summary>
    public static async Task<IPAddress> WithScopeAsync(string ns, string address)
    {
        using var json = JsonDocument.Parse(await Ip.RunAsync(ns, "-j", "link", "show", "dev", LabTopology.Interface));
        return new IPAddress(IPAddress.Parse(address).GetAddressBytes(), json.RootElement[0].GetProperty("ifindex").GetInt64());
    }
}
