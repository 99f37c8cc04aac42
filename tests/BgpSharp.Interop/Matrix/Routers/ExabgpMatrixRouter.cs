using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Matrix.Routers;

/// <summary>ExaBGP in the matrix. What it has from a neighbor is what its events say since the session came up.</summary>
internal sealed class ExabgpMatrixRouter(Lab lab) : MatrixRouter(lab)
{
    private ExabgpSpeaker _exabgp = null!;

    public override string Name => "ExaBGP";

    public override IReadOnlyDictionary<string, Lack> Lacks => new Dictionary<string, Lack>
    {
        [MatrixRows.GracefulShutdown] = Lack.Documented(
            "It prefers no route to another",
            "does not perform any FIB manipulation on the system it runs on",
            "/usr/share/man/man1/exabgp.1.gz"),
        [MatrixRows.RefreshByUs] = new(
            "It offers enhanced route refresh, and when asked fails over the marks that belong to it",
            "TypeError: 'RouteRefresh' object is not iterable",
            "its log, when asked",
            async lab =>
            {
                var from = _exabgp.Daemon.Lines.Count;
                await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Plain);
                us.Peer.RequestRefresh(BgpFamily.Ipv4Unicast);
                return await _exabgp.Daemon.WaitForLineAsync(line => line.Contains("TypeError:", StringComparison.Ordinal), from: from);
            }),
        [MatrixRows.ShutdownText] = new(
            "It cannot read a Cease that carries a text, and closes the session over that",
            "can not decode update message of type \"3\"",
            "its event, when shut down with a text",
            async lab =>
            {
                await using var us = await MatrixSpeaker.EstablishAsync(lab, PeerKind.Plain);
                await us.Speaker.StopAsync(new BgpStopOptions { Message = "the node is drained" }, TestContext.Current.CancellationToken);
                return await Poll.UntilAsync(() => LastReasonAsync(PeerKind.Plain), reason => reason.Length > 0, "ExaBGP says why the session is down", us.Describe);
            }),
        [MatrixRows.RouterLimit] = Lack.Refused(
            "It counts no routes",
            "invalid keyword \"maximum-prefix\"",
            "maximum-prefix in a neighbor",
            async () =>
            {
                var directory = await Lab.ConfigureAsync(Lab.ClientNs, "exabgp.conf", "neighbor 198.51.100.11 {\n  maximum-prefix 2;\n}\n");
                return ExabgpSpeaker.Validate(Lab, Lab.ClientNs, $"{directory}/exabgp.conf");
            }),
    };

    protected override IReadOnlyList<LabProcess> Processes => [_exabgp.Daemon];

    public override async Task<string> VersionAsync() => (await Command.RunAsync("exabgp", "--version")).Split('\n')[0].Split(' ')[^1];

    public override async Task StartAsync() => _exabgp = await ExabgpSpeaker.StartAsync(
        Lab, Lab.RouterNs, $"{LabTopology.RouterAddress} {MatrixPlan.RouterV6}", string.Join('\n', MatrixPlan.Kinds.Select(Neighbor)) + '\n');

    public override async Task<bool> IsEstablishedAsync(PeerKind kind) =>
        (await EventsOfAsync(kind)).LastOrDefault(e => Type(e) == "state") is { ValueKind: JsonValueKind.Object } state
        && state.GetProperty("neighbor").GetProperty("state").GetString() == "up";

    public override async Task<string?> FindPathAsync(PeerKind kind, IpPrefix prefix)
    {
        string? path = null;
        foreach (var said in await EventsOfAsync(kind))
        {
            if (Type(said) == "state")
            {
                path = null;
            }
            else if (Type(said) == "update" && said.GetProperty("neighbor").GetProperty("message").TryGetProperty("update", out var update))
            {
                var attributes = update.TryGetProperty("attribute", out var attribute) ? attribute : default;
                path = Lists(update, "announce", prefix) ? Path(attributes) : Lists(update, "withdraw", prefix) ? null : path;
            }
        }
        return path;
    }

    public override Task<string?> FindPreferenceAsync(PeerKind kind, IpPrefix prefix) => throw new NotSupportedException("ExaBGP prefers nothing.");

    public override Task AnnounceAsync(IReadOnlyList<string> prefixes) => SendAsync("announce", prefixes);

    public override Task WithdrawAsync(IReadOnlyList<string> prefixes) => SendAsync("withdraw", prefixes);

    public override Task RefreshAsync(PeerKind kind) => _exabgp.SendAsync($"neighbor {MatrixPlan.OurAddress(kind)} announce route-refresh ipv4 unicast");

    public override Task<string> ShutdownTextAsync(PeerKind kind) => throw new NotSupportedException("ExaBGP does not read the text.");

    /// <summary>Why the session is down; empty: it is not.</summary>
    private async Task<string> LastReasonAsync(PeerKind kind) =>
        (await EventsOfAsync(kind)).LastOrDefault(said => Type(said) == "state") is { ValueKind: JsonValueKind.Object } last
        && last.GetProperty("neighbor").TryGetProperty("reason", out var reason)
            ? reason.GetString()!
            : "";

    private Task SendAsync(string verb, IReadOnlyList<string> prefixes) => _exabgp.SendAsync(
        $"{verb} attributes origin igp next-hop {(prefixes[0].Contains(':', StringComparison.Ordinal) ? MatrixPlan.RouterV6 : LabTopology.RouterAddress)}"
        + $" nlri {string.Join(' ', prefixes)}");

    private async Task<IReadOnlyList<JsonElement>> EventsOfAsync(PeerKind kind) =>
    [
        .. (await _exabgp.EventsAsync()).Where(said =>
            said.TryGetProperty("neighbor", out var neighbor)
            && neighbor.GetProperty("address").GetProperty("peer").GetString() == $"{MatrixPlan.OurAddress(kind)}"),
    ];

    private static string? Type(JsonElement said) => said.GetProperty("type").GetString();

    /// <summary>Whether a part of an UPDATE has the prefix; announcements are listed by family and next hop, withdrawals by family.</summary>
    private static bool Lists(JsonElement update, string part, IpPrefix prefix) =>
        update.TryGetProperty(part, out var families)
        && families.EnumerateObject()
            .SelectMany(family => family.Value.ValueKind == JsonValueKind.Array
                ? family.Value.EnumerateArray()
                : family.Value.EnumerateObject().SelectMany(nextHop => nextHop.Value.EnumerateArray()))
            .Any(nlri => nlri.GetProperty("nlri").GetString() == $"{prefix}");

    private static string Path(JsonElement attributes) => attributes.TryGetProperty("as-path", out var path)
        ? string.Join(' ', path.EnumerateArray().Select(asn => asn.GetRawText()))
        : "";

    // With GTSM it has to dial: as a listener it answers a SYN with the system's TTL.
    private static string Neighbor(PeerKind kind) => $$"""
        neighbor {{MatrixPlan.OurAddress(kind)}} {
          router-id {{LabTopology.RouterAddress}};
          local-address {{MatrixPlan.RouterAddress(kind)}};
          local-as {{MatrixPlan.RouterAsn}};
          peer-as {{(kind == PeerKind.TwoOctet ? 23456 : MatrixPlan.OurAsn(kind))}};
          {{(kind is PeerKind.Dialling or PeerKind.TtlSecurity ? "" : "passive;")}}
          {{(kind == PeerKind.Password ? $"md5-password '{MatrixPlan.Password}';" : "")}}
          {{(kind == PeerKind.TtlSecurity ? "outgoing-ttl 255; incoming-ttl 255;" : "")}}
          family { ipv4 unicast; ipv6 unicast; }
          capability { route-refresh enable; {{(kind == PeerKind.TwoOctet ? "asn4 disable;" : "")}} }
          api { processes [ lab ]; neighbor-changes; receive { parsed; update; } }
          announce {
            ipv4 { unicast {{MatrixPlan.RouterPrefix}} next-hop {{LabTopology.RouterAddress}}; }
            ipv6 { unicast {{MatrixPlan.RouterPrefix6}} next-hop {{MatrixPlan.RouterV6}}; }
          }
        }
        """;
}
