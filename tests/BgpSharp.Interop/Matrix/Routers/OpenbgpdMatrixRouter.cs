using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Matrix.Routers;

/// <summary>OpenBGPD in the matrix.</summary>
internal sealed class OpenbgpdMatrixRouter(Lab lab) : MatrixRouter(lab)
{
    private OpenbgpdRouter _openbgpd = null!;

    public override string Name => "OpenBGPD";

    public override IReadOnlyDictionary<string, Lack> Lacks => new Dictionary<string, Lack>
    {
        [MatrixRows.RefreshByUs] = new(
            "It offers route refresh, and takes a request for a family that both sides have offered, and whose routes it has sent, for a mistake",
            "route refresh: AID IPv4 unicast not negotiated",
            "its log, when asked",
            async lab =>
            {
                var from = _openbgpd.Parent.Lines.Count;
                await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Plain);
                us.Peer.Session!.RouteRefresh.Should().BeTrue();
                us.Peer.RequestRefresh(BgpFamily.Ipv4Unicast);
                return await _openbgpd.Parent.WaitForLineAsync(line => line.Contains("route refresh:", StringComparison.Ordinal), from: from);
            }),
    };

    protected override IReadOnlyList<LabProcess> Processes => [_openbgpd.Parent];

    public override async Task<string> VersionAsync()
    {
        // It prints to standard error.
        var program = Lab.Start(Lab.RouterNs, OpenbgpdRouter.Daemon, "-V");
        await program.WaitForExitAsync();
        return program.Lines[0].Split(' ')[^1];
    }

    public override async Task StartAsync() => _openbgpd = await OpenbgpdRouter.StartAsync(Lab, Lab.RouterNs, Configuration());

    public override async Task KillAsync()
    {
        await _openbgpd.SignalAsync(Signal.Kill);
        await _openbgpd.Parent.WaitForExitAsync();
    }

    public override Task SignalAsync(Signal signal) => _openbgpd.SignalAsync(signal);

    // It would stay idle for half a minute and longer.
    public override Task ForgetAsync(PeerKind kind) => _openbgpd.RunAsync("neighbor", $"{MatrixPlan.OurAddress(kind)}", "up");

    public override async Task<bool> IsEstablishedAsync(PeerKind kind) =>
        (await NeighborAsync(kind)).GetProperty("state").GetString() == "Established";

    public override async Task<string?> FindPathAsync(PeerKind kind, IpPrefix prefix) =>
        (await FindAsync(kind, prefix))?.GetProperty("aspath").GetString();

    public override async Task<string?> FindPreferenceAsync(PeerKind kind, IpPrefix prefix) =>
        (await FindAsync(kind, prefix))?.GetProperty("localpref").GetRawText();

    public override async Task AnnounceAsync(IReadOnlyList<string> prefixes)
    {
        if (prefixes[0].Contains(':', StringComparison.Ordinal))
        {
            await _openbgpd.RunAsync("network", "add", prefixes[0], "nexthop", $"{MatrixPlan.RouterV6}");
            return;
        }
        await _openbgpd.RunAsync(string.Join('\n', prefixes) + '\n', ["network", "bulk", "add"]);
    }

    public override Task WithdrawAsync(IReadOnlyList<string> prefixes) =>
        _openbgpd.RunAsync(string.Join('\n', prefixes) + '\n', ["network", "bulk", "delete"]);

    public override Task RefreshAsync(PeerKind kind) => _openbgpd.RunAsync("neighbor", $"{MatrixPlan.OurAddress(kind)}", "refresh");

    public override async Task<string> ShutdownTextAsync(PeerKind kind) => await _openbgpd.RunAsync("show", "neighbor", $"{MatrixPlan.OurAddress(kind)}");

    private async Task<JsonElement> NeighborAsync(PeerKind kind)
    {
        using var json = await _openbgpd.RunJsonAsync("show", "neighbor", $"{MatrixPlan.OurAddress(kind)}");
        return json.RootElement.GetProperty("neighbors").EnumerateArray().Single().Clone();
    }

    private async Task<JsonElement?> FindAsync(PeerKind kind, IpPrefix prefix)
    {
        using var json = await _openbgpd.RunJsonAsync("show", "rib", "neighbor", $"{MatrixPlan.OurAddress(kind)}");
        return json.RootElement.TryGetProperty("rib", out var rib)
            ? rib.EnumerateArray().Where(route => route.GetProperty("prefix").GetString() == $"{prefix}").Select(route => (JsonElement?)route.Clone()).FirstOrDefault()
            : null;
    }

    private static string Configuration() => $$"""
        AS {{MatrixPlan.RouterAsn}}
        router-id {{LabTopology.RouterAddress}}
        fib-update no
        connect-retry 1
        network {{MatrixPlan.RouterPrefix}}
        network {{MatrixPlan.RouterPrefix6}} set nexthop {{MatrixPlan.RouterV6}}
        {{string.Join('\n', MatrixPlan.Kinds.Select(Neighbor))}}
        allow from any
        allow to any
        match from any community GRACEFUL_SHUTDOWN set localpref 0
        """ + '\n';

    private static string Neighbor(PeerKind kind) => $$"""
        neighbor {{MatrixPlan.OurAddress(kind)}} {
          remote-as {{MatrixPlan.OurAsn(kind)}}
          announce IPv4 unicast
          announce IPv6 unicast
          {{(kind == PeerKind.Dialling ? "" : "passive")}}
          {{Setting(kind)}}
        }
        """;

    private static string Setting(PeerKind kind) => kind switch
    {
        PeerKind.Password => $"tcp md5sig password {MatrixPlan.Password}",
        PeerKind.TtlSecurity => "ttl-security yes",
        PeerKind.TwoOctet => "announce as-4byte no",
        PeerKind.Limited => $"max-prefix {MatrixPlan.RouterMaximum}",
        _ => "",
    };
}
