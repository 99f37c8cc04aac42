using System.Net;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Every key there is: the one table behind reading, unknown-key errors and <c>--help</c>.</summary>
internal static class Settings
{
    public const string OneAs = "an AS number from 1 to 4294967295, not 23456, such as ";
    public const string OneDuration = "a time from 10ms to 1h, such as 500ms or 2s (a number alone is seconds)";
    public const string OneVip = "an address of one host or a DNS name, such as 203.0.113.10, 2001:db8::10 or vip.example";
    public const string OneInterface = "the name of an interface, 1 to 15 octets without '/', ':' and blanks, such as eth0";

    /// <summary>As the name of an interface: the one of the default route.</summary>
    public const string DefaultRoute = "default-route";

    private const string OneListener = ":PORT, ADDRESS:PORT or none";

    public static readonly Setting<IReadOnlyList<VipName>?> Vip = new("vip", AddressParsers.Vips, $"{OneVip}, or several with commas between", "",
        "the virtual IP or IPs, in short; vips:N has each with options of its own");

    public static readonly Setting<string> Interface = new("interface", SettingParsers.InterfaceName, $"{OneInterface}, or {DefaultRoute}", "lo",
        "where the VIPs are put: host scope on lo, global scope elsewhere; taken off at the stop if they were not there before");

    public static readonly Setting<Asn> LocalAs = new("localAs", SettingParsers.AsNumber, OneAs + "65000", null,
        "our AS number");

    public static readonly Setting<BgpIdentifier> RouterId = new("routerId", SettingParsers.RouterId, "four dotted octets, not 0.0.0.0, such as 198.51.100.11", "",
        "our BGP identifier; when absent, the sourceAddress of the first peer, else the address that its session leaves from");

    public static readonly Setting<LogLevel> LogLevel = new("logLevel", SettingParsers.Level, "one of trace, debug, information, warning, error, critical, none", "information",
        "the least level that is logged");

    public static readonly Setting<LogFormat> LogFormat = new("log:format", SettingParsers.Format, "one of text, json", "text",
        "how a line of the log is written: for people, or one JSON object; read at the start alone");

    public static readonly Setting<int> RecorderOctets = new("recorder:octets", SettingParsers.RecorderOctets, "0, or a number from 4096 to 262144", "16384",
        "the flight recorder: so many octets of memory for each router keep the last messages, which dump writes; 0 keeps none");

    public static readonly Setting<string> Control = new("control", SettingParsers.ControlName, ControlAddress.Allowed, ControlAddress.DefaultName,
        "the name of the control socket that status, drain and reload use (give them the same); one host a name and network namespace");

    public static readonly Setting<TimeSpan> DrainTime = new("drain:time", SettingParsers.DurationOrNone, "0, or " + OneDuration, "2s",
        "at a stop: how long the VIP stays announced with GRACEFUL_SHUTDOWN (RFC 8326), for routers to move traffic away; 0 withdraws without");

    public static readonly Setting<uint?> DrainMed = new("drain:med", SettingParsers.Unsigned, "a number from 0 to 4294967295", "",
        "the MULTI_EXIT_DISC of the VIP's routes for drain:time, where it is worse than their own: for routers that do not honour GRACEFUL_SHUTDOWN");

    public static readonly Setting<TimeSpan> DrainLinger = new("drain:linger", SettingParsers.DurationOrNone, "0, or " + OneDuration, "1s",
        "at a stop: how long VIP and sessions stay after the routers have the withdrawal");

    public static readonly Setting<TimeSpan> DrainDeadline = new("drain:deadline", SettingParsers.Duration, OneDuration, "5s",
        "how long a stop may take in all; where it is too short, drain:time is cut first, then drain:linger, the withdrawal never");

    public static readonly Setting<string?> DrainMessage = new("drain:message", SettingParsers.Message, "a text of up to 255 octets", "",
        "the text that routers show for the end of the session (RFC 9003)");

    public static readonly Setting<IPEndPoint?> HttpListen = new("http:listen", AddressParsers.Listen, OneListener, ":2112",
        "where /metrics, /livez and /readyz are; given without a value, nowhere")
    { EmptyIsNone = true };

    public static readonly Setting<StatusAccess> HttpStatus = new("http:status", SettingParsers.Access, "one of loopback, all, none", "loopback",
        "who is shown / and /status at http:listen, which name peers and failures: clients by a loopback address, whoever reaches it, nobody");

    public static readonly Setting<IPEndPoint?> HttpHealthz = new("http:healthz", AddressParsers.Listen, OneListener, "",
        "where /healthz is, as kube-vip has it on a port of its own; when absent, nowhere");

    public static readonly IReadOnlyList<Setting> All =
    [
        Vip, .. VipSettings.All, Interface, LocalAs, RouterId, .. PeerSettings.All, .. HealthSettings.All,
        DrainTime, DrainMed, DrainLinger, DrainDeadline, DrainMessage, HttpListen, HttpStatus, HttpHealthz, .. OtlpSettings.All, Control, RecorderOctets, LogFormat, LogLevel,
    ];

    private static readonly Dictionary<string, Setting> ByKey = All.ToDictionary(setting => setting.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The setting of a key with positions, such as peers:0:as; null when there is none.</summary>
    public static Setting? Find(string key)
    {
        string[] parts = [.. key.Split(':').Select(part => SettingReader.IsPosition(part) ? "N" : part == "N" ? string.Empty : part)];
        return ByKey.GetValueOrDefault(string.Join(':', parts));
    }

    /// <summary>Whether keys begin with this one.</summary>
    public static bool IsSection(string key) =>
        All.Any(setting => setting.Key.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase));
}
