using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser.Configuration;

public sealed partial class SettingsTests
{
    private static string Show(AdvertiserOptions options, string key) => $"{key switch
    {
        "vip" => string.Join(' ', options.Vips.Select(vip => vip.Name)),
        "vips:0:address" => options.Vips[0].Name,
        "interface" or "vips:0:interface" => options.Vips[0].Interface,
        "vips:0:dnsMode" => options.Vips[0].DnsMode,
        "vips:0:scope" => options.Vips[0].GlobalScope,
        "vips:0:skipDad" => options.Vips[0].SkipDad,
        _ when key.StartsWith("vips:0:", StringComparison.Ordinal) => Show(options.Vips[0].Route, key["vips:0:".Length..]),
        "localAs" => options.LocalAsn,
        "routerId" => options.RouterId,
        "logLevel" => options.LogLevel,
        "control" => options.Control,
        "peers:0:address" => options.Peers[0].Session.Address,
        "peers:0:port" => options.Peers[0].Session.Port,
        "peers:0:as" => options.Peers[0].Session.RemoteAsn,
        "peers:0:keepaliveInterval" => options.Peers[0].Session.KeepaliveInterval,
        "peers:0:holdTime" => options.Peers[0].Session.HoldTime,
        "peers:0:sendHoldTime" => options.Peers[0].Session.SendHoldTime,
        "peers:0:gracefulRestart" => options.Peers[0].Session.GracefulRestart?.RestartTime,
        "peers:0:sourceInterface" => options.Peers[0].Session.SourceInterface,
        "peers:0:sourceAddress" => options.Peers[0].Session.LocalAddress,
        "peers:0:ttl" => options.Peers[0].Session.TimeToLive,
        "peers:0:ttlSecurityHops" => options.Peers[0].Session.TtlSecurityHops,
        "peers:0:password" or "peers:0:passwordFile" or "peers:0:passwordVariable" => options.Peers[0].Session.Password,
        "drain:time" => options.Stop.DrainTime,
        "drain:linger" => options.Stop.Linger,
        "drain:deadline" => options.Stop.Timeout,
        "drain:message" => options.Stop.Message,
        _ when key.StartsWith("peers:0:", StringComparison.Ordinal) => Show(options.Peers[0].Route, key["peers:0:".Length..]),
        "health:check" => options.Gate?.Probe,
        "health:port" => ((GateProbe.Apiserver)options.Gate!.Probe).Port,
        "health:path" => ((GateProbe.Apiserver)options.Gate!.Probe).Path,
        "health:jitter" => options.Gate!.Jitter,
        "health:expectedCodes" => string.Join(' ', options.Gate!.ExpectedCodes),
        "health:caFile" => options.Gate!.Tls.CaFile,
        "health:clientCertificateFile" => options.Gate!.Tls.ClientCertificateFile,
        "health:clientKeyFile" => options.Gate!.Tls.ClientKeyFile,
        "health:tokenFile" => options.Gate!.Tls.TokenFile,
        "health:kubeconfig" => options.Gate!.Tls.Kubeconfig,
        "failStatic:siblings:0" => options.Gate!.FailStatic?.Siblings[0],
        "failStatic:maxTime" => options.Gate!.FailStatic?.MaxTime,
        "http:listen" => options.Http,
        "http:status" => options.StatusAccess,
        "http:healthz" => options.Healthz,
        "health:interval" => options.Gate!.Interval,
        "health:timeout" => options.Gate!.Timeout,
        "health:fall" => options.Gate!.Fall,
        "health:rise" => (object?)options.Gate!.Rise,
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "no such setting"),
    }}";

    private static string Show(RouteOptions route, string key) => $"{key switch
    {
        "communities" => string.Join(' ', route.Communities),
        "largeCommunities" => string.Join(' ', route.LargeCommunities),
        "med" => route.Med,
        "localPreference" => route.LocalPreference,
        "prepend" => route.Prepend,
        "nextHopIpv4" => route.NextHopIpv4,
        "nextHopIpv6" => (object?)route.NextHopIpv6,
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "no such setting"),
    }}";
}
