namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Reads the health check.</summary>
internal static class GateReader
{
    private static readonly Setting[] OfApiserver = [HealthSettings.Port, HealthSettings.RequestPath];

    private static readonly Setting[] OfHttp =
    [
        HealthSettings.ExpectedCodes, HealthSettings.CaFile, HealthSettings.ClientCertificateFile, HealthSettings.ClientKeyFile, HealthSettings.TokenFile, HealthSettings.Kubeconfig,
    ];

    /// <summary>Null for no check.</summary>
    public static GateOptions? Read(SettingReader reader, ConfigurationSources sources)
    {
        var probe = reader.Read(HealthSettings.Check);
        var (port, path) = (reader.Read(HealthSettings.Port), reader.Read(HealthSettings.RequestPath));
        var codes = reader.Read(HealthSettings.ExpectedCodes);
        var options = new GateOptions
        {
            Probe = probe is GateProbe.Apiserver ? new GateProbe.Apiserver(port, path) : probe!,
            Interval = reader.Read(HealthSettings.Interval),
            Timeout = reader.Read(HealthSettings.Timeout),
            Fall = reader.Read(HealthSettings.Fall),
            Rise = reader.Read(HealthSettings.Rise),
            Jitter = reader.Read(HealthSettings.Jitter),
            ExpectedCodes = codes ?? DefaultCodes(probe),
            DeniedIsAlive = probe is GateProbe.Apiserver && codes is null,
            FollowRedirects = probe is GateProbe.Url && sources.KubeVip is not null,
            Tls = ReadTls(reader, probe, sources.KubeVip is not null),
            FailStatic = ReadFailStatic(reader),
        };
        RemarkUseless(reader, probe, Masked.Of(HealthSettings.Check, sources.Text(HealthSettings.Check.Key) ?? HealthSettings.Check.Fallback!));
        return probe is null ? null : options;
    }

    private static IReadOnlyList<(int From, int To)> DefaultCodes(GateProbe? probe) => probe switch
    {
        GateProbe.Apiserver => [(200, 299)],
        GateProbe.Url => [(200, 200)],
        _ => [],
    };

    private static GateTlsOptions ReadTls(SettingReader reader, GateProbe? probe, bool isKubeVip)
    {
        reader.RefuseOneWithoutOther(HealthSettings.ClientCertificateFile, HealthSettings.ClientKeyFile);
        var kubeconfig = reader.Read(HealthSettings.Kubeconfig);
        return new GateTlsOptions
        {
            Kubeconfig = probe is GateProbe.Apiserver || reader.IsGiven(HealthSettings.Kubeconfig) ? kubeconfig : null,
            CaFile = reader.Read(HealthSettings.CaFile),
            WithSystemRoots = probe is GateProbe.Url && isKubeVip,
            ClientCertificateFile = reader.Read(HealthSettings.ClientCertificateFile),
            ClientKeyFile = reader.Read(HealthSettings.ClientKeyFile),
            TokenFile = reader.Read(HealthSettings.TokenFile),
        };
    }

    private static FailStaticOptions? ReadFailStatic(SettingReader reader)
    {
        var longest = reader.Read(HealthSettings.MaxTime);
        Uri?[] siblings = [.. reader.Positions("failStatic:siblings").Select(index => reader.Read(HealthSettings.Sibling, index))];
        if (siblings.All(sibling => sibling is null))
        {
            reader.RemarkUseless("failStatic:siblings is not given", HealthSettings.MaxTime);
            return null;
        }

        return new FailStaticOptions { Siblings = [.. siblings.OfType<Uri>()], MaxTime = longest };
    }

    private static void RemarkUseless(SettingReader reader, GateProbe? probe, string check)
    {
        var why = $"{HealthSettings.Check.Key} is {check}";
        if (probe is null)
        {
            reader.RemarkUseless(why, [.. HealthSettings.All.Where(setting => setting != HealthSettings.Check)]);
            return;
        }

        if (probe is not GateProbe.Apiserver)
        {
            reader.RemarkUseless(why, OfApiserver);
        }

        if (probe is GateProbe.Tcp)
        {
            reader.RemarkUseless(why, OfHttp);
        }
    }
}
