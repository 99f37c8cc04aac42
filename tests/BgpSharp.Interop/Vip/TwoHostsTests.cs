using System.Net;
using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Vip;

/// <summary>Two hosts of two names on one master, each with a VIP and a session of its own.</summary>
public sealed class TwoHostsTests
{
    private const string First = "203.0.113.10", Second = "203.0.113.20", Third = "203.0.113.30";

    private static readonly IPAddress FirstSource = LabTopology.MasterAddress(1), SecondSource = LabTopology.MasterAddress(2);

    [Fact]
    public async Task Neither_takes_the_others_VIP_off_and_each_sweeps_its_own_after_a_kill()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await Ip.BatchAsync(lab.MasterNs(1), $"addr add {SecondSource}/25 dev {LabTopology.Interface}");
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 2));
        var first = StartFirst(lab, First);
        await router.Routes.WaitForNextHopsAsync($"{First}/32", [FirstSource]);

        var second = StartSecond(lab);

        await router.Routes.WaitForNextHopsAsync($"{Second}/32", [SecondSource]);
        (await AddressesAsync(lab)).Should().Equal(First, Second);
        (await first.StopAsync(Signal.Kill)).Should().NotBe(0);
        (await second.StopAsync()).Should().Be(0);
        (await AddressesAsync(lab)).Should().Equal([First], "whose it is may start again at any time");
        second = StartSecond(lab);
        await router.Routes.WaitForNextHopsAsync($"{Second}/32", [SecondSource]);
        (await AddressesAsync(lab)).Should().Equal(First, Second);

        first = StartFirst(lab, Third);

        await router.Routes.WaitForNextHopsAsync($"{Third}/32", [FirstSource]);
        (await AddressesAsync(lab)).Should().Equal([Second, Third], "the first one's own leftovers go");
        second.Lines.Should().NotContain(line => line.Contains(First, StringComparison.Ordinal) || line.Contains("put back", StringComparison.Ordinal));
        (await first.StopAsync()).Should().Be(0);
        (await AddressesAsync(lab)).Should().Equal(Second);
        (await second.StopAsync()).Should().Be(0);
        (await AddressesAsync(lab)).Should().BeEmpty();
    }

    private static LabProcess StartFirst(Lab lab, string vip) => Start(lab, vip, FirstSource);

    private static LabProcess StartSecond(Lab lab) => Start(lab, Second, SecondSource, "--control", "second", "--http:listen", "");

    private static LabProcess Start(Lab lab, string vip, IPAddress source, params string[] more) => lab.Start(lab.MasterNs(1),
    [
        .. Programs.VipAdvertiser,
        "--vip", vip,
        "--localAs", "65000",
        "--routerId", $"{source}",
        "--peers:0:address", $"{LabTopology.RouterAddress}",
        "--peers:0:as", "65001",
        "--peers:0:sourceAddress", $"{source}",
        "--health:check", "none",
        "--drain:time", "100ms",
        "--drain:linger", "100ms",
        .. more,
    ]);

    private static async Task<IReadOnlyList<string>> AddressesAsync(Lab lab)
    {
        using var json = JsonDocument.Parse(await Ip.RunAsync(lab.MasterNs(1), "-4", "-j", "addr", "show", "dev", "lo"));
        return [.. json.RootElement[0].GetProperty("addr_info").EnumerateArray()
            .Select(address => address.GetProperty("local").GetString()!).Where(address => address != "127.0.0.1").Order(StringComparer.Ordinal)];
    }
}
