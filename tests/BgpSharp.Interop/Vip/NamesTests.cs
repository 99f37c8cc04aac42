using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Vip;

/// <summary>A VIP that is a name, in kube-vip's place, and name servers that are not always there.</summary>
public sealed class NamesTests
{
    private const string Name = "vip.example";

    [Fact]
    public async Task What_kube_vip_left_goes_when_the_name_is_known_at_last_and_a_resolver_without_servers_takes_nothing_away()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        await Ip.BatchAsync(lab.MasterNs(1), $"addr add {LabTopology.VipPrefix} dev lo scope host preferred_lft 0");
        Directory.CreateDirectory($"{lab.RunDirectory}/etc");
        await File.WriteAllTextAsync($"{lab.RunDirectory}/etc/resolv.conf", "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n", TestContext.Current.CancellationToken);

        var host = KubeVipMaster.Start(lab, 1, ("address", Name));
        await host.WaitForLineAsync(line => line.Contains("Nothing is announced yet", StringComparison.Ordinal));
        await host.WaitForLineAsync(line => line.Contains($"{Name} cannot be resolved", StringComparison.Ordinal));
        (await OnLoopbackAsync(lab)).Should().Contain($"{LabTopology.Vip}/32", "nobody knows that it is the VIP");

        var dns = lab.Own(DnsResponder.Start(lab.MasterNs(1), Name, LabTopology.Vip));

        await host.WaitForLineAsync(line => line.Contains("203.0.113.10/32 removed from lo", StringComparison.Ordinal));
        (await OnLoopbackAsync(lab)).Should().NotContain($"{LabTopology.Vip}/32");
        await Apiserver.StartAsync(lab, 1);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [LabTopology.MasterAddress(1)]);
        var from = host.Lines.Count;

        dns.Dispose();

        await host.WaitForLineAsync(line => line.Contains($"{Name} cannot be resolved, what is known of it stays", StringComparison.Ordinal), from: from);
        (await router.Routes.NextHopsAsync(LabTopology.VipPrefix)).Should().Equal(LabTopology.MasterAddress(1));
        (await host.StopAsync()).Should().Be(0);
        (await OnLoopbackAsync(lab)).Should().NotContain($"{LabTopology.Vip}/32");
    }

    [Fact]
    public async Task A_name_server_that_never_answers_holds_up_no_stop()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        using var silent = await SilentNameServer.StartAsync(lab, master: 1);

        var host = lab.Start(lab.MasterNs(1), silent.AskedBy([.. VipMaster.Command(1), "--vip", Name, "--drain:deadline", "60s"]));
        await silent.WaitForQuestionAsync();

        (await host.StopAsync()).Should().Be(0);
    }

    private static Task<string> OnLoopbackAsync(Lab lab) => Ip.RunAsync(lab.MasterNs(1), "-4", "addr", "show", "dev", "lo");
}
