namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>kube-vip's health check where there is one, else this program's own on the apiserver's port.</summary>
internal static class KubeVipHealthTranslator
{
    private const string Prefix = "control_plane_health_check_";
    private const string Address = Prefix + "address", Period = Prefix + "period_seconds", Timeout = Prefix + "timeout_seconds",
        Threshold = Prefix + "failure_threshold", CaPath = Prefix + "ca_path";

    private const int MostSeconds = 3600;

    public static void Add(KubeVipVariables variables, KubeVipSettings settings)
    {
        if (variables.Checked("port", HealthSettings.Port) is { } port && variables.Text(Address) is null)
        {
            settings.Set(HealthSettings.Port.Key, port, variables.Source("port"));
        }

        if (variables.Checked("k8s_config_file", HealthSettings.Kubeconfig) is { } kubeconfig && variables.Text(Address) is null)
        {
            settings.Set(HealthSettings.Kubeconfig.Key, kubeconfig, variables.Source("k8s_config_file"));
        }

        // Without a limit, which 0 is to kube-vip, an apiserver that hangs would never be found out.
        var (period, timeout) = (variables.Number(Period, 1, MostSeconds), variables.Number(Timeout, 0, MostSeconds) is > 0 and var limit ? limit : (int?)null);
        var (threshold, ca) = (variables.Number(Threshold, 0, 1000), variables.Checked(CaPath, HealthSettings.CaFile));
        if (variables.Text(Address) is not { } url)
        {
            settings.NotApplied.AddRange(new[] { Period, Timeout, Threshold, CaPath }.Where(name => variables.Text(name) is not null));
            return;
        }

        if (HealthSettings.Sibling.Accepts(url))
        {
            settings.Set(HealthSettings.Check.Key, url, variables.Source(Address));
        }
        else
        {
            variables.Refuse(Address, url, "it has to be an http or https URL");
        }

        Set(HealthSettings.Interval, Period, period, 5);
        Set(HealthSettings.Timeout, Timeout, timeout, 3);
        Set(HealthSettings.Fall, Threshold, threshold is 0 ? 1 : threshold, 3);
        settings.Set(HealthSettings.Rise.Key, "1", "kube-vip's default");
        settings.Set(HealthSettings.ExpectedCodes.Key, "200", "kube-vip's default");
        if (ca is not null)
        {
            settings.Set(HealthSettings.CaFile.Key, ca, variables.Source(CaPath));
        }

        void Set(Setting setting, string name, int? value, int fallback) =>
            settings.Set(setting.Key, $"{value ?? fallback}", value is null ? "kube-vip's default" : variables.Source(name));
    }
}
