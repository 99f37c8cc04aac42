using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser.Configuration.KubeVip;

/// <summary>No variable that kube-vip documents is passed over in silence: it is a setting's source, or named by a problem or a remark.</summary>
public sealed class KubeVipVariableTests
{
    private const string Documented =
        "vip_arp vip_arpRate vip_preserve_on_leadership_loss vip_leaderelection vip_leasename vip_leaseduration vip_renewdeadline vip_retryperiod " +
        "vip_leaseannotations vip_loseleadership vip_loseleadership_timeout_seconds vip_loglevel vip_interface vip_interfaceloglobal " +
        "vip_allow_interface_not_up vip_subnet vip_cidr vip_skipdad address vip_address port dns_mode vip_ddns dhcp_mode dhcp_backoff_attempts " +
        "vip_nodename cp_enable cp_namespace cp_detect kubernetes_addr k8s_config_file vip_singlenode vip_startleader bgp_enable bgp_routerid " +
        "bgp_routerinterface bgp_as bgp_peers bgp_peeraddress bgp_peeras bgp_peerpass bgp_multihop bgp_sourceif bgp_sourceip bgp_hold_time " +
        "bgp_keepalive_interval bgp_attach_ip_to_interface mpbgp_nexthop mpbgp_ipv4 mpbgp_ipv6 annotation zebra_enable zebra_url zebra_version " +
        "zebra_software_name control_plane_health_check_address control_plane_health_check_period_seconds control_plane_health_check_timeout_seconds " +
        "control_plane_health_check_failure_threshold control_plane_health_check_ca_path prometheus_server health_check_port enable_node_labeling " +
        "lb_enable lb_port lb_fwdmethod backend_health_check_interval vip_routingtable vip_routingtableid vip_routingtabletype vip_routingprotocol " +
        "vip_cleanroutingtable vip_configmap instance_name INSTANCE_NAME config_file debounce_time svc_enable svc_election svc_leasename svc_namespace " +
        "vip_servicesinterface lb_class_only lb_class_name lb_class_legacy_handling disable_service_updates enable_endpoints enable_service_security " +
        "per_service_election_on_demand mirror_dest_interface iptables_backend enable_upnp vip_wireguard egress_podcidr egress_servicecidr";

    public static TheoryData<string> Names => [.. Documented.Split(' ')];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_documented_variable_is_known(string name)
    {
        var variables = KubeVipReading.Least;
        variables["bgp_peeraddress"] = "2001:db8::1"; // For what holds for this peer alone, or for the other family.
        variables["mpbgp_nexthop"] = "fixed";
        if (name == "vip_address")
        {
            variables.Remove("address");
        }

        variables[name] = name == "bgp_peerpass" ? new string('p', 81) : "no value for it";
        List<string> problems = [];
        var settings = KubeVipTranslator.Translate(variables, CommandLine.Parse(["manager"], problems), _ => null);

        settings.Problems.Concat(settings.Remarks).Concat(settings.Values.Select(value => value.Value.Source))
            .Should().Contain(text => text.Contains(name, StringComparison.Ordinal), "{0} is one of kube-vip's variables", name);
    }
}
