using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>A master with two links to the router, of which the session may use one.</summary>
public sealed class SourceInterfaceTests
{
    private const string Other = "eth1";
    private static readonly IPAddress OtherAddress = IPAddress.Parse("203.0.113.129");

    [Fact]
    public async Task The_session_uses_its_interface_though_the_routing_table_prefers_the_other_link()
    {
        await using var lab = await TwoLinksAsync();
        var master = LabTopology.MasterAddress(1);
        await Ip.BatchAsync(lab.MasterNs(1), $"route add {LabTopology.RouterAddress}/32 via 203.0.113.130 dev {Other}");
        (await Ip.RunAsync(lab.MasterNs(1), "route", "get", $"{LabTopology.RouterAddress}")).Should().Contain($"dev {Other} src {OtherAddress}", "left to itself the kernel takes the other link");
        var router = await lab.StartRouterAsync();

        VipMaster.Start(lab, 1, more: ["--peers:0:sourceInterface", LabTopology.Interface]);

        // The session's own address is the next hop: by the other link it would be that link's.
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [master]);
    }

    [Fact]
    public async Task A_connection_that_comes_in_by_another_interface_is_closed()
    {
        await using var lab = await TwoLinksAsync();
        var lines = new LogLines();
        await using var speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = 65000,
            RouterId = BgpIdentifier.Parse($"{LabTopology.MasterAddress(1)}"),
            ListenEndPoints = [new IPEndPoint(IPAddress.Any, 179)],
            Transport = new NamespaceTransport(lab.MasterNs(1)),
            LoggerFactory = lines,
        });
        var peer = speaker.AddPeer(Options(Other));
        speaker.Routes.Announce(new BgpRoute(IpPrefix.Parse(LabTopology.VipPrefix)));
        await speaker.StartAsync(TestContext.Current.CancellationToken);
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 1) with { ConnectRetry = 1 });
        await Poll.UntilAsync(
            () => Task.FromResult(lines.All.Any(line => line.Contains($"It came in by interface", StringComparison.Ordinal) && line.Contains($"not by {Other}", StringComparison.Ordinal))),
            isSaid => isSaid, "FRR's connection is refused", () => string.Join('\n', lines.All));
        (await router.NeighborAsync(LabTopology.MasterAddress(1))).GetProperty("connectionsEstablished").GetInt32().Should().Be(0);

        await peer.UpdateAsync(Options(LabTopology.Interface));

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [LabTopology.MasterAddress(1)]);
    }

    private static BgpPeerOptions Options(string device) => new()
    {
        Address = LabTopology.RouterAddress,
        RemoteAsn = 65001,
        ConnectMode = BgpConnectMode.Passive,
        SourceInterface = device,
    };

    private static async Task<Lab> TwoLinksAsync()
    {
        var lab = await Lab.CreateAsync(masters: 1);
        await Ip.BatchAsync(lab.MasterNs(1),
            $"link add {Other} type veth peer name {Other}-m netns {lab.RouterNs}",
            $"addr add {OtherAddress}/30 dev {Other}",
            $"link set {Other} up");
        await Ip.BatchAsync(lab.RouterNs, $"addr add 203.0.113.130/30 dev {Other}-m", $"link set {Other}-m up");
        return lab;
    }
}
