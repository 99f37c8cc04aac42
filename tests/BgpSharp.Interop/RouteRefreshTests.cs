using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>Route refresh (RFC 2918, RFC 7313) with FRR: it asks, and is asked.</summary>
public sealed class RouteRefreshTests
{
    private const byte RouteRefresh = 5;
    private const int TypeOffset = 18, SubtypeOffset = 21;

    [Fact]
    public async Task FRR_is_sent_the_routes_between_marks_and_sends_its_own_when_it_is_asked()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var address = LabTopology.MasterAddress(1);
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 1) with { Networks = ["203.0.113.64/26"] });
        var transport = new NamespaceTransport(lab.MasterNs(1));
        var handler = new Recorder();
        await using var speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = 65000,
            RouterId = BgpIdentifier.Parse($"{address}"),
            Transport = transport,
        });
        var peer = speaker.AddPeer(new BgpPeerOptions { Address = LabTopology.RouterAddress, RemoteAsn = 65001, Handler = handler });
        speaker.Routes.Announce(new BgpRoute(IpPrefix.Parse(LabTopology.VipPrefix)));
        await speaker.StartAsync(TestContext.Current.CancellationToken);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [address]);
        await WaitAsync(handler, calls => calls.Count(call => call == "203.0.113.64/26") == 1, "FRR's route");
        var before = transport.Sent.Messages.Count;

        await router.VtyshAsync($"clear bgp {address} in");

        await Poll.UntilAsync(
            () => Task.FromResult(Refresh(transport, before)), text => text == "begin UPDATE end", "the routes between marks", router.Bgpd.Describe);

        peer.RequestRefresh(BgpFamily.Ipv4Unicast);

        await WaitAsync(handler, calls => calls.Count(call => call == "203.0.113.64/26") == 2, "FRR's route again");
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [address]);
        (await router.NeighborAsync(address)).GetProperty("connectionsDropped").GetInt32().Should().Be(0);
    }

    private static string Refresh(NamespaceTransport transport, int before) => string.Join(' ', transport.Sent.Messages.Skip(before)
        .Where(message => message[TypeOffset] is RouteRefresh or 2)
        .Select(message => message[TypeOffset] != RouteRefresh ? "UPDATE" : message[SubtypeOffset] == 1 ? "begin" : "end"));

    private static Task<string[]> WaitAsync(Recorder handler, Func<IReadOnlyList<string>, bool> wanted, string what) =>
        Poll.UntilAsync(() => Task.FromResult(handler.Calls.ToArray()), calls => wanted(calls), what, () => string.Join('\n', handler.Calls));

    private sealed class Recorder : BgpPeerHandler
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Calls { get; } = [];

        public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView update, CancellationToken cancellationToken)
        {
            foreach (var route in update.ToUpdate().Announced)
            {
                Calls.Enqueue($"{route.Prefix}");
            }

            return ValueTask.CompletedTask;
        }
    }
}
