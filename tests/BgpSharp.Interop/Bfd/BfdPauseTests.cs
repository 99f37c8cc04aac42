using System.Net;
using BgpSharp.Bfd;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Bfd;

/// <summary>A sending thread that stands still, as in a collection of garbage, before FRR's bfdd.</summary>
public sealed class BfdPauseTests : IDisposable
{
    private static readonly IPAddress Master = LabTopology.MasterAddress(1);

    private readonly ManualResetEventSlim _mayGo = new(initialState: true);
    private readonly SemaphoreSlim _stands = new(0);

    [Fact]
    public async Task The_kernel_sends_for_a_thread_that_stands_still()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var (frr, side) = await UpAsync(lab);
        await using var disposal = side;
        side.Engine.SendsAhead.Should().BeTrue("this system has io_uring");

        _mayGo.Reset();
        await _stands.WaitAsync(TestContext.Current.CancellationToken);
        // Three are missed before FRR gives us up.
        await frr.WaitForReceivedAsync(20);
        (await frr.DownsAsync()).Should().Be(0, "FRR heard us all the time");
        _mayGo.Set();

        await frr.WaitForReceivedAsync(100);
        (await frr.DownsAsync()).Should().Be(0, "the thread goes on where the kernel was");
        side.Session.GetStatistics().TimesDown.Should().Be(0, "what FRR sent meanwhile lay in the socket");
    }

    [Fact]
    public async Task A_thread_that_stands_still_too_long_is_found_gone_and_comes_back()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var (frr, side) = await UpAsync(lab);
        await using var disposal = side;

        _mayGo.Reset();
        await frr.WaitAsync("down for our silence", peer => peer.GetProperty("status").GetString() == "down"
            && peer.GetProperty("diagnostic").GetString() == "control detection time expired");
        _mayGo.Set();

        await frr.WaitAsync("up again", peer => peer.GetProperty("status").GetString() == "up");
    }

    [Fact]
    public async Task Where_io_uring_is_not_permitted_the_thread_sends_by_itself_and_says_so_once()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var logs = new LogLines();
        var (frr, side) = await UpAsync(lab, open => Seccomp.RunWithout(LibC.IoUringSetup, open), logs);
        await using var disposal = side;
        side.Engine.SendsAhead.Should().BeFalse("a seccomp profile is in the way");

        _mayGo.Reset();
        await frr.WaitAsync("down for our silence", peer => peer.GetProperty("status").GetString() == "down");
        _mayGo.Set();

        await side.WaitForDownAsync();
        await side.WaitForUpAsync();
        logs.All.Should().ContainSingle(line => line.Contains("io_uring", StringComparison.Ordinal))
            .Which.Should().EndWith("Operation not permitted");
    }

    [Fact]
    public async Task A_process_that_is_stopped_sends_nothing()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var frr = await FrrBfd.StartAsync(lab, router, Peer);
        var bfd = lab.Start(lab.MasterNs(1), [.. Programs.Cli, "bfd", $"{LabTopology.RouterAddress}", "--interval", "50", "--multiplier", "3"]);
        await bfd.WaitForLineAsync(line => line.EndsWith("Up (sending every 50 ms, detection time 150 ms)", StringComparison.Ordinal));

        bfd.Send(Signal.Stop);
        await frr.WaitAsync("down for our silence", peer => peer.GetProperty("status").GetString() == "down");
        var received = await frr.CountReceivedAsync();
        await frr.WaitForSentAsync(5);
        (await frr.CountReceivedAsync()).Should().Be(received, "the kernel sends for a process that may run alone");
        bfd.Send(Signal.Continue);
        await frr.WaitAsync("up again", peer => peer.GetProperty("status").GetString() == "up");

        (await bfd.StopAsync()).Should().Be(0);
    }

    [Fact]
    public async Task The_kernel_is_asked_for_64_sessions_at_most()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await using var engine = NamespaceBfd.In(lab.MasterNs(1));
        BfdSession Add(int number) => engine.AddSession(new BfdSessionOptions { Address = new IPAddress([203, 0, 113, (byte)number]) });
        var sessions = Enumerable.Range(1, 66).Select(Add).ToList();

        sessions.Count(session => session.Slot.Transmitter.HasRing).Should().Be(64, "each costs the kernel memory");
        sessions[64].Slot.Transmitter.HasRing.Should().BeFalse("it was the first too many");
        engine.SendsAhead.Should().BeTrue("the system permits it");

        await sessions[0].DisposeAsync();
        Add(67).Slot.Transmitter.HasRing.Should().BeTrue("there is room again");
    }

    public void Dispose()
    {
        _mayGo.Dispose();
        _stands.Dispose();
    }

    private static string Peer { get; } = $"peer {Master}\n transmit-interval 50\n receive-interval 50\n detect-multiplier 3";

    private async Task<(FrrBfd Frr, BfdSide Side)> UpAsync(Lab lab, Func<Func<BfdSide>, BfdSide>? opening = null, LogLines? logs = null)
    {
        var router = await lab.StartRouterAsync();
        var frr = await FrrBfd.StartAsync(lab, router, Peer);
        BfdSide Open() => new(lab.MasterNs(1), LabTopology.RouterAddress, turning: StandStill, logs: logs);
        var side = opening is null ? Open() : opening(Open);
        await side.WaitForUpAsync();
        await frr.WaitForReceivedAsync(10);
        return (frr, side);
    }

    private void StandStill()
    {
        if (!_mayGo.IsSet)
        {
            _stands.Release();
            _mayGo.Wait();
        }
    }
}
