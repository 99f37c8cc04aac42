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

    public static readonly Setting<bool?> Bfd = new("peers:N:bfd:enabled", SettingParsers.OptionalBoolean, "true or false", "",
        "BFD (RFC 5880) beside the session: when the router is silent, or hears nothing, for the detection time, the session is reset at once; when absent, on where one of the keys below is given");

    public static readonly Setting<TimeSpan?> BfdTransmit = new("peers:N:bfd:transmitInterval", SettingParsers.BfdInterval, "a number of milliseconds from 10 to 60000", "",
        "how often a BFD packet is sent, if the router takes as many; when absent, every 300 ms");

    public static readonly Setting<TimeSpan?> BfdReceive = new("peers:N:bfd:receiveInterval", SettingParsers.BfdInterval, "a number of milliseconds from 10 to 60000", "",
        "how often the router may send one; when absent, every 300 ms");

    public static readonly Setting<int?> BfdMultiplier = new("peers:N:bfd:multiplier", SettingParsers.Ttl, "a number from 1 to 255", "",
        "how many packets in a row the router has to miss before it takes this host for gone; when absent, 3");

    public static readonly Setting<bool?> BfdMultihop = new("peers:N:bfd:multihop", SettingParsers.OptionalBoolean, "true or false", "",
        "BFD for a router that is more than one hop away (RFC 5883), on port 4784 in place of 3784; when absent, where ttl is above 1 or ttlSecurityHops is");

    public static readonly Setting<bool?> BfdStrict = new("peers:N:bfd:strict", SettingParsers.OptionalBoolean, "true or false", "",
        "the session waits until BFD is up, for holdTime at most, where the router asks for that too (capability 74, draft-ietf-idr-bgp-bfd-strict-mode); when absent, it does not");

    public static readonly RouteSettings Route = new("peers:N", "every route this router is sent");

    public static readonly IReadOnlyList<Setting> All =
    [
        Address, Port, As, HoldTime, KeepaliveInterval, SendHoldTime, GracefulRestart, SourceAddress, SourceInterface, Ttl, TtlSecurityHops,
        Password, PasswordFile, PasswordVariable, Bfd, BfdTransmit, BfdReceive, BfdMultiplier, BfdMultihop, BfdStrict, .. Route.All,
    ];
}
