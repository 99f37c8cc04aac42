using System.Net;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Every key there is: the one table behind reading, unknown-key errors and <c>--help</c>.</summary>
internal static class Settings
{
    private const string OneHost = "an IPv4 address of one host, such as ";
    private const string OneAs = "an AS number from 1 to 4294967295, not 23456, such as ";
    private const string OneDuration = "a time from 10ms to 1h, such as 500ms or 2s (a number alone is seconds)";
    private const string OneCount = "a number from 1 to 1000";

    public static readonly Setting<IPAddress> Vip = new("vip", SettingParsers.Host, OneHost + "203.0.113.10", null,
        "the virtual IP; put on the interface and announced as a /32");

    public static readonly Setting<string> Interface = new("interface", SettingParsers.Text, "the name of an interface of this host", "lo",
        "where the VIP is put: host scope on lo, global scope elsewhere; taken off at the stop if it was not there before");

    public static readonly Setting<Asn> LocalAs = new("localAs", SettingParsers.AsNumber, OneAs + "65000", null,
        "our AS number");

    public static readonly Setting<BgpIdentifier> RouterId = new("routerId", SettingParsers.RouterId, "four dotted octets, not 0.0.0.0, such as 198.51.100.11", "",
        "our BGP identifier; when absent, the sourceAddress of the first peer");

    public static readonly Setting<LogLevel> LogLevel = new("logLevel", SettingParsers.Level, "one of trace, debug, information, warning, error, critical, none", "information",
        "the least level that is logged");

    public static readonly Setting<string> Control = new("control", SettingParsers.ControlName, ControlAddress.Allowed, ControlAddress.DefaultName,
        "the name of the control socket that status, drain and reload use (give them the same); one host a name and network namespace");

    public static readonly Setting<IPAddress> PeerAddress = new("peers:N:address", SettingParsers.Host, OneHost + "198.51.100.1", null,
        "the router's address");

    public static readonly Setting<int> PeerPort = new("peers:N:port", SettingParsers.Port, "a port from 1 to 65535", "179",
        "the router's TCP port");

    public static readonly Setting<Asn> PeerAs = new("peers:N:as", SettingParsers.AsNumber, OneAs + "65001", null,
        "the router's AS number");

    public static readonly Setting<TimeSpan> PeerHoldTime = new("peers:N:holdTime", SettingParsers.HoldTime, "a number of seconds from 3 to 65535 (0, no hold timer, is refused)", "9",
        "the hold time offered; a keepalive is sent every third of the agreed one");

    public static readonly Setting<TimeSpan?> PeerSendHoldTime = new("peers:N:sendHoldTime", SettingParsers.SendHoldTime, "a number of seconds, more than holdTime, up to 86400", "",
        "how long the router may take nothing from us before the session is reset (RFC 9687); when absent, twice the holdTime");

    public static readonly Setting<TimeSpan?> PeerGracefulRestart = new("peers:N:gracefulRestart", SettingParsers.RestartTime, "a number of seconds from 1 to 4095", "",
        "graceful restart (RFC 4724): how long the router keeps the route of a host that went without a word, so also of one that was killed; when absent, not at all");

    public static readonly Setting<IPAddress?> PeerSourceAddress = new("peers:N:sourceAddress", SettingParsers.OptionalHost, OneHost + "198.51.100.11", "",
        "the local address of the session and the next hop announced; when absent, the kernel's choice");

    public static readonly Setting<string?> PeerSourceInterface = new("peers:N:sourceInterface", SettingParsers.InterfaceName, "the name of an interface, 1 to 15 octets without '/', ':' and blanks, such as eth0", "",
        "the interface that the session has to use, whatever the routing table says; when absent, any");

    public static readonly Setting<int?> PeerTtl = new("peers:N:ttl", SettingParsers.Ttl, "a number from 1 to 255", "",
        "the TTL of the session's packets; when absent, 1 to an external peer and 64 to an internal one");

    public static readonly Setting<int?> PeerTtlSecurityHops = new("peers:N:ttlSecurityHops", SettingParsers.Hops, "a number from 1 to 254", "",
        "TTL security (RFC 5082): how many hops away the peer may be; it has to send with a TTL of 255, as this host then does");

    public static readonly Setting<BgpSecret?> PeerPassword = new("peers:N:password", SettingParsers.Password, "a text of 1 to 80 octets", "",
        "the TCP-MD5 password (RFC 2385); better kept in a file")
    { IsSecret = true };

    public static readonly Setting<BgpSecret?> PeerPasswordFile = new("peers:N:passwordFile", SettingParsers.PasswordFile, "a file that can be read and holds a text of 1 to 80 octets", "",
        "the file with the TCP-MD5 password; a line end at its end is not part of it; read anew for each connection");

    public static readonly Setting<BgpSecret?> PeerPasswordVariable = new("peers:N:passwordVariable", SettingParsers.PasswordVariable, "an environment variable that is set to a text of 1 to 80 octets", "",
        "the environment variable with the TCP-MD5 password, one that does not begin with BGPSHARP_");

    public static readonly Setting<TimeSpan> DrainTime = new("drain:time", SettingParsers.DurationOrNone, "0, or " + OneDuration, "2s",
        "at a stop: how long the VIP stays announced with GRACEFUL_SHUTDOWN (RFC 8326), for routers to move traffic away; 0 withdraws without");

    public static readonly Setting<TimeSpan> DrainLinger = new("drain:linger", SettingParsers.DurationOrNone, "0, or " + OneDuration, "1s",
        "at a stop: how long VIP and sessions stay after the routers have the withdrawal");

    public static readonly Setting<TimeSpan> DrainDeadline = new("drain:deadline", SettingParsers.Duration, OneDuration, "5s",
        "how long a stop may take in all, more than drain:time and drain:linger together");

    public static readonly Setting<string?> DrainMessage = new("drain:message", SettingParsers.Message, "a text of up to 255 octets", "",
        "the text that routers show for the end of the session (RFC 9003)");

    public static readonly Setting<HostPort?> HealthTcp = new("health:tcp", SettingParsers.HostAndPort, "HOST:PORT or [IPv6]:PORT, such as 127.0.0.1:6443", "",
        "announce only while a TCP connect to this succeeds; when absent, announce always");

    public static readonly Setting<TimeSpan> HealthInterval = new("health:interval", SettingParsers.Duration, OneDuration, "1s",
        "the time between the starts of two checks");

    public static readonly Setting<TimeSpan> HealthTimeout = new("health:timeout", SettingParsers.Duration, OneDuration, "1s",
        "how long a check may take");

    public static readonly Setting<int> HealthFall = new("health:fall", SettingParsers.Count, OneCount, "3",
        "failed checks in a row that withdraw the VIP");

    public static readonly Setting<int> HealthRise = new("health:rise", SettingParsers.Count, OneCount, "2",
        "successful checks in a row that announce it again; the first check after the start announces at once");

    public static readonly IReadOnlyList<Setting> All =
    [
        Vip, Interface, LocalAs, RouterId, LogLevel, Control,
        PeerAddress, PeerPort, PeerAs, PeerHoldTime, PeerSendHoldTime, PeerGracefulRestart, PeerSourceAddress, PeerSourceInterface, PeerTtl, PeerTtlSecurityHops, PeerPassword, PeerPasswordFile, PeerPasswordVariable,
        DrainTime, DrainLinger, DrainDeadline, DrainMessage,
        HealthTcp, HealthInterval, HealthTimeout, HealthFall, HealthRise,
    ];
}
