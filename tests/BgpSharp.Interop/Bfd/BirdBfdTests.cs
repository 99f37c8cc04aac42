using System.Net;
using BgpSharp.Bfd;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Bfd;

/// <summary>BFD with BIRD 2.</summary>
public sealed class BirdBfdTests
{
    private static readonly IPAddress Master = LabTopology.MasterAddress(1);

    [Fact]
    public async Task Up_timers_changed_from_both_sides_and_AdminDown_from_both_sides()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var bird = await BirdRouter.StartAsync(lab, lab.RouterNs, Configuration(50, 50));
        await using var side = new BfdSide(lab.MasterNs(1), LabTopology.RouterAddress);
        await side.WaitForUpAsync();
        await WaitAsync(bird, "Up");

        side.Session.Update(BfdSide.Every(200, receive: 100, multiplier: 5));
        await side.WaitForUpAsync(200, 300);
        await ReconfigureAsync(lab, bird, Configuration(300, 400, multiplier: 4));
        await side.WaitForUpAsync(400, 1200);
        await ReconfigureAsync(lab, bird, Configuration(50, 50));
        side.Session.Update(BfdSide.Fast);
        await side.WaitForUpAsync();
        side.Session.GetStatistics().TimesDown.Should().Be(0, "a change of timers is no failure");

        side.Session.AdminDown = true;
        await WaitAsync(bird, "Down");
        side.Session.AdminDown = false;
        await side.WaitForUpAsync();

        await bird.ShowAsync("disable bfd1");
        (await side.WaitForDownAsync()).Diagnostic.Should().Be(BfdDiagnostic.ControlDetectionTimeExpired, "BIRD goes without a word");
        await bird.ShowAsync("enable bfd1");
        await side.WaitForUpAsync();
    }

    [Fact]
    public async Task A_stopped_peer_a_cut_link_and_a_link_cut_in_one_direction_are_found()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var bird = await BirdRouter.StartAsync(lab, lab.RouterNs, Configuration(50, 50));
        await using var side = new BfdSide(lab.MasterNs(1), LabTopology.RouterAddress);
        await side.NoticesAStopAndACutAsync(lab, bird.Daemon);

        await Firewall.DropAsync(lab.RouterNs, "input", "udp dport 3784");
        (await side.WaitForDownAsync()).Diagnostic.Should().Be(BfdDiagnostic.NeighborSignaledSessionDown, "BIRD hears nothing of us any more");
        await Firewall.ClearAsync(lab.RouterNs);
        await side.WaitForUpAsync();

        await Firewall.DropAsync(lab.MasterNs(1), "input", "udp dport 3784");
        (await side.WaitForDownAsync()).Diagnostic.Should().Be(BfdDiagnostic.ControlDetectionTimeExpired, "we hear nothing of BIRD any more");
        await WaitAsync(bird, "Down");
        await Firewall.ClearAsync(lab.MasterNs(1));
        await side.WaitForUpAsync();
    }

    [Fact]
    public async Task Multihop_IPv6_and_link_local_come_up_beside_each_other()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await BfdIpv6.AddAddressesAsync(lab);
        var (routerLocal, masterLocal) = (await BfdIpv6.LinkLocalAsync(lab.RouterNs), await BfdIpv6.LinkLocalAsync(lab.MasterNs(1)));
        await BirdRouter.StartAsync(lab, lab.RouterNs, Configuration(50, 50, more:
        [
            $"neighbor {BfdIpv6.Master} dev \"eth0\";", $"neighbor {masterLocal} dev \"eth0\" local {routerLocal};", $"neighbor {Master} local 198.51.100.129 multihop yes;",
        ]));
        await using var side = new BfdSide(lab.MasterNs(1), LabTopology.RouterAddress);
        await side.WaitForUpAsync();
        using var limit = new Deadline();
        await using var far = side.Engine.AddSession(new BfdSessionOptions
        {
            Address = IPAddress.Parse("198.51.100.129"),
            LocalAddress = Master,
            Bfd = BfdSide.Every(50, multihop: true),
        });
        await using var ipv6 = side.Engine.AddSession(new BfdSessionOptions { Address = BfdIpv6.Router, Bfd = BfdSide.Fast });
        await far.WaitForUpAsync(limit.Token);
        await ipv6.WaitForUpAsync(limit.Token);
        await using var linkLocal = side.Engine.AddSession(new BfdSessionOptions { Address = await BfdIpv6.WithScopeAsync(lab.MasterNs(1), routerLocal), Bfd = BfdSide.Fast });
        await linkLocal.WaitForUpAsync(limit.Token);
    }

    private static Task<string> WaitAsync(BirdRouter bird, string state) => Poll.UntilAsync(
        async () => string.Join('\n', await bird.ShowAsync("show bfd sessions")),
        text => text.Contains($" {state} ", StringComparison.Ordinal),
        $"BIRD's session {state}");

    private static async Task ReconfigureAsync(Lab lab, BirdRouter bird, string configuration)
    {
        await lab.ConfigureAsync(lab.RouterNs, "bird.conf", configuration);
        await bird.ShowAsync("configure");
    }

    private static string Configuration(int transmit, int receive, int multiplier = 3, params IReadOnlyList<string> more) => $$"""
        router id 198.51.100.9;
        protocol device { }
        protocol bfd bfd1 {
          interface "eth0" { min tx interval {{transmit}} ms; min rx interval {{receive}} ms; idle tx interval 1 s; multiplier {{multiplier}}; };
          multihop { min tx interval {{transmit}} ms; min rx interval {{receive}} ms; multiplier 3; };
          neighbor {{Master}} dev "eth0";
          {{string.Join("\n  ", more)}}
        }
        """ + "\n";
}
