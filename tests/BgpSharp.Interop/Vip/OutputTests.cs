using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Vip;

/// <summary>A log that goes nowhere costs no route.</summary>
public sealed class OutputTests
{
    /// <summary>The host has the only reader itself and never reads, and there is no room from the start.</summary>
    private const string FullPipe = """mkfifo "$0" && exec 3<>"$0" && head -c 65536 /dev/zero >&3 && exec "$@" >&3 2>&3""";

    private const string FullDisk = """exec "$@" >/dev/full 2>&1""";

    private static IPAddress[] Master => [LabTopology.MasterAddress(1)];

    [Theory]
    [InlineData(FullPipe)]
    [InlineData(FullDisk)]
    public async Task The_VIP_is_announced_withdrawn_and_taken_off_as_ever(string output)
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var service = IPEndPoint.Parse("127.0.0.1:6443");
        var responder = lab.Own(TcpResponder.Start(lab.MasterNs(1), service, "m1"));

        var host = lab.Start(lab.MasterNs(1),
        [
            "sh", "-c", output, $"{lab.RunDirectory}/pipe", .. VipMaster.Command(1),
            "--health:check", $"tcp://{service}", "--health:interval", "100ms", "--logLevel", "trace", "--drain:time", "100ms",
        ]);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Master);
        responder.Dispose();
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
        lab.Own(TcpResponder.Start(lab.MasterNs(1), service, "m1"));
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Master);
        (await VipMaster.AskAsync(lab, 1, "status")).Code.Should().Be(0);
        (await router.SummaryAsync())[Master[0]].ConnectionsDropped.Should().Be(0);
        (await host.StopAsync()).Should().Be(0);
        (await Ip.RunAsync(lab.MasterNs(1), "addr", "show", "dev", "lo")).Should().NotContain($"{LabTopology.Vip}/32");
    }
}
