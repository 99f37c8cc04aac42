using System.Net;
using BgpSharp;

namespace EcmpLab;

/// <summary>A control-plane node: one speaker that announces the VIP to the router.</summary>
internal static class Master
{
    private const int BgpPort = 179;

    public static async Task<BgpSpeaker> StartAsync(IPAddress local, IPEndPoint router)
    {
        var speaker = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = Plan.MasterAsn, RouterId = BgpIdentifier.FromAddress(local) });
        speaker.AddPeer(new BgpPeerOptions { Address = router.Address, Port = router.Port, LocalAddress = local, RemoteAsn = Plan.RouterAsn });
        speaker.Routes.Announce(new BgpRoute(Plan.Vip));
        await speaker.StartAsync();
        return speaker;
    }

    /// <summary>Announces as a process of its own, until it is told to stop.</summary>
    public static async Task<int> RunAsync(IPAddress local, IPAddress router, CancellationToken stopping)
    {
        await using var speaker = await StartAsync(local, new IPEndPoint(router, BgpPort));
        await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }
}
