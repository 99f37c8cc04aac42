using System.Net;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>
/// kube-vip's environment and flags as settings of this program: what kube-vip would do on a control plane in BGP mode. What
/// it would do and this program does not is a problem where routes would differ, else a remark.
/// </summary>
internal static class KubeVipTranslator
{
    /// <summary>Parsed here, and either of no effect in BGP mode or not needed here.</summary>
    private static readonly string[] NotApplied =
    [
        "vip_arpRate", "vip_preserve_on_leadership_loss", "vip_leasename", "vip_leaseduration", "vip_renewdeadline", "vip_retryperiod", "vip_leaseannotations",
        "vip_loseleadership", "vip_loseleadership_timeout_seconds", "vip_allow_interface_not_up", "dhcp_mode", "dhcp_backoff_attempts", "vip_nodename", "cp_namespace",
        "cp_detect", "kubernetes_addr", "vip_singlenode", "vip_startleader", "bgp_attach_ip_to_interface", "zebra_url", "zebra_version", "zebra_software_name",
        "enable_node_labeling", "lb_enable", "lb_port", "lb_fwdmethod", "backend_health_check_interval", "vip_routingtableid", "vip_routingtabletype", "vip_routingprotocol",
        "vip_cleanroutingtable", "vip_configmap", "instance_name", "INSTANCE_NAME", "config_file", "debounce_time", "svc_election", "svc_leasename", "svc_namespace",
        "vip_servicesinterface", "lb_class_only", "lb_class_name", "lb_class_legacy_handling", "disable_service_updates", "enable_endpoints", "enable_endpointslices",
        "egress_podcidr", "egress_servicecidr", "egress_withnftables", "egress_clean", "enable_service_security", "per_service_election_on_demand", "mirror_dest_interface",
        "iptables_backend", "enable_upnp",
    ];

    private static readonly (string Name, string Why)[] NotProvided =
    [
        ("vip_arp", "ARP mode is not provided"),
        ("vip_routingtable", "routing table mode is not provided"),
        ("vip_wireguard", "WireGuard mode is not provided"),
        ("vip_leaderelection", "there is no election: every master whose apiserver is well announces the VIP, kube-vip would let one"),
        ("vip_ddns", "an address from DHCP is not provided: name it in address"),
        ("zebra_enable", "a connection to zebra is not provided"),
    ];

    /// <param name="environment">The process's variables.</param>
    /// <param name="commandLine">kube-vip's flags.</param>
    /// <param name="findAddress">The first IPv4 address of an interface.</param>
    public static KubeVipSettings Translate(IReadOnlyDictionary<string, string> environment, CommandLine commandLine, Func<string, IPAddress?> findAddress)
    {
        var settings = new KubeVipSettings();
        var variables = new KubeVipVariables(environment, commandLine.KubeVipFlags, settings.Problems);
        CheckMode(variables, settings);
        AddVips(variables, settings);
        AddSpeaker(variables, settings, findAddress);
        KubeVipPeerTranslator.Add(variables, settings);
        KubeVipHealthTranslator.Add(variables, settings);
        AddServing(variables, settings);
        AddNotApplied(variables, commandLine, settings);
        return settings;
    }

    private static void CheckMode(KubeVipVariables variables, KubeVipSettings settings)
    {
        foreach (var (name, why) in NotProvided.Where(variable => variables.IsTrue(variable.Name)))
        {
            variables.Refuse(name, variables.Text(name)!, why);
        }

        if (variables.Text("annotation") is { } annotation)
        {
            variables.Refuse("annotation", annotation, "peers from a node's annotations are not provided: name them in bgp_peers");
        }

        if (variables.Text(KubeVipFlag.ConfigFile) is { } file)
        {
            variables.Refuse(KubeVipFlag.ConfigFile, file, "kube-vip's configuration file is not provided: use its environment variables");
        }

        if (!variables.IsTrue("bgp_enable") && IsOff(variables, "bgp_enable") && NotProvided[..3].All(mode => IsOff(variables, mode.Name)))
        {
            settings.Problems.Add("bgp_enable is missing: it has to be true, BGP is the one mode there is");
        }

        var services = variables.IsTrue("svc_enable");
        if (variables.IsTrue("cp_enable"))
        {
            if (services)
            {
                settings.Remarks.Add("svc_enable is true: addresses of Services are not announced by this program, only the control plane's; let a kube-vip without cp_enable do that");
            }
        }
        else if (IsOff(variables, "cp_enable"))
        {
            settings.Problems.Add(services
                ? $"svc_enable is '{variables.Text("svc_enable")}' ({variables.Source("svc_enable")}) without cp_enable: Services are not provided, only the control plane's address is"
                : "cp_enable is missing: it has to be true, the control plane's address is the one thing there is to announce");
        }
    }

    /// <summary>Not given, or false; what is no boolean is a problem of its own.</summary>
    private static bool IsOff(KubeVipVariables variables, string name) =>
        variables.Text(name) is not { } text || KubeVipVariables.ParseBoolean(text) == false;

    private static void AddVips(KubeVipVariables variables, KubeVipSettings settings)
    {
        var name = variables.Text("address") is null && variables.Text("vip_address") is not null ? "vip_address" : "address";
        if (variables.Text(name) is not { } text)
        {
            settings.Problems.Add("address is missing: it has to be an address or a DNS name, or several with commas between");
            return;
        }

        var mode = variables.Checked("dns_mode", VipSettings.Mode);
        CheckMasks(variables);
        var device = variables.Checked("vip_interface", VipSettings.Interface);
        var (isGlobal, skipDad) = (variables.IsTrue("vip_interfaceloglobal"), variables.IsTrue("vip_skipdad"));
        settings.Set(Settings.Interface.Key, device ?? Settings.DefaultRoute, device is null ? "vip_interface is not set" : variables.Source("vip_interface"));
        var index = 0;
        foreach (var vip in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!VipSettings.Address.Accepts(vip))
            {
                variables.Refuse(name, vip, $"it has to be {VipSettings.Address.Allowed}");
                continue;
            }

            settings.Set(VipSettings.Address.At(index), vip, variables.Source(name));
            if (mode is not null)
            {
                settings.Set(VipSettings.Mode.At(index), mode, variables.Source("dns_mode"));
            }

            if (isGlobal)
            {
                settings.Set(VipSettings.Scope.At(index), "global", variables.Source("vip_interfaceloglobal"));
            }

            if (skipDad)
            {
                settings.Set(VipSettings.SkipDad.At(index), "true", variables.Source("vip_skipdad"));
            }

            index++;
        }
    }

    /// <summary>A VIP is one address; kube-vip would announce a whole prefix with any other mask.</summary>
    private static void CheckMasks(KubeVipVariables variables)
    {
        var name = variables.Text("vip_subnet") is null ? "vip_cidr" : "vip_subnet";
        if (variables.Text(name) is { } masks && masks.Split(',', StringSplitOptions.TrimEntries).Any(mask => mask.TrimStart('/') is not ("32" or "128")))
        {
            variables.Refuse(name, masks, "it has to be 32, 128 or 32,128: a VIP is announced as the one address that it is");
        }
    }

    private static void AddSpeaker(KubeVipVariables variables, KubeVipSettings settings, Func<string, IPAddress?> findAddress)
    {
        var asn = variables.Checked("bgp_as", Settings.LocalAs);
        settings.Set(Settings.LocalAs.Key, asn ?? "65000", asn is null ? "kube-vip's default" : variables.Source("bgp_as"));
        if (variables.Checked("bgp_routerid", Settings.RouterId) is { } routerId)
        {
            settings.Set(Settings.RouterId.Key, routerId, variables.Source("bgp_routerid"));
        }
        else if (variables.Checked("bgp_routerinterface", PeerSettings.SourceInterface) is { } device)
        {
            if (findAddress(device) is { } address)
            {
                settings.Set(Settings.RouterId.Key, $"{address}", variables.Source("bgp_routerinterface"));
            }
            else
            {
                variables.Refuse("bgp_routerinterface", device, "it has to be an interface with an IPv4 address outside 127.0.0.0/8");
            }
        }
    }

    /// <summary>Go listens at a name too, and this is the one that is used.</summary>
    private static string? Listener(KubeVipVariables variables, string name)
    {
        const string Localhost = "localhost:";
        return variables.Text(name) is { } text && text.StartsWith(Localhost, StringComparison.Ordinal)
            && $"{IPAddress.Loopback}:{text[Localhost.Length..]}" is var address && Settings.HttpListen.Accepts(address)
            ? address
            : variables.Checked(name, Settings.HttpListen);
    }

    private static void AddServing(KubeVipVariables variables, KubeVipSettings settings)
    {
        if (Listener(variables, "prometheus_server") is { } listen)
        {
            settings.Set(Settings.HttpListen.Key, listen, variables.Source("prometheus_server"));
        }
        else if (variables.IsEmptyFlag("prometheus_server"))
        {
            settings.Set(Settings.HttpListen.Key, "none", "--prometheusHTTPServer");
        }

        if (variables.Number("health_check_port", 0, 65535) is { } port and not 0)
        {
            if (port < 1024)
            {
                variables.Refuse("health_check_port", $"{port}", "it has to be 0 or a number from 1024 to 65535");
            }

            settings.Set(Settings.HttpHealthz.Key, $":{port}", variables.Source("health_check_port"));
        }

        if (variables.Number("vip_loglevel", -100, 100) is { } level)
        {
            var name = level switch
            {
                <= -8 => "trace",
                <= -4 => "debug",
                <= 0 => "information",
                <= 4 => "warning",
                _ => "error",
            };
            settings.Set(Settings.LogLevel.Key, name, variables.Source("vip_loglevel"));
        }
    }

    private static void AddNotApplied(KubeVipVariables variables, CommandLine commandLine, KubeVipSettings settings)
    {
        string[] names = [.. NotApplied.Where(name => variables.Raw(name) is not null), .. settings.NotApplied, .. commandLine.Unknown];
        if (names.Length > 0)
        {
            settings.Remarks.Add($"not applied here: {string.Join(", ", names)}");
        }
    }
}
