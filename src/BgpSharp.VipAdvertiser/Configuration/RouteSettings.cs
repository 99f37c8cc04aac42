using System.Net;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>The keys of a VIP's route, or of what a peer has added to every route.</summary>
/// <param name="list">What they stand under: vips:N or peers:N.</param>
/// <param name="whose">"the VIP's route", for the descriptions.</param>
internal sealed class RouteSettings(string list, string whose)
{
    private const string OneNumber = "a number from 0 to 4294967295";

    public Setting<IReadOnlyList<Community>?> Communities { get; } = new($"{list}:communities", SettingParsers.Communities, "communities with commas between, such as 65000:100,no-export", "",
        $"communities (RFC 1997) of {whose}");

    public Setting<IReadOnlyList<LargeCommunity>?> LargeCommunities { get; } = new($"{list}:largeCommunities", SettingParsers.LargeCommunities, "large communities with commas between, such as 65000:1:2", "",
        $"large communities (RFC 8092) of {whose}");

    public Setting<uint?> Med { get; } = new($"{list}:med", SettingParsers.Unsigned, OneNumber, "",
        $"the MULTI_EXIT_DISC of {whose}: of two equal ones a router takes the lower; when absent, none");

    public Setting<uint?> LocalPreference { get; } = new($"{list}:localPreference", SettingParsers.Unsigned, OneNumber, "",
        $"the LOCAL_PREF of {whose}, for internal peers alone: the higher wins; when absent, 100");

    public Setting<int?> Prepend { get; } = new($"{list}:prepend", SettingParsers.Prepend, "a number from 0 to 25", "",
        $"how often our AS number is in the AS_PATH of {whose} beside the once that is usual; when absent, {(list == "vips:N" ? "0" : "as often as the VIP has it")}");

    public Setting<IPAddress?> NextHopIpv4 { get; } = new($"{list}:nextHopIpv4", AddressParsers.NextHopIpv4, "an IPv4 address that is no loopback one, such as 198.51.100.11", "",
        $"the next hop of {whose} to an IPv4 prefix; when absent, the session's own address");

    public Setting<IPAddress?> NextHopIpv6 { get; } = new($"{list}:nextHopIpv6", AddressParsers.NextHopIpv6, "an IPv6 address that is neither loopback nor link-local, such as 2001:db8::11", "",
        $"the next hop of {whose} to an IPv6 prefix; when absent, the session's own address or one of its interface");

    public IReadOnlyList<Setting> All => [Communities, LargeCommunities, Med, LocalPreference, Prepend, NextHopIpv4, NextHopIpv6];

    /// <summary><see cref="RouteOptions.None"/> when none of them is given.</summary>
    public RouteOptions Read(SettingReader reader, int index)
    {
        var options = new RouteOptions
        {
            Communities = reader.Read(Communities, index) ?? [],
            LargeCommunities = reader.Read(LargeCommunities, index) ?? [],
            Med = reader.Read(Med, index),
            LocalPreference = reader.Read(LocalPreference, index),
            Prepend = reader.Read(Prepend, index),
            NextHopIpv4 = reader.Read(NextHopIpv4, index),
            NextHopIpv6 = reader.Read(NextHopIpv6, index),
        };
        return All.Any(setting => reader.IsGiven(setting, index)) ? options : RouteOptions.None;
    }
}
