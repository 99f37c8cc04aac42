using System.Net;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser.Configuration.KubeVip;

/// <summary>Manifests in which only the image is changed.</summary>
public sealed class KubeVipManifestTests
{
    [Fact]
    public void The_manifest_of_kubespray_for_1_0_3_runs_as_it_is()
    {
        var (options, problems) = ReadManifest("kubespray-1.0.3.yaml");

        problems.Should().BeEmpty();
        options!.IsKubeVip.Should().BeTrue();
        options.Vips.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Name = "203.0.113.10", Interface = "lo", GlobalScope = false, SkipDad = false });
        options.LocalAsn.Should().Be(new Asn(65000));
        options.RouterId.Should().BeNull("None is what the template makes of nothing: it is found at run time");
        options.Peers.Select(peer => (peer.Session.Address.ToString(), peer.Session.RemoteAsn.Value, peer.Session.Port, peer.Session.TimeToLive, peer.Session.Password is null))
            .Should().Equal(("198.51.100.1", 65001, 179, null, true), ("198.51.100.2", 65001, 179, 50, false));
        options.Peers.Select(peer => (peer.Session.HoldTime.TotalSeconds, peer.Session.KeepaliveInterval!.Value.TotalSeconds, peer.Session.LocalAddress)).Distinct()
            .Should().Equal((30, 10, null));
        options.Gate!.Probe.Should().Be(new GateProbe.Apiserver(6443, HealthSettings.DefaultPath), "the check that this kube-vip did not have");
        options.Gate.Interval.Should().Be(TimeSpan.FromSeconds(1));
        options.Gate.Tls.Kubeconfig.Should().Be("/etc/kubernetes/admin.conf");
        options.Http.Should().Be(new IPEndPoint(IPAddress.IPv6Any, 2112), "an absent prometheus_server is :2112");
        options.Remarks.Should().Equal(
            "bgp_hold_time is not set and is 30 s, as kube-vip has it: that long routers send traffic to a master that lost its power; bgp_hold_time=9 and bgp_keepalive_interval=3 make it 9 s",
            "not applied here: vip_nodename, cp_namespace, cp_detect, enable_node_labeling, lb_enable, lb_fwdmethod, svc_election, svc_leasename");
    }

    [Fact]
    public void The_manifest_that_kube_vip_1_2_3_generates_runs_as_it_is()
    {
        var (options, problems) = ReadManifest("kube-vip-1.2.3.yaml", "--prometheusHTTPServer", "");

        problems.Should().BeEmpty();
        options!.RouterId.Should().Be(BgpIdentifier.Parse("198.51.100.11"));
        options.Peers.Select(peer => (peer.Session.Address.ToString(), peer.Session.Port, peer.Session.TimeToLive))
            .Should().Equal([("198.51.100.1", 179, null), ("2001:db8::1", 1179, 50)], "the port is honoured");
        var gate = options.Gate!;
        gate.Probe.Should().Be(new GateProbe.Url(new Uri("https://127.0.0.1:6443/livez")));
        (gate.Interval.TotalSeconds, gate.Timeout.TotalSeconds, gate.Fall, gate.Rise, gate.FollowRedirects, gate.Tls.WithSystemRoots).Should().Be((5, 3, 3, 1, true, true));
        gate.ExpectedCodes.Should().Equal((200, 200));
        options.Http.Should().Be(new IPEndPoint(IPAddress.IPv6Any, 2112), "the variable wins over the flag");
        options.Remarks[^1].Should().Be("not applied here: dhcp_mode, vip_nodename, cp_namespace");
    }

    [Theory]
    [InlineData("kubespray-1.0.3.yaml")]
    [InlineData("kube-vip-1.2.3.yaml")]
    public void The_metrics_of_a_manifest_without_the_variable_are_turned_off_by_the_flag(string manifest)
    {
        var (arguments, variables) = PodManifest.Read(manifest);
        variables.Remove("prometheus_server");

        KubeVipReading.Read(variables, [.. arguments[1..], "--prometheusHTTPServer", ""]).Options!.Http.Should().BeNull();
    }

    private static (AdvertiserOptions? Options, IReadOnlyList<string> Problems) ReadManifest(string name, params string[] more)
    {
        var (arguments, variables) = PodManifest.Read(name);
        arguments.Should().Equal("manager");
        return KubeVipReading.Read(variables, more);
    }
}
