using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Matrix.Routers;

/// <summary>GoBGP in the matrix. Its own routes are put into its global table, many at once from an MRT file.</summary>
internal sealed class GobgpMatrixRouter(Lab lab) : MatrixRouter(lab)
{
    private const int AsPathType = 2, LocalPreferenceType = 5;

    private GobgpRouter _gobgp = null!;

    public override string Name => "GoBGP";

    public override IReadOnlyDictionary<string, Lack> Lacks => new Dictionary<string, Lack>
    {
        [MatrixRows.AsTrans] = Lack.Refused(
            "It offers four-octet AS numbers in every session, and has no key against it",
            "'neighbors[0].config' has invalid keys: four-octet-as",
            "the key four-octet-as of a neighbor",
            async () =>
            {
                var directory = await Lab.ConfigureAsync(Lab.ClientNs, "gobgpd.toml", """
                    [global.config]
                      as = 65001
                      router-id = "198.51.100.9"
                    [[neighbors]]
                      [neighbors.config]
                        neighbor-address = "198.51.100.11"
                        peer-as = 65000
                        four-octet-as = false
                    """ + '\n');
                return Lab.Start(Lab.ClientNs, "gobgpd", "-f", $"{directory}/gobgpd.toml", "--pprof-disable");
            }),
        [MatrixRows.RefreshByRouter] = Lack.Documented(
            "It has no command for it; softresetin takes what it has kept of the neighbor's routes",
            "Operations for neighbor - shutdown/reset/softreset/enable/disable -",
            "/usr/share/doc/gobgpd/cli-command-syntax.md.gz"),
    };

    protected override IReadOnlyList<LabProcess> Processes => [_gobgp.Daemon];

    public override async Task<string> VersionAsync() => (await Command.RunAsync("gobgpd", "--version")).Trim().Split(' ')[^1];

    public override async Task StartAsync()
    {
        _gobgp = await GobgpRouter.StartAsync(Lab, Lab.RouterNs, Configuration());
        await AnnounceAsync([MatrixPlan.RouterPrefix, MatrixPlan.RouterPrefix6]);
    }

    public override async Task<bool> IsEstablishedAsync(PeerKind kind)
    {
        const int established = 6;
        using var json = await _gobgp.RunJsonAsync("neighbor", $"{MatrixPlan.OurAddress(kind)}");
        return json.RootElement.GetProperty("state").TryGetProperty("session_state", out var state) && state.GetInt32() == established;
    }

    public override async Task<string?> FindPathAsync(PeerKind kind, IpPrefix prefix) => await FindAsync(kind, prefix) is not { } attributes
        ? null
        : string.Join(' ', attributes.Where(a => Type(a) == AsPathType)
            .SelectMany(a => a.GetProperty("as_paths").EnumerateArray())
            .SelectMany(segment => segment.GetProperty("asns").EnumerateArray())
            .Select(asn => asn.GetRawText()));

    public override async Task<string?> FindPreferenceAsync(PeerKind kind, IpPrefix prefix) => await FindAsync(kind, prefix) is not { } attributes
        ? null
        : attributes.Where(a => Type(a) == LocalPreferenceType).Select(a => a.GetProperty("value").GetRawText()).SingleOrDefault("the default");

    public override async Task AnnounceAsync(IReadOnlyList<string> prefixes)
    {
        if (prefixes.Count > 10)
        {
            var file = $"{Lab.RunDirectory}/bulk.mrt";
            // The command ends before the daemon has read all of it, and the daemon then drops the rest: each end is another's beginning.
            await File.WriteAllBytesAsync(file, [.. TableOf([.. prefixes, .. prefixes.Reverse()])]);
            await Poll.UntilAsync(
                async () =>
                {
                    await _gobgp.RunAsync("mrt", "inject", "global", file);
                    return await _gobgp.RunAsync("global", "rib", "summary");
                },
                summary => summary.Contains($"Destination: {prefixes.Count + 1},", StringComparison.Ordinal), "GoBGP has read its own routes");
            return;
        }
        foreach (var prefix in prefixes)
        {
            await _gobgp.RunAsync(IsIpv4(prefix)
                ? ["global", "rib", "add", prefix, "origin", "igp"]
                : ["global", "rib", "add", "-a", "ipv6", prefix, "origin", "igp", "nexthop", $"{MatrixPlan.RouterV6}"]);
        }
    }

    public override async Task WithdrawAsync(IReadOnlyList<string> prefixes)
    {
        if (prefixes.Count > 10)
        {
            await _gobgp.RunAsync("global", "rib", "del", "all", "-a", "ipv4");
            await AnnounceAsync([MatrixPlan.RouterPrefix]);
            return;
        }
        foreach (var prefix in prefixes)
        {
            await _gobgp.RunAsync("global", "rib", "del", "-a", IsIpv4(prefix) ? "ipv4" : "ipv6", prefix);
        }
    }

    public override Task RefreshAsync(PeerKind kind) => throw new NotSupportedException("GoBGP does not ask for routes.");

    public override Task<string> ShutdownTextAsync(PeerKind kind) => Task.FromResult(
        _gobgp.Daemon.Lines.LastOrDefault(line => line.Contains($"\"{MatrixPlan.OurAddress(kind)}\"", StringComparison.Ordinal)
            && line.Contains("received notification", StringComparison.Ordinal)) ?? "");

    private async Task<JsonElement[]?> FindAsync(PeerKind kind, IpPrefix prefix)
    {
        using var json = await _gobgp.RunJsonAsync("global", "rib", $"{prefix}", "-a", prefix.Family == BgpFamily.Ipv4Unicast ? "ipv4" : "ipv6");
        return !json.RootElement.TryGetProperty($"{prefix}", out var paths) ? null : paths.EnumerateArray()
            .Where(path => path.GetProperty("neighbor-ip").GetString() == $"{MatrixPlan.OurAddress(kind)}")
            .Select(path => path.GetProperty("attrs").EnumerateArray().Select(a => a.Clone()).ToArray())
            .FirstOrDefault();
    }

    private static int Type(JsonElement attribute) => attribute.GetProperty("type").GetInt32();

    private static bool IsIpv4(string prefix) => !prefix.Contains(':', StringComparison.Ordinal);

    /// <summary>A TABLE_DUMP_V2 (RFC 6396 §4.3): one peer, and each prefix, of 32 bits, with ORIGIN, an empty AS_PATH and NEXT_HOP.</summary>
    private static IEnumerable<byte> TableOf(IReadOnlyList<string> prefixes)
    {
        const byte peerIndexTable = 1, ribIpv4Unicast = 2;
        var router = LabTopology.RouterAddress.GetAddressBytes();
        byte[] attributes = [0x40, 1, 1, 0, 0x40, 2, 0, 0x40, 3, 4, .. router];
        return Record(peerIndexTable, [.. router, 0, 0, 0, 1, 2, .. router, .. router, .. Number(MatrixPlan.RouterAsn)])
            .Concat(prefixes.SelectMany((prefix, i) => Record(
                ribIpv4Unicast,
                [.. Number((uint)i), 32, .. IPAddress.Parse(prefix.Split('/')[0]).GetAddressBytes(), 0, 1, 0, 0, .. Number(0), 0, (byte)attributes.Length, .. attributes])));

        static byte[] Record(byte subtype, byte[] body) => [.. Number(0), 0, 13, 0, subtype, .. Number((uint)body.Length), .. body];

        static byte[] Number(uint value)
        {
            var octets = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(octets, value);
            return octets;
        }
    }

    private static string Configuration() => $"""
        [global.config]
          as = {MatrixPlan.RouterAsn}
          router-id = "{LabTopology.RouterAddress}"
        [global.apply-policy.config]
          import-policy-list = ["leaving"]
          default-import-policy = "accept-route"
        [[defined-sets.bgp-defined-sets.community-sets]]
          community-set-name = "leaving"
          community-list = ["65535:0"]
        [[policy-definitions]]
          name = "leaving"
          [[policy-definitions.statements]]
            name = "leaving"
            [policy-definitions.statements.conditions.bgp-conditions.match-community-set]
              community-set = "leaving"
              match-set-options = "any"
            [policy-definitions.statements.actions]
              route-disposition = "accept-route"
              [policy-definitions.statements.actions.bgp-actions]
                set-local-pref = 1
        {string.Join('\n', MatrixPlan.Kinds.Where(kind => kind != PeerKind.TwoOctet).Select(Neighbor))}
        """ + '\n';

    private static string Neighbor(PeerKind kind) => $"""
        [[neighbors]]
          [neighbors.config]
            neighbor-address = "{MatrixPlan.OurAddress(kind)}"
            peer-as = {MatrixPlan.OurAsn(kind)}
            {(kind == PeerKind.Password ? $"auth-password = \"{MatrixPlan.Password}\"" : "")}
          [neighbors.transport.config]
            passive-mode = {(kind == PeerKind.Dialling ? "false" : "true")}
            local-address = "{MatrixPlan.RouterAddress(kind)}"
          [neighbors.timers.config]
            connect-retry = 1
            idle-hold-time-after-reset = 1
          {(kind == PeerKind.TtlSecurity ? "[neighbors.ttl-security.config]\nenabled = true\nttl-min = 255" : "")}
          [[neighbors.afi-safis]]
            [neighbors.afi-safis.config]
              afi-safi-name = "ipv4-unicast"
            {(kind == PeerKind.Limited ? $"[neighbors.afi-safis.prefix-limit.config]\nmax-prefixes = {MatrixPlan.RouterMaximum}" : "")}
          [[neighbors.afi-safis]]
            [neighbors.afi-safis.config]
              afi-safi-name = "ipv6-unicast"
        """;
}
