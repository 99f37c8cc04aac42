using System.Globalization;

namespace BgpSharp.VipAdvertiser.Commands;

/// <summary>A unit of systemd. A stop is a SIGTERM, which drains.</summary>
internal static class SystemdUnit
{
    /// <summary>Seconds; a stop feeds no watchdog, so that it is never less than a stop may take.</summary>
    private const double LeastWatchdog = 30;

    private static readonly TimeSpan Beyond = TimeSpan.FromSeconds(15);

    public static IEnumerable<string> Make(ManifestSettings settings)
    {
        yield return "# For /etc/systemd/system/bgpsharp-vip.service";
        foreach (var name in settings.Secrets)
        {
            yield return $"# {ManifestSettings.SecretDirectory}/{name} has to hold the password, readable by root alone.";
        }

        yield return "[Unit]";
        yield return "Description=Announces the control plane's address over BGP";
        yield return "Wants=network-online.target";
        yield return "After=network-online.target";
        yield return string.Empty;
        yield return "[Service]";
        yield return "# Ready once the configuration is applied, whether a router answers or not; killed when the host's loop hangs.";
        yield return "Type=notify";
        yield return "NotifyAccess=main";
        yield return string.Create(CultureInfo.InvariantCulture, $"WatchdogSec={Math.Max(LeastWatchdog, StopSeconds(settings))}");
        yield return "ExecStart=/usr/local/bin/bgpsharp-vip run";
        yield return "ExecReload=/bin/kill -HUP $MAINPID";
        foreach (var (name, value) in settings.Variables)
        {
            yield return $"Environment=\"{name}={Escape(value)}\"";
        }

        yield return "KillSignal=SIGTERM";
        yield return "KillMode=mixed";
        yield return string.Create(CultureInfo.InvariantCulture, $"TimeoutStopSec={StopSeconds(settings)}");
        yield return "Restart=always";
        yield return "RestartSec=1";
        yield return "# A wrong configuration does not become right by another try.";
        yield return "RestartPreventExitStatus=2";
        yield return "CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_RAW";
        yield return "NoNewPrivileges=yes";
        yield return "ProtectSystem=strict";
        yield return "ProtectHome=yes";
        yield return "PrivateTmp=yes";
        yield return string.Empty;
        yield return "[Install]";
        yield return "WantedBy=multi-user.target";
    }

    private static double StopSeconds(ManifestSettings settings) => Math.Ceiling((settings.Options.Stop.Timeout + Beyond).TotalSeconds);

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("%", "%%", StringComparison.Ordinal);
}
