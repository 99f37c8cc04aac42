using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>One FRR that agrees to graceful restart, N bit and all; what is agreed on is up to the speaker, one master for each.</summary>
public sealed class GracefulRestartLab : IAsyncDisposable
{
    private int _prefixes;

    internal Lab Lab { get; private set; } = null!;

    internal FrrRouter Router { get; private set; } = null!;

    internal static IPAddress Address(Agreement agreement) => LabTopology.MasterAddress((int)agreement + 1);

    /// <summary>Builds the lab at its first call: a fixture's constructor could not skip a test.</summary>
    internal async Task ReadyAsync()
    {
        if (Lab is null)
        {
            Lab = await Lab.CreateAsync(masters: 3);
            var options = FrrOptions.Router(masters: 3);
            Router = await Lab.StartRouterAsync(options with
            {
                BgpLines = [.. options.BgpLines, "bgp graceful-restart", "bgp graceful-restart notification"],
            });
        }
    }

    /// <summary>An address that no other test announces: a route kept by one must not be another's.</summary>
    internal string NextAddress() => $"203.0.113.{++_prefixes}";

    /// <summary>A speaker with one route, which the router has in its kernel when this returns.</summary>
    internal async Task<(BgpSpeaker Speaker, NamespaceTransport Transport)> StartAsync(
        Agreement agreement, string address, double restartTime = 120, bool forwardingPreserved = false)
    {
        var transport = new NamespaceTransport(Lab.MasterNs((int)agreement + 1));
        var speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = 65000,
            RouterId = BgpIdentifier.Parse($"{Address(agreement)}"),
            Transport = transport,
        });
        speaker.AddPeer(new BgpPeerOptions
        {
            Address = LabTopology.RouterAddress,
            RemoteAsn = 65001,
            GracefulRestart = agreement == Agreement.None
                ? null
                : new BgpGracefulRestartOptions
                {
                    RestartTime = TimeSpan.FromSeconds(restartTime),
                    CoversNotifications = agreement == Agreement.RestartAndNotifications,
                    ForwardingPreserved = forwardingPreserved,
                },
        });
        speaker.Routes.Announce(new BgpRoute(IpPrefix.Parse($"{address}/32")));
        await speaker.StartAsync(TestContext.Current.CancellationToken);
        await Router.WaitForEstablishedAsync([Address(agreement)]);
        await Router.Routes.WaitForNextHopsAsync($"{address}/32", [Address(agreement)]);
        return (speaker, transport);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Lab is not null)
        {
            await Lab.DisposeAsync();
        }
    }

    /// <summary>What the two OPENs agree on.</summary>
    public enum Agreement
    {
        None,
        Restart,
        RestartAndNotifications,
    }
}
