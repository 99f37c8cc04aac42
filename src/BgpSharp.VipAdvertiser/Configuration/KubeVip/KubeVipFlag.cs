namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>A flag of kube-vip's and the environment variable that says the same.</summary>
/// <param name="Name">Without hyphens.</param>
/// <param name="Variable">The variable, which wins.</param>
/// <param name="IsBoolean">Given alone it is true.</param>
internal sealed record KubeVipFlag(string Name, string Variable, bool IsBoolean = false)
{
    private static readonly KubeVipFlag[] All =
    [
        new("interface", "vip_interface"),
        new("address", "address"),
        new("vip", "vip_address"),
        new("vipSubnet", "vip_subnet"),
        new("port", "port"),
        new("dnsMode", "dns_mode"),
        new("arp", "vip_arp", IsBoolean: true),
        new("bgp", "bgp_enable", IsBoolean: true),
        new("table", "vip_routingtable", IsBoolean: true),
        new("wireguard", "vip_wireguard", IsBoolean: true),
        new("controlplane", "cp_enable", IsBoolean: true),
        new("services", "svc_enable", IsBoolean: true),
        new("leaderElection", "vip_leaderelection", IsBoolean: true),
        new("leaseName", "vip_leasename"),
        new("leaseDuration", "vip_leaseduration"),
        new("leaseRenewDuration", "vip_renewdeadline"),
        new("leaseRetry", "vip_retryperiod"),
        new("enableLoadBalancer", "lb_enable", IsBoolean: true),
        new("ddns", "vip_ddns", IsBoolean: true),
        new("bgpRouterID", "bgp_routerid"),
        new("bgpRouterInterface", "bgp_routerinterface"),
        new("localAS", "bgp_as"),
        new("bgpHoldTimer", "bgp_hold_time"),
        new("bgpKeepAliveInterval", "bgp_keepalive_interval"),
        new("peerAddress", "bgp_peeraddress"),
        new("peerAS", "bgp_peeras"),
        new("peerPass", "bgp_peerpass"),
        new("multihop", "bgp_multihop", IsBoolean: true),
        new("sourceIF", "bgp_sourceif"),
        new("sourceIP", "bgp_sourceip"),
        new("mpbgpNexthop", "mpbgp_nexthop"),
        new("mpbgpIPv4", "mpbgp_ipv4"),
        new("mpbgpIPv6", "mpbgp_ipv6"),
        new("annotations", "annotation"),
        new("namespace", "cp_namespace"),
        new("n", "cp_namespace"),
        new("nodeName", "vip_nodename"),
        new("k8sConfigPath", "k8s_config_file"),
        new("log", "vip_loglevel"),
        new("prometheusHTTPServer", "prometheus_server"),
        new("healthCheckPort", "health_check_port"),
        new("controlPlaneHealthCheckAddress", "control_plane_health_check_address"),
        new("controlPlaneHealthCheckPeriodSeconds", "control_plane_health_check_period_seconds"),
        new("controlPlaneHealthCheckTimeoutSeconds", "control_plane_health_check_timeout_seconds"),
        new("controlPlaneHealthCheckFailureThreshold", "control_plane_health_check_failure_threshold"),
        new("controlPlaneHealthCheckCAPath", "control_plane_health_check_ca_path"),
        new("config-file", ConfigFile),
    ];

    /// <summary>The flag's stand-in for a variable that kube-vip reads too late for it to have an effect.</summary>
    public const string ConfigFile = "--config-file";

    public static KubeVipFlag? Find(string name) => Array.Find(All, flag => flag.Name == name);

    public static IEnumerable<KubeVipFlag> Of(string variable) => All.Where(flag => flag.Variable == variable);
}
