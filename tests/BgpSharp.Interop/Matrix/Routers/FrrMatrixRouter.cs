using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Matrix.Routers;

/// <summary>FRR in the matrix. Its own routes are the kernel's, which it redistributes.</summary>
internal sealed class FrrMatrixRouter(Lab lab) : MatrixRouter(lab)
{
    private FrrRouter _frr = null!;

    public override string Name => "FRR";

    protected override IReadOnlyList<LabProcess> Processes => [_frr.Bgpd];

    public override async Task<string> VersionAsync() => (await _frr.VtyshAsync("show version")).Split(' ')[1];

    public override async Task StartAsync()
    {
        if (_frr is null)
        {
            _frr = await Lab.StartRouterAsync(Options());
            await AnnounceAsync([MatrixPlan.RouterPrefix, MatrixPlan.RouterPrefix6]);
        }
        else
        {
            await _frr.RestartBgpdAsync();
        }
        await _frr.ConfigureAsync(
            "bgp community-list standard LEAVING permit graceful-shutdown",
            "route-map IN permit 5", "match community LEAVING", "set local-preference 0", "exit",
            "route-map IN permit 10", "exit",
            $"router bgp {MatrixPlan.RouterAsn}", "address-family ipv4 unicast", $"neighbor {MatrixPlan.OurAddress(PeerKind.Plain)} route-map IN in");
    }

    public override async Task<bool> IsEstablishedAsync(PeerKind kind) =>
        (await _frr.NeighborAsync(MatrixPlan.OurAddress(kind))).GetProperty("bgpState").GetString() == "Established";

    public override async Task<string?> FindPathAsync(PeerKind kind, IpPrefix prefix) =>
        (await FindAsync(kind, prefix))?.GetProperty("aspath").GetProperty("string").GetString() switch
        {
            "Local" => "",
            var path => path,
        };

    public override async Task<string?> FindPreferenceAsync(PeerKind kind, IpPrefix prefix) => await FindAsync(kind, prefix) switch
    {
        null => null,
        { } path => path.TryGetProperty("locPrf", out var preference) ? preference.GetRawText() : "the default",
    };

    public override Task AnnounceAsync(IReadOnlyList<string> prefixes) =>
        Ip.BatchAsync(Lab.RouterNs, [.. prefixes.Select(prefix => $"route add blackhole {prefix}")]);

    public override Task WithdrawAsync(IReadOnlyList<string> prefixes) =>
        Ip.BatchAsync(Lab.RouterNs, [.. prefixes.Select(prefix => $"route del blackhole {prefix}")]);

    public override Task RefreshAsync(PeerKind kind) => _frr.VtyshAsync($"clear bgp ipv4 unicast {MatrixPlan.OurAddress(kind)} in");

    public override async Task<string> ShutdownTextAsync(PeerKind kind) =>
        (await _frr.NeighborAsync(MatrixPlan.OurAddress(kind))).TryGetProperty("lastShutdownDescription", out var text) ? text.GetString()! : "";

    private static FrrOptions Options() => new()
    {
        Asn = MatrixPlan.RouterAsn,
        RouterId = LabTopology.RouterAddress,
        Neighbors = [.. MatrixPlan.Kinds.Select(kind => new FrrNeighbor(MatrixPlan.OurAddress(kind), MatrixPlan.OurAsn(kind), Settings(kind)))],
        FamilyLines = ["redistribute kernel", $"neighbor {MatrixPlan.OurAddress(PeerKind.Limited)} maximum-prefix {MatrixPlan.RouterMaximum}"],
        BgpLines =
        [
            "address-family ipv6 unicast",
            " redistribute kernel",
            .. MatrixPlan.Kinds.Where(kind => kind != PeerKind.TwoOctet).Select(kind => $" neighbor {MatrixPlan.OurAddress(kind)} activate"),
            "exit-address-family",
        ],
    };

    private static string[] Settings(PeerKind kind) => kind switch
    {
        PeerKind.Dialling => ["timers connect 1"],
        PeerKind.Password => ["passive", $"password {MatrixPlan.Password}"],
        PeerKind.TtlSecurity => ["passive", "ttl-security hops 1"],
        PeerKind.TwoOctet => ["passive", "dont-capability-negotiate"],
        _ => ["passive"],
    };

    private async Task<JsonElement?> FindAsync(PeerKind kind, IpPrefix prefix)
    {
        var family = prefix.Family == BgpFamily.Ipv4Unicast ? "ipv4" : "ipv6";
        using var json = await _frr.VtyshJsonAsync($"show bgp {family} unicast {prefix} json");
        return json.RootElement.TryGetProperty("paths", out var paths)
            ? paths.EnumerateArray().Where(IsFromPeer).Select(path => (JsonElement?)path.Clone()).FirstOrDefault()
            : null;

        bool IsFromPeer(JsonElement path) => path.GetProperty("peer").GetProperty("peerId").GetString() == $"{MatrixPlan.OurAddress(kind)}";
    }
}
