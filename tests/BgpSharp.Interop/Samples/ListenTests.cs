using System.Net;
using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Samples;

/// <summary>bgpsharp listen in the router's place.</summary>
public sealed class ListenTests
{
    private static readonly IPAddress Master = LabTopology.MasterAddress(1);

    [Fact]
    public async Task What_FRR_announces_and_withdraws_is_printed_as_JSON_lines()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var listener = lab.Start(lab.RouterNs, [.. Programs.Cli, "listen", $"{LabTopology.RouterAddress}:179", "--local-as", "65001", "--peer-as", "65000", "--json"]);
        await listener.WaitForLineAsync(line => line == $"listening on {LabTopology.RouterAddress}:179");
        var frr = await lab.StartFrrMasterAsync(1);

        var established = await EventAsync(listener, "established");
        established.GetProperty("remote_as").GetInt32().Should().Be(65000);
        established.GetProperty("router_id").GetString().Should().Be($"{Master}");
        established.GetProperty("families").EnumerateArray().Select(family => family.GetString()).Should().Contain("ipv4-unicast");
        var announced = await EventAsync(listener, "announce");
        announced.GetProperty("prefix").GetString().Should().Be(LabTopology.VipPrefix);
        announced.GetProperty("next_hop").GetString().Should().Be($"{Master}");
        announced.GetProperty("as_path").GetString().Should().Be("65000");
        announced.GetProperty("origin").GetString().Should().Be("igp");

        await frr.WithdrawAsync(LabTopology.VipPrefix);
        (await EventAsync(listener, "withdraw")).GetProperty("prefix").GetString().Should().Be(LabTopology.VipPrefix);
        frr.Bgpd.Send(Signal.Kill);
        (await EventAsync(listener, "down")).GetProperty("peer").GetString().Should().Be($"{Master}");

        (await listener.StopAsync()).Should().Be(0);
        listener.Lines.Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line, default).RootElement.GetProperty("event").GetString())
            .Should().Equal(["established", "announce", "withdraw", "down"], "FRR sends no End-of-RIB to a peer without graceful restart");
    }

    [Fact]
    public async Task One_bgpsharp_listens_to_another_over_IPv6()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var listener = lab.Start(lab.RouterNs, [.. Programs.Cli, "listen", "[::1]:1179", "--local-as", "65001", "--peer-as", "65000", "--router-id", "198.51.100.9"]);
        await listener.WaitForLineAsync(line => line == "listening on [::1]:1179");

        var announcer = lab.Start(lab.RouterNs, [.. Programs.Cli, "announce", "2001:db8::10/128", "203.0.113.10/32", "--peer", "[::1]:1179",
            "--local-as", "65000", "--peer-as", "65001", "--router-id", "198.51.100.11", "--next-hop", "198.51.100.11"]);
        await listener.WaitForLineAsync(line => line.Contains("announce    203.0.113.10/32 via 198.51.100.11, path 65000, origin igp", StringComparison.Ordinal));
        await listener.WaitForLineAsync(line => line.EndsWith("end-of-rib  ipv4-unicast", StringComparison.Ordinal));
        // Both ends of ::1 have one address, and nobody is named as his own next hop: the IPv6 prefix stays here.
        await announcer.WaitForLineAsync(line => line == "::1 has 1 of 2 prefixes; 1 cannot be sent for want of a next hop");

        (await announcer.StopAsync()).Should().Be(0);
        await listener.WaitForLineAsync(line => line.Contains("withdraw    203.0.113.10/32", StringComparison.Ordinal));
        await listener.WaitForLineAsync(line => line.Contains("down        notification received: Cease, Administrative Shutdown (6/2)", StringComparison.Ordinal));
        (await listener.StopAsync(Signal.Interrupt)).Should().Be(0);
    }

    private static async Task<JsonElement> EventAsync(LabProcess listener, string name)
    {
        var line = await listener.WaitForLineAsync(line => line.StartsWith($"{{\"event\":\"{name}\"", StringComparison.Ordinal));
        return JsonDocument.Parse(line, default).RootElement;
    }
}
