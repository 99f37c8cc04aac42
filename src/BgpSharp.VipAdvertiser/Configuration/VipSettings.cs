namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>The keys of each VIP that is given as <c>vips:N</c>.</summary>
internal static class VipSettings
{
    public static readonly Setting<VipName?> Address = new("vips:N:address", AddressParsers.Vip, Settings.OneVip, null,
        "a virtual IP; put on its interface and announced as a /32 or /128; a DNS name is resolved and followed");

    public static readonly Setting<string> Interface = new("vips:N:interface", SettingParsers.InterfaceName, Settings.OneInterface, "",
        "where this VIP is put; when absent, as interface has it");

    public static readonly Setting<DnsMode> Mode = new("vips:N:dnsMode", SettingParsers.Mode, "one of first, ipv4, ipv6, dual", "first",
        "which addresses of a name are VIPs: the first, the first IPv4 one, the first IPv6 one, the first of both kinds");

    public static readonly Setting<bool> Scope = new("vips:N:scope", SettingParsers.GlobalScope, "host or global", "host",
        "the scope of the address on lo; it is global on every other interface");

    public static readonly Setting<bool> SkipDad = new("vips:N:skipDad", SettingParsers.Boolean, "true or false", "false",
        "an IPv6 VIP is used at once, without duplicate address detection");

    public static readonly RouteSettings Route = new("vips:N", "the VIP's route");

    public static readonly IReadOnlyList<Setting> All = [Address, Interface, Mode, Scope, SkipDad, .. Route.All];
}
