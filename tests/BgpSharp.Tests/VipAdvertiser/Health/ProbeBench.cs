using System.Net;
using System.Security.Cryptography.X509Certificates;
using BgpSharp.Tests.StandIn;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Http;
using BgpSharp.VipAdvertiser.Network;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Tests.VipAdvertiser.Health;

/// <summary>What a test of an HTTP check needs: a CA, files, a log, and checks of them.</summary>
internal sealed class ProbeBench : IDisposable
{
    public const string Path = "/readyz?exclude=etcd&exclude=etcd-readiness";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("bgpsharp-health-");
    private readonly List<IHealthProbe> _probes = [];

    public ProbeBench()
    {
        Certificate = Authority.IssueServer("kubernetes");
    }

    public StandInAuthority Authority { get; private set; } = new();

    /// <summary>For the name kubernetes alone, as no address is what an apiserver has to have.</summary>
    public X509Certificate2 Certificate { get; private set; }

    public LineLogger Log { get; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Ends a check that hangs though it should not; with a clock that stands still it is the length of one.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public string Kubeconfig => File("admin.conf");

    public static StandInApiserver Listen(X509Certificate2? certificate, string address = "127.0.0.1", StandInMode mode = StandInMode.Ok) =>
        new(IPAddress.Parse(address), certificate, mode: mode);

    public string File(string name) => System.IO.Path.Combine(_directory.FullName, name);

    public string Write(string name, string content)
    {
        System.IO.File.WriteAllText(File(name), content);
        return File(name);
    }

    public string WriteKubeconfig() => Write("admin.conf", Authority.Kubeconfig(Authority.IssueClient()));

    /// <summary>A new CA and certificate; no file is written.</summary>
    public void Rotate()
    {
        Authority = new StandInAuthority();
        Certificate = Authority.IssueServer("kubernetes");
    }

    public HttpProbe Apiserver(int port, GateTlsOptions? tls = null, INodeAddresses? own = null, params IPAddress[] vips)
    {
        var check = new HttpCheck
        {
            Uri = new Uri($"https://kubernetes:{port}{Path}"),
            Timeout = Timeout,
            ExpectedCodes = [(200, 200)],
            DeniedIsAlive = true,
        };
        return Make(check, new ApiserverTarget(port, own ?? new OwnAddresses(), () => vips), tls, trustsOwnNode: true);
    }

    public HttpProbe Url(string url, GateTlsOptions? tls = null, bool followRedirects = false, params (int From, int To)[] codes)
    {
        var check = new HttpCheck
        {
            Uri = new Uri(url),
            Timeout = Timeout,
            ExpectedCodes = codes is [] ? [(200, 200)] : codes,
            FollowRedirects = followRedirects,
        };
        return Make(check, new HostTarget(), tls);
    }

    public void Dispose()
    {
        _probes.ForEach(probe => probe.Dispose());
        _directory.Delete(recursive: true);
    }

    private HttpProbe Make(HttpCheck check, IHttpTarget target, GateTlsOptions? tls, bool trustsOwnNode = false)
    {
        var files = new TlsFiles("Health check", tls ?? GateTlsOptions.None, Log.CreateLogger<TlsFiles>());
        var probe = new HttpProbe(check, new HttpCaller(target, files, trustsOwnNode), Time, Log.CreateLogger<HttpProbe>());
        _probes.Add(probe);
        return probe;
    }
}
