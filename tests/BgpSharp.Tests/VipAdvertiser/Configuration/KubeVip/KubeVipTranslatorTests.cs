using System.Net;
using BgpSharp.VipAdvertiser.Configuration;
using Microsoft.Extensions.Logging;
using static BgpSharp.Tests.VipAdvertiser.Configuration.KubeVip.KubeVipReading;

namespace BgpSharp.Tests.VipAdvertiser.Configuration.KubeVip;

/// <summary>Variable by variable: good, bad, missing.</summary>
public sealed class KubeVipTranslatorTests
{
    public static TheoryData<string[], string> Refused => new()
    {
        { ["vip_arp=true", "bgp_enable=false"], "vip_arp is 'true' (the environment variable vip_arp): ARP mode is not provided" },
        { ["vip_routingtable=1"], "vip_routingtable is '1' (the environment variable vip_routingtable): routing table mode is not provided" },
        { ["vip_wireguard=t"], "vip_wireguard is 't' (the environment variable vip_wireguard): WireGuard mode is not provided" },
        { ["vip_leaderelection=true"], "vip_leaderelection is 'true' (the environment variable vip_leaderelection): there is no election: every master whose apiserver is well announces the VIP, kube-vip would let one" },
        { ["vip_ddns=true"], "vip_ddns is 'true' (the environment variable vip_ddns): an address from DHCP is not provided: name it in address" },
        { ["zebra_enable=true"], "zebra_enable is 'true' (the environment variable zebra_enable): a connection to zebra is not provided" },
        { ["annotation=metal"], "annotation is 'metal' (the environment variable annotation): peers from a node's annotations are not provided: name them in bgp_peers" },
        { ["--config-file", "/etc/kube-vip.yaml"], "--config-file is '/etc/kube-vip.yaml' (--config-file): kube-vip's configuration file is not provided: use its environment variables" },
        { ["bgp_enable="], "bgp_enable is missing: it has to be true, BGP is the one mode there is" },
        { ["bgp_enable=yes"], "bgp_enable is 'yes' (the environment variable bgp_enable): it has to be true or false (or 1, 0, t, f)" },
        { ["cp_enable=false"], "cp_enable is missing: it has to be true, the control plane's address is the one thing there is to announce" },
        { ["cp_enable=false", "svc_enable=true"], "svc_enable is 'true' (the environment variable svc_enable) without cp_enable: Services are not provided, only the control plane's address is" },
        { ["address="], "address is missing: it has to be an address or a DNS name, or several with commas between" },
        { ["address=203.0.113.300"], "address is '203.0.113.300' (the environment variable address): it has to be " + VipSettings.Address.Allowed },
        { ["vip_subnet=24"], "vip_subnet is '24' (the environment variable vip_subnet): it has to be 32, 128 or 32,128: a VIP is announced as the one address that it is" },
        { ["vip_cidr=24"], "vip_cidr is '24' (the environment variable vip_cidr): it has to be 32, 128 or 32,128: a VIP is announced as the one address that it is" },
        { ["vip_interface=eth7"], "interface is 'eth7' (the environment variable vip_interface): there is no such interface on this host" },
        { ["vip_skipdad=si"], "vip_skipdad is 'si' (the environment variable vip_skipdad): it has to be true or false (or 1, 0, t, f)" },
        { ["dns_mode=both"], "dns_mode is 'both' (the environment variable dns_mode): it has to be one of first, ipv4, ipv6, dual" },
        { ["port=0"], "port is '0' (the environment variable port): it has to be a port from 1 to 65535" },
        { ["bgp_as=0"], "bgp_as is '0' (the environment variable bgp_as): it has to be " + Settings.LocalAs.Allowed },
        { ["bgp_routerid=router1"], "bgp_routerid is 'router1' (the environment variable bgp_routerid): it has to be " + Settings.RouterId.Allowed },
        { ["bgp_routerinterface=lo"], "bgp_routerinterface is 'lo' (the environment variable bgp_routerinterface): it has to be an interface with an IPv4 address outside 127.0.0.0/8" },
        { ["bgp_peers="], "bgp_peers is missing: it has to be ADDRESS:AS, or several with commas between" },
        { ["bgp_peeraddress=router1"], "bgp_peeraddress is 'router1' (the environment variable bgp_peeraddress): it has to be " + PeerSettings.Address.Allowed },
        { ["bgp_peeras=0"], "bgp_peeras is '0' (the environment variable bgp_peeras): it has to be " + PeerSettings.As.Allowed },
        { ["bgp_sourceip=198.51.100.11", "bgp_sourceif=eth0"], "bgp_sourceip (the environment variable bgp_sourceip) and bgp_sourceif (the environment variable bgp_sourceif) are both given: only one may be" },
        { ["bgp_sourceip=eth0"], "bgp_sourceip is 'eth0' (the environment variable bgp_sourceip): it has to be " + PeerSettings.SourceAddress.Allowed },
        { ["bgp_hold_time=0"], "bgp_hold_time is '0' (the environment variable bgp_hold_time): it has to be a number of seconds from 3 to 65535 (0, no hold timer, is refused)" },
        { ["bgp_keepalive_interval=0"], "bgp_keepalive_interval is '0' (the environment variable bgp_keepalive_interval): it has to be a number of seconds from 1 to 21845" },
        { ["mpbgp_nexthop=self"], "mpbgp_nexthop is 'self' (the environment variable mpbgp_nexthop): it has to be one of fixed, auto_sourceip, auto_sourceif" },
        { ["mpbgp_nexthop=fixed", "mpbgp_ipv6=198.51.100.11"], "mpbgp_ipv6 is '198.51.100.11' (the environment variable mpbgp_ipv6): it has to be " + PeerSettings.Route.NextHopIpv6.Allowed },
        { ["control_plane_health_check_address=https://name:s3cret@127.0.0.1:6443/livez"], "control_plane_health_check_address is 'https://***@127.0.0.1:6443/livez' (the environment variable control_plane_health_check_address): it has to be an http or https URL" },
        { ["control_plane_health_check_address=tcp://127.0.0.1:6443"], "control_plane_health_check_address is 'tcp://127.0.0.1:6443' (the environment variable control_plane_health_check_address): it has to be an http or https URL" },
        { ["control_plane_health_check_period_seconds=0"], "control_plane_health_check_period_seconds is '0' (the environment variable control_plane_health_check_period_seconds): it has to be a number from 1 to 3600" },
        { ["control_plane_health_check_ca_path=/nonexistent"], "control_plane_health_check_ca_path is '/nonexistent' (the environment variable control_plane_health_check_ca_path): it has to be a file that can be read" },
        { ["prometheus_server=2112"], "prometheus_server is '2112' (the environment variable prometheus_server): it has to be :PORT, ADDRESS:PORT or none" },
        { ["prometheus_server=localhost:0"], "prometheus_server is 'localhost:0' (the environment variable prometheus_server): it has to be :PORT, ADDRESS:PORT or none" },
        { ["health_check_port=80"], "health_check_port is '80' (the environment variable health_check_port): it has to be 0 or a number from 1024 to 65535" },
        { ["vip_loglevel=debug"], "vip_loglevel is 'debug' (the environment variable vip_loglevel): it has to be a number from -100 to 100" },
        { ["--localAS", "x"], "bgp_as is 'x' (--localAS): it has to be " + Settings.LocalAs.Allowed },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_wrong_or_would_announce_something_else_is_one_problem(string[] variables, string problem)
    {
        // A flag's value comes after it.
        string[] arguments = [.. variables.SkipWhile(pair => !pair.StartsWith("--", StringComparison.Ordinal))];
        var environment = Least;
        foreach (var pair in variables.Except(arguments).Select(pair => pair.Split('=', 2)))
        {
            environment[pair[0]] = pair[1];
        }

        var (options, problems) = Read(environment, arguments);

        options.Should().BeNull();
        problems.Should().Equal(problem);
    }

    [Fact]
    public void The_least_has_kube_vips_defaults()
    {
        var options = Good();

        options.Vips[0].Interface.Should().BeNull("vip_interface is not set: the interface of the default route");
        options.LocalAsn.Should().Be(new Asn(65000));
        options.Http.Should().Be(new IPEndPoint(IPAddress.IPv6Any, 2112));
        options.Healthz.Should().BeNull();
        options.LogLevel.Should().Be(LogLevel.Information);
        options.Stop.Mode.Should().Be(BgpStopMode.Drain);
    }

    [Fact]
    public void VIPs_are_several_addresses_and_names_on_one_interface()
    {
        var options = Good("address=203.0.113.10, 2001:db8::10,vip.example", "vip_interface=eth0", "vip_interfaceloglobal=T", "vip_skipdad=1", "dns_mode=dual", "vip_subnet=32,128");

        options.Vips.Select(vip => vip.Name).Should().Equal("203.0.113.10", "2001:db8::10", "vip.example");
        options.Vips.Should().OnlyContain(vip => vip.Interface == "eth0" && vip.GlobalScope && vip.SkipDad && vip.DnsMode == DnsMode.Dual);
        options.Peers[0].Session.Families.Should().Equal(BgpFamily.Ipv4Unicast, BgpFamily.Ipv6Unicast);
    }

    [Fact]
    public void The_older_names_of_the_address_and_its_mask_are_read()
    {
        Good("address=", "vip_address=203.0.113.11", "vip_cidr=32").Vips[0].Name.Should().Be("203.0.113.11");
    }

    [Fact]
    public void The_environment_wins_over_a_flag_and_an_empty_variable_is_none()
    {
        Good("bgp_as=65002", "--localAS=65003").LocalAsn.Should().Be(new Asn(65002));
        Good("bgp_as=", "--localAS=65003").LocalAsn.Should().Be(new Asn(65003));
        Good("prometheus_server=", "--prometheusHTTPServer=").Http.Should().BeNull();
        Good("prometheus_server=").Http.Should().NotBeNull("only the flag turns it off");
    }

    [Fact]
    public void Our_own_environment_and_command_line_win_over_kube_vips()
    {
        Good("BGPSHARP_HEALTH__CHECK=none").Gate.Should().BeNull();
        Good("--peers:0:holdTime=9").Peers[0].Session.HoldTime.Should().Be(TimeSpan.FromSeconds(9));
    }

    [Fact]
    public void The_router_id_can_be_that_of_an_interface_and_the_variable_wins()
    {
        Good("bgp_routerinterface=eth0").RouterId.Should().Be(BgpIdentifier.Parse("198.51.100.11"));
        Good("bgp_routerinterface=eth0", "bgp_routerid=198.51.100.12").RouterId.Should().Be(BgpIdentifier.Parse("198.51.100.12"));
        Good("bgp_sourceip=198.51.100.13").RouterId.Should().Be(BgpIdentifier.Parse("198.51.100.13"), "it is what the session leaves from");
    }

    [Fact]
    public void The_peer_of_its_own_variables_comes_last_and_only_when_it_is_not_there()
    {
        var options = Good("bgp_peeraddress=2001:db8::1", "bgp_peeras=65002", "bgp_peerpass=None", "bgp_multihop=true");

        options.Peers.Select(peer => $"{peer.Session.Address} {peer.Session.RemoteAsn} {peer.Session.TimeToLive} {peer.Session.Password}")
            .Should().Equal("198.51.100.1 65001  ", "2001:db8::1 65002 50 ***");
        Good("bgp_peeraddress=198.51.100.1", "bgp_peeras=65001").Peers.Should().ContainSingle();
        Good("bgp_peers=", "bgp_peeraddress=198.51.100.1").Peers.Should().ContainSingle().Which.Session.RemoteAsn.Should().Be(new Asn(65000), "kube-vip's default");
    }

    [Fact]
    public void The_same_peer_twice_and_not_the_same_is_said()
    {
        Good("bgp_peeraddress=198.51.100.1", "bgp_peeras=65002").Remarks.Should().Contain(
            "the peer 198.51.100.1 is there twice and not the same each time: the one of the environment variable bgp_peers is taken, the one of the environment variable bgp_peeraddress is not");
    }

    [Fact]
    public void Source_address_and_interface_are_every_peers_and_the_address_only_of_its_family()
    {
        Good("bgp_sourceif=eth0").Peers[0].Session.SourceInterface.Should().Be("eth0");
        var options = Good("bgp_peers=198.51.100.1:65001,[2001:db8::1]:65001", "bgp_sourceip=198.51.100.11");
        options.Peers.Select(peer => peer.Session.LocalAddress).Should().Equal(IPAddress.Parse("198.51.100.11"), null);
        options.Remarks.Should().Contain("bgp_sourceip is not of the family of the peer 2001:db8::1, whose session has the kernel's choice");
    }

    [Fact]
    public void A_fixed_next_hop_is_that_of_the_family_the_session_is_not_of()
    {
        var options = Good("bgp_peers=198.51.100.1:65001,[2001:db8::1]:65001", "mpbgp_nexthop=fixed", "mpbgp_ipv4=198.51.100.12", "mpbgp_ipv6=2001:db8::12");
        options.Peers.Select(peer => (peer.Route.NextHopIpv4?.ToString(), peer.Route.NextHopIpv6?.ToString())).Should().Equal((null, "2001:db8::12"), ("198.51.100.12", null));

        Good("bgp_peers=198.51.100.1:65001/mpbgp_nexthop=fixed;mpbgp_ipv6=2001:db8::13", "mpbgp_ipv6=2001:db8::12").Peers[0].Route.NextHopIpv6.Should().Be(IPAddress.Parse("2001:db8::13"));
        Good("mpbgp_nexthop=auto_sourceif", "mpbgp_ipv6=2001:db8::12").Peers[0].Route.Should().BeSameAs(RouteOptions.None, "the library chooses as kube-vip would");
        Good("mpbgp_nexthop=fixed").Remarks.Should().Contain("mpbgp_nexthop is fixed, but there is no mpbgp_ipv6: the peer 198.51.100.1 is sent an address of the session's interface");
    }

    [Fact]
    public void Timers_are_taken_and_then_not_commented_upon()
    {
        var options = Good("bgp_hold_time=9", "bgp_keepalive_interval=3");

        options.Peers[0].Session.HoldTime.Should().Be(TimeSpan.FromSeconds(9));
        options.Peers[0].Session.KeepaliveInterval.Should().Be(TimeSpan.FromSeconds(3));
        options.Remarks.Should().BeEmpty();
    }

    [Fact]
    public void BFD_has_its_milliseconds_as_milliseconds()
    {
        var bfd = Good("bgp_peers=198.51.100.1:65001:::::true;150;;").Peers[0].Session.Bfd!;
        bfd.ReceiveInterval.Should().Be(TimeSpan.FromMilliseconds(150));
        bfd.TransmitInterval.Should().Be(TimeSpan.FromMilliseconds(300));
        bfd.DetectMultiplier.Should().Be(3);
        bfd.Multihop.Should().BeFalse();
        Good("bgp_peers=198.51.100.1:65001::true:::true;;;").Peers[0].Session.Bfd!.Multihop.Should().BeTrue("the router may be 50 hops away");
        Good("bgp_peers=198.51.100.1:65001").Peers[0].Session.Bfd.Should().BeNull();
    }

    [Fact]
    public void The_health_check_is_the_apiservers_unless_a_URL_is_given()
    {
        var own = Good("port=7443", "k8s_config_file=/etc/kubernetes/super-admin.conf", "control_plane_health_check_period_seconds=9").Gate!;
        own.Probe.Should().Be(new GateProbe.Apiserver(7443, HealthSettings.DefaultPath));
        own.Tls.Kubeconfig.Should().Be("/etc/kubernetes/super-admin.conf");
        own.Interval.Should().Be(TimeSpan.FromSeconds(1), "kube-vip's period belongs to kube-vip's check");
        Good("control_plane_health_check_period_seconds=9", "control_plane_health_check_ca_path=/etc/hostname", "vip_nodename=a").Remarks.Should().Contain(
            "not applied here: vip_nodename, control_plane_health_check_period_seconds, control_plane_health_check_ca_path", "they have no effect without the address");

        var url = Good("control_plane_health_check_address=http://127.0.0.1:8080/", "control_plane_health_check_period_seconds=9",
            "control_plane_health_check_timeout_seconds=2", "control_plane_health_check_failure_threshold=0", "control_plane_health_check_ca_path=/etc/hostname").Gate!;
        (url.Interval.TotalSeconds, url.Timeout.TotalSeconds, url.Fall, url.Rise, url.Tls.CaFile).Should().Be((9, 2, 1, 1, "/etc/hostname"), "threshold 0 withdraws at once");
        Good("control_plane_health_check_address=http://127.0.0.1:8080/", "control_plane_health_check_timeout_seconds=0").Gate!.Timeout
            .Should().Be(TimeSpan.FromSeconds(3), "a check without a limit would never end where the apiserver hangs");
    }

    [Theory]
    [InlineData(-8, LogLevel.Trace)]
    [InlineData(-4, LogLevel.Debug)]
    [InlineData(0, LogLevel.Information)]
    [InlineData(4, LogLevel.Warning)]
    [InlineData(5, LogLevel.Error)]
    [InlineData(8, LogLevel.Error)]
    public void The_log_level_is_a_number_of_slog(int number, LogLevel level)
    {
        Good($"vip_loglevel={number}").LogLevel.Should().Be(level);
    }

    [Fact]
    public void Its_own_health_port_is_served()
    {
        Good("health_check_port=8080").Healthz.Should().Be(new IPEndPoint(IPAddress.IPv6Any, 8080));
        Good("health_check_port=0").Healthz.Should().BeNull();
    }

    [Theory]
    [InlineData(":2113", "[::]:2113")]
    [InlineData("127.0.0.1:2113", "127.0.0.1:2113")]
    [InlineData("localhost:2113", "127.0.0.1:2113")]
    public void Metrics_are_served_where_its_own_would_be(string server, string listener)
    {
        $"{Good($"prometheus_server={server}").Http}".Should().Be(listener);
    }

    [Fact]
    public void Services_beside_the_control_plane_are_said_to_be_missing()
    {
        Good("svc_enable=true").Remarks[0].Should().StartWith("svc_enable is true: addresses of Services are not announced");
    }

    [Fact]
    public void All_problems_come_at_once_with_those_of_our_own_keys()
    {
        Bad("bgp_as=x", "bgp_hold_time=0", "BGPSHARP_HEALTH__FALL=0", "address=").Select(problem => problem.Split(' ')[0])
            .Should().Equal("address", "bgp_as", "bgp_hold_time", "health:fall");
    }

    [Fact]
    public void No_password_is_in_a_problem_or_a_remark()
    {
        var problems = Bad($"bgp_peerpass=s3cret{new string('x', 80)}", "bgp_peeraddress=198.51.100.2", "bgp_peers=198.51.100.1:65001:a:s3cret,198.51.100.3:s3cret");
        problems.Should().HaveCount(3).And.NotContain(problem => problem.Contains("s3cret"));

        Good("bgp_peers=198.51.100.1:65001:s3cret:true,198.51.100.1:65002:s3cret", "--unheardOf=s3cret").Remarks.Should().NotContain(remark => remark.Contains("s3cret"));
    }
}
