using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Matrix.Routers;

/// <summary>BIRD in the matrix. Its own routes are those of two static protocols, whose files are written anew.</summary>
internal sealed class BirdMatrixRouter(Lab lab) : MatrixRouter(lab)
{
    private readonly HashSet<string> _own = [MatrixPlan.RouterPrefix, MatrixPlan.RouterPrefix6];
    private BirdRouter _bird = null!;

    public override string Name => "BIRD";

    protected override IReadOnlyList<LabProcess> Processes => [_bird.Daemon];

    public override async Task<string> VersionAsync() => (await _bird.ShowAsync("show status"))[0].Split(' ')[^1];

    public override async Task StartAsync()
    {
        await WriteOwnAsync();
        _bird = await BirdRouter.StartAsync(Lab, Lab.RouterNs, Configuration());
    }

    public override async Task<bool> IsEstablishedAsync(PeerKind kind) =>
        (await _bird.ShowAsync($"show protocols {Protocol(kind)}"))[^1].Contains("Established", StringComparison.Ordinal);

    public override Task<string?> FindPathAsync(PeerKind kind, IpPrefix prefix) => FindAsync(kind, prefix, "as_path");

    public override Task<string?> FindPreferenceAsync(PeerKind kind, IpPrefix prefix) => FindAsync(kind, prefix, "local_pref");

    public override Task AnnounceAsync(IReadOnlyList<string> prefixes)
    {
        _own.UnionWith(prefixes);
        return ReconfigureAsync();
    }

    public override Task WithdrawAsync(IReadOnlyList<string> prefixes)
    {
        _own.ExceptWith(prefixes);
        return ReconfigureAsync();
    }

    public override Task RefreshAsync(PeerKind kind) => _bird.ShowAsync($"reload in {Protocol(kind)}");

    public override Task<string> ShutdownTextAsync(PeerKind kind) => Task.FromResult(
        _bird.Daemon.Lines.LastOrDefault(line => line.Contains($"{Protocol(kind)}: Received: Administrative shutdown", StringComparison.Ordinal)) ?? "");

    private async Task ReconfigureAsync()
    {
        await WriteOwnAsync();
        await _bird.ShowAsync("configure");
    }

    private async Task WriteOwnAsync()
    {
        foreach (var (file, isFamily) in new (string, Func<string, bool>)[] { ("own4", IsIpv4), ("own6", prefix => !IsIpv4(prefix)) })
        {
            await File.WriteAllLinesAsync($"{Lab.RunDirectory}/{file}.conf", _own.Where(isFamily).Select(prefix => $"route {prefix} blackhole;"));
        }

        static bool IsIpv4(string prefix) => !prefix.Contains(':', StringComparison.Ordinal);
    }

    private async Task<string?> FindAsync(PeerKind kind, IpPrefix prefix, string attribute)
    {
        var table = prefix.Family == BgpFamily.Ipv4Unicast ? "master4" : "master6";
        var start = $"BGP.{attribute}:";
        return (await _bird.ShowAsync($"show route table {table} protocol {Protocol(kind)} all where net = {prefix}"))
            .Select(line => line.Trim())
            .Where(line => line.StartsWith(start, StringComparison.Ordinal))
            .Select(line => line[start.Length..].Trim())
            .FirstOrDefault();
    }

    private string Configuration() => $$"""
        log stderr { warning, error, auth, bug, fatal, remote, info };
        router id {{LabTopology.RouterAddress}};
        protocol device { }
        protocol static own4 { ipv4;
        include "{{Lab.RunDirectory}}/own4.conf";
        }
        protocol static own6 { ipv6;
        include "{{Lab.RunDirectory}}/own6.conf";
        }
        filter with_graceful_shutdown {
          if (65535, 0) ~ bgp_community then bgp_local_pref = 0;
          accept;
        }
        template bgp any {
          connect delay time 1;
          connect retry time 1;
          error wait time 1, 2;
          ipv4 { import filter with_graceful_shutdown; export where source = RTS_STATIC; };
          ipv6 { import all; export where source = RTS_STATIC; next hop address {{MatrixPlan.RouterV6}}; };
        }
        {{string.Join('\n', MatrixPlan.Kinds.Select(kind => $$"""
            protocol bgp {{Protocol(kind)}} from any {
              local {{MatrixPlan.RouterAddress(kind)}} as {{MatrixPlan.RouterAsn}};
              neighbor {{MatrixPlan.OurAddress(kind)}} {{Asn(kind)}};
              {{Settings(kind)}}
            }
            """))}}
        """ + '\n';

    private static string Settings(PeerKind kind) => kind switch
    {
        PeerKind.Dialling => "",
        PeerKind.Password => $"passive on; password \"{MatrixPlan.Password}\";",
        PeerKind.TtlSecurity => "passive on; ttl security on;",
        PeerKind.TwoOctet => "passive on; enable as4 off;",
        PeerKind.Limited => $"passive on; ipv4 {{ import limit {MatrixPlan.RouterMaximum} action restart; }};",
        _ => "passive on;",
    };

    // Without four-octet AS numbers of its own it takes none for a neighbor's.
    private static string Asn(PeerKind kind) => kind == PeerKind.TwoOctet ? "external" : $"as {MatrixPlan.OurAsn(kind)}";

    private static string Protocol(PeerKind kind) => $"m{(int)kind}";
}
