using System.Net;
using System.Text.Json;

namespace BgpSharp.Interop.Harness;

/// <summary>A route as <c>ip route show</c> prints it.</summary>
/// <param name="Protocol">Who made it: bgp, kernel, static.</param>
/// <param name="NextHops">The gateways, in the kernel's order.</param>
internal sealed record KernelRoute(string Protocol, IReadOnlyList<IPAddress> NextHops)
{
    internal static KernelRoute Parse(JsonElement route)
    {
        var hops = route.TryGetProperty("nexthops", out var several) ? several.EnumerateArray().ToArray() : [route];
        return new KernelRoute(
            route.TryGetProperty("protocol", out var protocol) ? protocol.GetString()! : "",
            [.. hops.Where(h => h.TryGetProperty("gateway", out _)).Select(h => IPAddress.Parse(h.GetProperty("gateway").GetString()!))]);
    }
}
