using System.Text;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>The text of <c>--help</c>.</summary>
internal static class HelpText
{
    public static string Make()
    {
        var text = new StringBuilder($"""
            bgpsharp-vip: announces virtual IP addresses over BGP while the service behind them is healthy.

            Usage: bgpsharp-vip [run] [--config FILE] [--key value]...
                   bgpsharp-vip manager [kube-vip's flags]...   in kube-vip's place: its environment is the configuration
                   bgpsharp-vip check [--manager] ...           is the configuration right, do peers, health check and collector
                                                                answer, and what would the routers' configuration be
                   bgpsharp-vip manifest pod|daemonset|systemd [--manager] ...
                   bgpsharp-vip status [--json] [--watch] | drain [--message TEXT] [--undo] | reload
                                                                of the host that runs here
                   bgpsharp-vip --help | --version

            Settings are taken, later wins, from a file (--config FILE, YAML by its name .yaml or .yml, else JSON;
            {string.Join(" or ", ConfigurationSources.DefaultFiles)} if it exists), for manager from kube-vip's
            environment, from the environment ({ConfigurationSources.EnvironmentPrefix}VIP, {ConfigurationSources.EnvironmentPrefix}PEERS__0__ADDRESS) and from the
            command line (--vip 203.0.113.10 --peers:0:address=198.51.100.1). N stands for the position in the list, from 0.


            """);
        foreach (var setting in Settings.All)
        {
            var fallback = setting.Fallback switch
            {
                null => "required",
                "" => "optional",
                _ => $"default {setting.Fallback}",
            };
            text.AppendLine($"  {setting.Key,-28} {setting.Meaning}")
                .AppendLine($"  {string.Empty,-28}   {fallback}; {setting.Allowed}");
        }

        return text.Append("""

            Exit codes: 0 stopped on request, 1 failed at run time, 2 the configuration is wrong (one line on stderr for each error).

            """).ToString();
    }
}
