namespace BgpSharp.Interop.Harness;

/// <summary>
/// bgpsharp-vip in the place of kube-vip's image: the argument, the environment as kubespray renders it, the two
/// capabilities of the pod, and /etc/kubernetes as the pod sees it.
/// </summary>
internal static class KubeVipMaster
{
    // "ip netns exec" has given the program mounts of its own already. /etc/kubernetes need not be on this machine.
    private const string MountAndRun =
        """mount -t overlay overlay -o "lowerdir=$1/etc:/etc" /etc && mount --bind "$1/kubernetes$2" /etc/kubernetes && shift 2 && exec "$@" """;

    private const string Capabilities = "-all,+net_admin,+net_raw";

    /// <param name="lab">The lab.</param>
    /// <param name="master">From 1 on.</param>
    /// <param name="more">Variables beside those of kubespray, or instead of them.</param>
    public static LabProcess Start(Lab lab, int master, params IEnumerable<(string Name, string Value)> more)
    {
        Requires.Tool("setpriv", "util-linux");
        var environment = Environment(lab, master);
        foreach (var (name, value) in more)
        {
            environment[name] = value;
        }
        Directory.CreateDirectory($"{lab.RunDirectory}/etc/kubernetes");
        Apiserver.KubernetesDirectory(lab, master);
        return lab.Start(lab.MasterNs(master), environment,
        [
            "sh", "-c", MountAndRun, "sh", lab.RunDirectory, $"{master}",
            "setpriv", "--bounding-set", Capabilities, "--inh-caps", Capabilities,
            .. Programs.VipAdvertiser, "manager",
        ]);
    }

    /// <summary>In the order of the template; what is unset there is empty, null or None here too.</summary>
    internal static Dictionary<string, string?> Environment(Lab lab, int master) => new()
    {
        ["vip_arp"] = "false",
        ["port"] = $"{Apiserver.Port}",
        ["vip_nodename"] = lab.MasterNs(master),
        ["vip_interface"] = "lo",
        ["vip_servicesinterface"] = "",
        ["vip_subnet"] = "32",
        ["dns_mode"] = "first",
        ["cp_enable"] = "true",
        ["cp_namespace"] = "kube-system",
        ["vip_ddns"] = "false",
        ["cp_detect"] = "false",
        ["svc_enable"] = "false",
        ["svc_leasename"] = "plndr-svcs-lock",
        ["svc_election"] = "false",
        ["vip_leaderelection"] = "false",
        ["enable_node_labeling"] = "false",
        ["bgp_enable"] = "true",
        ["bgp_routerid"] = "None",
        ["bgp_as"] = "65000",
        ["bgp_peeraddress"] = "",
        ["bgp_peerpass"] = "",
        ["bgp_peeras"] = "65000",
        ["bgp_peers"] = $"{LabTopology.RouterAddress}:65001::false",
        ["address"] = $"{LabTopology.Vip}",
        ["lb_enable"] = "false",
        ["lb_fwdmethod"] = "local",
    };
}
