using System.Net;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Http;
using BgpSharp.VipAdvertiser.Network;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Health;

/// <inheritdoc/>
internal sealed class HealthGateFactory(INodeAddresses node, TimeProvider time, ILoggerFactory loggers) : IHealthGateFactory
{
    /// <summary>In the certificate of every apiserver, whatever else is.</summary>
    private const string ApiserverName = "kubernetes";

    public IHealthGate Create(GateOptions options, Func<IReadOnlyCollection<IPAddress>> vips)
    {
        var tls = new TlsFiles("Health check", options.Tls, loggers.CreateLogger<TlsFiles>());
        var (probe, port) = Probe(options, vips, tls);
        var watch = new ListenerWatch((ushort)port, open => new ListenerEnds(open), () => OwnAnswer(options, probe), time, loggers.CreateLogger<ListenerWatch>());
        return new HealthGate(probe, options, watch, Siblings(options, tls), Random.Shared.NextDouble, time, loggers.CreateLogger<HealthGate>());
    }

    private (IHealthProbe Probe, int Port) Probe(GateOptions options, Func<IReadOnlyCollection<IPAddress>> vips, TlsFiles tls)
    {
        switch (options.Probe)
        {
            case GateProbe.Apiserver apiserver:
                var uri = new Uri(FormattableString.Invariant($"https://{ApiserverName}:{apiserver.Port}{apiserver.Path}"));
                return (Http(options, uri, new ApiserverTarget(apiserver.Port, node, vips), tls, trustsOwnNode: true), apiserver.Port);
            case GateProbe.Url url:
                return (Http(options, url.Target, new HostTarget(), tls), url.Target.Port);
            case GateProbe.Tcp tcp:
                return (new TcpProbe(tcp.Target, options.Timeout, time), tcp.Target.Port);
            default:
                throw new NotSupportedException($"no probe for {options.Probe}");
        }
    }

    private HttpProbe Http(GateOptions options, Uri uri, IHttpTarget target, TlsFiles tls, bool trustsOwnNode = false)
    {
        var check = new HttpCheck
        {
            Uri = uri,
            Timeout = options.Timeout,
            ExpectedCodes = options.ExpectedCodes,
            FollowRedirects = options.FollowRedirects,
            DeniedIsAlive = options.DeniedIsAlive,
        };
        return new HttpProbe(check, new HttpCaller(target, tls, trustsOwnNode), time, loggers.CreateLogger<HttpProbe>());
    }

    private SiblingEvidence Siblings(GateOptions options, TlsFiles tls) =>
        new([.. (options.FailStatic?.Siblings ?? []).Select(uri => Sibling(options, uri, tls))]);

    /// <summary>A sibling's apiserver is known by the same name as ours, whatever its address.</summary>
    private HttpProbe Sibling(GateOptions options, Uri uri, TlsFiles tls) => options.Probe is GateProbe.Apiserver && uri.Scheme == Uri.UriSchemeHttps
        ? Http(options, new UriBuilder(uri) { Host = ApiserverName }.Uri, new HostTarget(new DnsEndPoint(uri.IdnHost, uri.Port)), tls)
        : Http(options, uri, new HostTarget(), tls);

    /// <summary>Where the check was answered, when that was surely this node.</summary>
    private static IPEndPoint? OwnAnswer(GateOptions options, IHealthProbe probe) =>
        probe.Answered is { } answered && (options.Probe is GateProbe.Apiserver || IPAddress.IsLoopback(answered.Address)) ? answered : null;
}
