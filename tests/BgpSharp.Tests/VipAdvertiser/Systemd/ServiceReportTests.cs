using System.Net.Sockets;
using System.Text;
using BgpSharp.Tests.Session;
using BgpSharp.Tests.VipAdvertiser.Status;
using BgpSharp.VipAdvertiser.Systemd;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser.Systemd;

/// <summary>What the service manager hears, by a socket that stands in for its own.</summary>
public sealed class ServiceReportTests : IDisposable
{
    private const string Status = "STATUS=1 of 2 sessions Established, 1 of 2 VIPs announced";

    private readonly Socket _manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly string _name = $"bgpsharp-test-{Guid.NewGuid():N}";
    private readonly FakeTimeProvider _time = new();
    private readonly HostControlStub _host = new();

    public ServiceReportTests() => _manager.Bind(new UnixDomainSocketEndPoint("\0" + _name));

    [Fact]
    public async Task It_is_ready_once_the_loop_handles_events_then_reloading_and_ready_again_and_at_last_stopping()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "abstract sockets are Linux's");
        _host.IsAlive = false;
        using var report = Report(null);
        await report.StartAsync(TestContext.Current.CancellationToken);
        _host.IsAlive = true;
        await AdvanceUntilHeardAsync();

        (await HearAsync()).Should().Be($"READY=1\n{Status}");

        await _host.ReloadAsync(TestContext.Current.CancellationToken);
        (await HearAsync()).Should().MatchRegex("^RELOADING=1\nMONOTONIC_USEC=[0-9]+$");
        (await HearAsync()).Should().Be("READY=1");

        await report.StopAsync(TestContext.Current.CancellationToken);
        (await HearAsync()).Should().StartWith("STOPPING=1\nSTATUS=");
        _manager.Available.Should().Be(0);
    }

    [Fact]
    public async Task The_watchdog_is_fed_at_half_of_its_time_and_not_while_the_loop_hangs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "abstract sockets are Linux's");
        using var report = Report(TimeSpan.FromSeconds(4));
        await report.StartAsync(TestContext.Current.CancellationToken);
        (await HearAsync()).Should().Be($"READY=1\nWATCHDOG=1\n{Status}");

        await AdvanceUntilHeardAsync();
        (await HearAsync()).Should().Be("WATCHDOG=1");

        var asked = _host.AskedIfAlive;
        _host.IsAlive = false;
        await SpeakerFixture.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(2));
                return _host.AskedIfAlive > asked + 3;
            },
            "a hanging loop is asked again and again");
        _manager.Available.Should().Be(0, "nothing is said for a loop that hangs");
        await report.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("30000000", null, 30.0)]
    [InlineData("30000000", "42", 30.0)]
    [InlineData("30000000", "43", null)]
    [InlineData("0", null, null)]
    [InlineData("soon", null, null)]
    [InlineData(null, null, null)]
    public void The_watchdog_is_this_processs_alone(string? microseconds, string? process, double? seconds) =>
        ServiceReport.ReadWatchdog(microseconds, process, 42)?.TotalSeconds.Should().Be(seconds);

    [Fact]
    public void Without_a_manager_nobody_is_told_and_one_that_is_gone_does_no_harm()
    {
        ServiceNotifier.Create(null).Should().BeNull();
        ServiceNotifier.Create("relative").Should().BeNull();
        using var notifier = ServiceNotifier.Create("/nonexistent/notify")!;

        notifier.TryNotify("READY=1").Should().BeFalse();
    }

    [Fact]
    public void The_journal_is_recognized_by_the_inode_that_its_variable_names()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's");
        var descriptor = $"/proc/self/fd/{_manager.Handle}";
        var inode = new FileInfo(descriptor).LinkTarget!["socket:[".Length..^1];

        JournalStream.Matches($"8:{inode}", descriptor).Should().BeTrue();
        JournalStream.Matches($"8:{inode}1", descriptor).Should().BeFalse();
        JournalStream.Matches(null, descriptor).Should().BeFalse();
        JournalStream.Matches("8", descriptor).Should().BeFalse();
    }

    public void Dispose() => _manager.Dispose();

    private ServiceReport Report(TimeSpan? watchdog) => new(_host, ServiceNotifier.Create("@" + _name)!, watchdog, _time);

    private Task AdvanceUntilHeardAsync() => SpeakerFixture.UntilAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return _manager.Available > 0;
        },
        "the manager is told something");

    private async Task<string> HearAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, await _manager.ReceiveAsync(buffer, limit.Token));
    }
}
