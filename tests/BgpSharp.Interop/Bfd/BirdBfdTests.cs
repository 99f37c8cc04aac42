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
        await ReconfigureAsync(lab, bird, Configuration(300, 400));
        await side.WaitForUpAsync(400, 900);
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
    public async Task A_stopped_peer_is_found_and_multihop_and_IPv6_come_up()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await BfdIpv6.AddAddressesAsync(lab);
        var bird = await BirdRouter.StartAsync(lab, lab.RouterNs, Configuration(50, 50,
            $"neighbor {BfdIpv6.Master} dev \"eth0\";", $"neighbor {Master} local 198.51.100.129 multihop yes;"));
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

        bird.Daemon.Send(Signal.Stop);
        (await side.WaitForDownAsync()).Diagnostic.Should().Be(BfdDiagnostic.ControlDetectionTimeExpired);
        bird.Daemon.Send(Signal.Continue);
        await side.WaitForUpAsync();
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

    private static string Configuration(int transmit, int receive, params IReadOnlyList<string> more) => $$"""
        router id 198.51.100.9;
        protocol device { }
        protocol bfd bfd1 {
          interface "eth0" { min tx interval {{transmit}} ms; min rx interval {{receive}} ms; idle tx interval 1 s; multiplier 3; };
          multihop { min tx interval {{transmit}} ms; min rx interval {{receive}} ms; multiplier 3; };
          neighbor {{Master}} dev "eth0";
          {{string.Join("\n  ", more)}}
        }
        """ + "\n";
}
