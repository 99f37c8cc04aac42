using System.Net;
using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Vip;

/// <summary>
/// One master with a service to check, and somebody else's address on lo. The host that is killed and its successor have
/// one VIP in common and one of their own.
/// </summary>
public sealed class CrashLab : IAsyncDisposable
{
    private const string Foreign = "203.0.113.77";
    private const string Service = "127.0.0.1:6443";

    private WireLog _wire = null!;

    internal static IPAddress Master => LabTopology.MasterAddress(1);

    internal Lab Lab { get; private set; } = null!;

    internal FrrRouter Router { get; private set; } = null!;

    internal WireLog Wire => _wire;

    internal async Task ReadyAsync()
    {
        if (Lab is not null)
        {
            return;
        }
        Lab = await Lab.CreateAsync(masters: 1);
        Lab.Own(TcpResponder.Start(Lab.MasterNs(1), IPEndPoint.Parse(Service), "m1"));
        await Ip.BatchAsync(Lab.MasterNs(1), $"addr add {Foreign}/32 dev lo scope host preferred_lft 0");
        Router = await Lab.StartRouterAsync();
        _wire = await WireLog.StartAsync(Lab, Lab.MasterNs(1));
    }

    internal LabProcess StartVictim() => Start("203.0.113.20");

    /// <summary>Starts the next host and waits until all is as its configuration says, and nothing else is there.</summary>
    internal async Task<LabProcess> SucceedAsync()
    {
        var host = Start("203.0.113.30");
        await Poll.UntilAsync(
            async () => $"{await AddressesAsync()} | {await RoutesAsync()}",
            found => found == $"{LabTopology.Vip}* 203.0.113.30* {Foreign} | {LabTopology.Vip}/32 203.0.113.30/32",
            "exactly the configured addresses, marked as ours, and routes, and the address of somebody else",
            host.Describe);
        return host;
    }

    /// <summary>What is on lo beside 127.0.0.1, in order, with a * where it carries our mark.</summary>
    internal async Task<string> AddressesAsync()
    {
        using var json = JsonDocument.Parse(await Ip.RunAsync(Lab.MasterNs(1), "-4", "-j", "addr", "show", "dev", "lo"));
        return string.Join(' ', json.RootElement[0].GetProperty("addr_info").EnumerateArray()
            .Where(address => address.GetProperty("local").GetString() != "127.0.0.1")
            .Select(address => address.GetProperty("local").GetString() + (address.TryGetProperty("metric", out _) ? "*" : ""))
            .Order(StringComparer.Ordinal));
    }

    /// <summary>What the router has from the master.</summary>
    internal async Task<string> RoutesAsync()
    {
        using var json = await Router.VtyshJsonAsync($"show bgp ipv4 unicast neighbors {Master} routes json");
        return json.RootElement.TryGetProperty("routes", out var routes)
            ? string.Join(' ', routes.EnumerateObject().Select(route => route.Name).Order(StringComparer.Ordinal))
            : "";
    }

    /// <summary>Stops a host that is up, and sees that it leaves nothing of its own.</summary>
    internal async Task StopAsync(LabProcess host)
    {
        (await host.StopAsync()).Should().Be(0);
        (await AddressesAsync()).Should().Be(Foreign);
        await Poll.UntilAsync(RoutesAsync, routes => routes.Length == 0, "no route of the master");
    }

    public async ValueTask DisposeAsync()
    {
        if (Lab is not null)
        {
            await Lab.DisposeAsync();
        }
    }

    private LabProcess Start(string second) => Lab.Start(Lab.MasterNs(1),
    [
        .. Programs.VipAdvertiser,
        "--vip", $"{LabTopology.Vip},{second}",
        "--localAs", "65000",
        "--peers:0:address", $"{LabTopology.RouterAddress}",
        "--peers:0:as", "65001",
        "--health:check", $"tcp://{Service}",
        "--drain:time", "100ms",
        "--drain:linger", "100ms",
    ]);
}
