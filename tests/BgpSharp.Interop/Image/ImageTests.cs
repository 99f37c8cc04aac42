using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Image;

/// <summary>The image in the place of kube-vip's.</summary>
public sealed class ImageTests(PackedImage image) : IClassFixture<PackedImage>
{
    private const string Name = "vip.example.net";

    /// <summary>The two capabilities, as /proc shows them.</summary>
    private const string NetAdminAndNetRaw = "0000000000003000";

    [Fact]
    public async Task With_the_environment_of_kubespray_it_finds_its_VIP_in_the_DNS_asks_the_apiserver_over_TLS_and_the_router_has_the_route()
    {
        await image.PackAsync();
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var dns = lab.Own(DnsResponder.Start(lab.MasterNs(1), Name, LabTopology.Vip));
        await Apiserver.StartAsync(lab, 1, "::", "--client-certificate");
        var environment = KubeVipMaster.Environment(lab, 1);
        environment["address"] = Name;

        var host = Container.Start(lab, 1, image, Apiserver.KubernetesDirectory(lab, 1), environment, [await EntryPointAsync(), "manager"]);

        await HasTheRouteAsync(router, host);
        dns.Answered.Should().BePositive("the address is the name server's");
        var status = await File.ReadAllLinesAsync($"/proc/{host.Id}/status", TestContext.Current.CancellationToken);
        status.Where(line => line.StartsWith("CapEff", StringComparison.Ordinal) || line.StartsWith("CapBnd", StringComparison.Ordinal))
            .Should().HaveCount(2).And.OnlyContain(line => line.EndsWith(NetAdminAndNetRaw, StringComparison.Ordinal));
        (await File.ReadAllLinesAsync($"/proc/{host.Id}/mounts", TestContext.Current.CancellationToken))
            .Should().ContainSingle(line => line.Split(' ', StringSplitOptions.None)[1] == "/").Which.Split(' ')[3].Should().StartWith("ro,");
        var asked = Container.Start(lab, 1, image, Apiserver.KubernetesDirectory(lab, 1), environment, ["/bgpsharp-vip", "status"]);
        (await asked.WaitForExitAsync()).Should().Be(0, asked.Describe());
        asked.Lines.Should().Contain(line => line.Contains("Established", StringComparison.Ordinal));
        host.Lines.Should().NotContain(line => line.Contains(" fail: ", StringComparison.Ordinal));

        (await host.StopAsync()).Should().Be(0);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
    }

    [Fact]
    public async Task Without_standard_streams_it_works_all_the_same()
    {
        await image.PackAsync();
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();

        var host = lab.Start(lab.MasterNs(1),
        [
            "sh", "-c", """exec "$@" <&- >&- 2>&-""", "sh", image.RootFileSystem + await EntryPointAsync(),
            .. VipMaster.Command(1).Skip(Programs.VipAdvertiser.Count), "--drain:time", "100ms",
        ]);

        await HasTheRouteAsync(router, host);
        (await host.StopAsync()).Should().Be(0);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
    }

    [Fact]
    public async Task As_slash_kube_vip_it_trusts_the_authorities_of_its_own_bundle()
    {
        await image.PackAsync();
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        await Apiserver.StartAsync(lab, 1);
        var environment = KubeVipMaster.Environment(lab, 1);
        environment["control_plane_health_check_address"] = $"https://kubernetes:{Apiserver.Port}/readyz";
        environment["control_plane_health_check_period_seconds"] = "1";
        var mounted = $"{lab.RunDirectory}/mounted";
        Directory.CreateDirectory(mounted);

        var without = Container.Start(lab, 1, image, mounted, environment, ["/kube-vip", "manager"]);
        await without.WaitForLineAsync(line => line.Contains("the server's certificate is not trusted", StringComparison.Ordinal));
        (await without.StopAsync()).Should().Be(0);

        File.Copy($"{Apiserver.KubernetesDirectory(lab, 1)}/ca.pem", $"{mounted}/more-roots.pem");
        var with = Container.Start(lab, 1, image, mounted, environment, ["/kube-vip", "manager"]);
        await HasTheRouteAsync(router, with);
        (await with.StopAsync()).Should().Be(0);
    }

    [Fact]
    public async Task The_same_program_makes_the_same_file_that_reads_as_an_image_of_OCI_and_of_docker()
    {
        await image.PackAsync();
        var again = $"{image.Archive}.again";

        var said = await PackedImage.BuildAsync(again, umask: "077", "--program", Path.Combine(image.RootFileSystem, "bgpsharp-vip"));

        File.ReadAllBytes(again).AsSpan().SequenceEqual(File.ReadAllBytes(image.Archive))
            .Should().BeTrue("nothing in the image is of the time or the place it was made");
        using var oci = JsonDocument.Parse(await Command.RunAsync("skopeo", "inspect", $"oci-archive:{image.Archive}"));
        var ociImage = oci.RootElement;
        said.Should().Contain(ociImage.GetProperty("Digest").GetString());
        var ociConfig = await Command.RunAsync("skopeo", "inspect", "--config", $"oci-archive:{image.Archive}");
        var version = ociImage.GetProperty("Labels").GetProperty("org.opencontainers.image.version").GetString();
        (await Command.RunAsync("skopeo", "inspect", "--config", $"docker-archive:{image.Archive}:bgpsharp-vip:{version}"))
            .Should().Be(ociConfig, "manifests name it bgpsharp-vip and the version");
    }

    private async Task<string> EntryPointAsync()
    {
        using var config = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(image.Bundle, "config.json")));
        return config.RootElement.GetProperty("process").GetProperty("args").EnumerateArray().Should().ContainSingle().Subject.GetString()!;
    }

    private static async Task HasTheRouteAsync(FrrRouter router, LabProcess host)
    {
        try
        {
            await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [LabTopology.MasterAddress(1)]);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{host.Describe()}", e);
        }
    }
}
