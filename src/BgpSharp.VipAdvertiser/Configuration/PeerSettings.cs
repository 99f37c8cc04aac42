using System.Net;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>The keys of each router, <c>peers:N</c>.</summary>
internal static class PeerSettings
{
    private const string OneHost = "an address of one host, such as 198.51.100.1, 2001:db8::1 or fe80::1%eth0";

    public static readonly Setting<IPAddress> Address = new("peers:N:address", AddressParsers.Host, OneHost, null,
        "the router's address");

    public static readonly Setting<int> Port = new("peers:N:port", SettingParsers.Port, "a port from 1 to 65535", "179",
        "the router's TCP port");

    public static readonly Setting<Asn> As = new("peers:N:as", SettingParsers.AsNumber, Settings.OneAs + "65001", null,
        "the router's AS number");

    public static readonly Setting<TimeSpan> HoldTime = new("peers:N:holdTime", SettingParsers.HoldTime, "a number of seconds from 3 to 65535 (0, no hold timer, is refused)", "9",
        "the hold time offered: how long the router keeps the route of a master that fell silent");

    public static readonly Setting<TimeSpan?> KeepaliveInterval = new("peers:N:keepaliveInterval", SettingParsers.KeepaliveInterval, "a number of seconds from 1 to 21845", "",
        "how often a keepalive is sent, at most every third of the agreed hold time; when absent, exactly that");

    public static readonly Setting<TimeSpan?> SendHoldTime = new("peers:N:sendHoldTime", SettingParsers.SendHoldTime, "a number of seconds, more than holdTime, up to 86400", "",
        "how long the router may take nothing from us before the session is reset (RFC 9687); when absent, twice the holdTime");

    public static readonly Setting<TimeSpan?> GracefulRestart = new("peers:N:gracefulRestart", SettingParsers.RestartTime, "a number of seconds from 1 to 4095", "",
        "graceful restart (RFC 4724): how long the router keeps the route of a host that went without a word, so also of one that was killed; when absent, not at all");

    public static readonly Setting<IPAddress?> SourceAddress = new("peers:N:sourceAddress", AddressParsers.OptionalHost, OneHost, "",
        "the local address of the session and the next hop announced, of the family of the router's address; when absent, the kernel's choice");

    public static readonly Setting<string?> SourceInterface = new("peers:N:sourceInterface", SettingParsers.InterfaceName, Settings.OneInterface, "",
        "the interface that the session has to use, whatever the routing table says; when absent, any");

    public static readonly Setting<int?> Ttl = new("peers:N:ttl", SettingParsers.Ttl, "a number from 1 to 255", "",
        "the TTL of the session's packets; when absent, 1 to an external peer and 64 to an internal one");

    public static readonly Setting<int?> TtlSecurityHops = new("peers:N:ttlSecurityHops", SettingParsers.Hops, "a number from 1 to 254", "",
        "TTL security (RFC 5082): how many hops away the peer may be; it has to send with a TTL of 255, as this host then does");

    public static readonly Setting<BgpSecret?> Password = new("peers:N:password", SettingParsers.Password, "a text of 1 to 80 octets", "",
        "the TCP-MD5 password (RFC 2385); better kept in a file")
    { IsSecret = true };

    public static readonly Setting<BgpSecret?> PasswordFile = new("peers:N:passwordFile", SettingParsers.PasswordFile, "a file that can be read and holds a text of 1 to 80 octets", "",
        "the file with the TCP-MD5 password; a line end at its end is not part of it; read anew for each connection");

    public static readonly Setting<BgpSecret?> PasswordVariable = new("peers:N:passwordVariable", SettingParsers.PasswordVariable, "an environment variable that is set to a text of 1 to 80 octets", "",
        "the environment variable with the TCP-MD5 password, one that does not begin with BGPSHARP_");

    public static readonly RouteSettings Route = new("peers:N", "every route this router is sent");

    public static readonly IReadOnlyList<Setting> All =
    [
        Address, Port, As, HoldTime, KeepaliveInterval, SendHoldTime, GracefulRestart, SourceAddress, SourceInterface, Ttl, TtlSecurityHops,
        Password, PasswordFile, PasswordVariable, .. Route.All,
    ];
}
