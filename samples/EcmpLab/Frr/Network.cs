using System.Net;

namespace EcmpLab.Frr;

/// <summary>The router and the masters on one L2, each in a network namespace; names are unique to the run.</summary>
internal sealed class Network(string name)
{
    public const string RouterAddress = "198.51.100.9";

    public string RouterNs => $"{name}-r";

    public static IPAddress AddressOf(int master) => IPAddress.Parse($"198.51.100.{10 + master}");

    public string MasterNs(int master) => $"{name}-m{master}";

    public async Task BuildAsync()
    {
        await Command.IpAsync($"netns add {SwitchNs}");
        await Command.IpAsync($"-n {SwitchNs} link add br0 type bridge stp_state 0 forward_delay 0");
        await Command.IpAsync($"-n {SwitchNs} link set br0 up");
        await ConnectAsync(RouterNs, RouterAddress, "r");
        for (var master = 1; master <= Plan.Masters; master++)
        {
            await ConnectAsync(MasterNs(master), $"{AddressOf(master)}", $"m{master}");
        }
    }

    /// <summary>Removes what there is; the processes inside must have ended.</summary>
    public async Task RemoveAsync()
    {
        string[] all = [RouterNs, SwitchNs, .. Enumerable.Range(1, Plan.Masters).Select(MasterNs)];
        foreach (var ns in all.Where(ns => File.Exists($"/run/netns/{ns}")))
        {
            await Command.IpAsync($"netns delete {ns}");
        }
    }

    private string SwitchNs => $"{name}-sw";

    private async Task ConnectAsync(string ns, string address, string port)
    {
        await Command.IpAsync($"netns add {ns}");
        await Command.IpAsync($"-n {ns} link set lo up");
        await Command.IpAsync($"-n {SwitchNs} link add {port} master br0 type veth peer name eth0 netns {ns}");
        await Command.IpAsync($"-n {SwitchNs} link set {port} up");
        await Command.IpAsync($"-n {ns} addr add {address}/24 dev eth0");
        await Command.IpAsync($"-n {ns} link set eth0 up");
    }
}
