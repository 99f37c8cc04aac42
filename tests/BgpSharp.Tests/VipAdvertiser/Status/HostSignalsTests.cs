using System.Diagnostics;
using BgpSharp.Tests.Session;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Tests.VipAdvertiser.Status;

/// <summary>Real signals, sent to this process; without a handler either one would end it.</summary>
public sealed class HostSignalsTests : IAsyncDisposable
{
    private readonly HostControlStub _host = new();
    private readonly LineLogger _log = new();
    private readonly HostSignals _signals;

    public HostSignalsTests() => _signals = new HostSignals(_host, new Logger<HostSignals>(_log));

    [Fact]
    public async Task SIGHUP_reads_the_configuration_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the signals are Linux's");
        await _signals.StartAsync(TestContext.Current.CancellationToken);

        await SendAsync("HUP");

        await SpeakerFixture.UntilAsync(() => _host.Asked.Count == 1, "the configuration is read again");
        _host.Asked.Should().Equal("reload");
        _log.Lines.Should().Equal("Information: SIGHUP: reading the configuration again");
    }

    [Fact]
    public async Task A_hundred_SIGHUPs_before_the_first_is_acted_upon_are_one_and_a_later_one_is_one_more()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the signals are Linux's");
        await _signals.StartAsync(TestContext.Current.CancellationToken);
        _host.ReloadTurn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        for (var i = 0; i < 100; i++)
        {
            _signals.AskForReload();
        }

        _host.ReloadTurn.SetResult();
        await SpeakerFixture.UntilAsync(() => _host.Asked.Count == 1, "the configuration is read again");
        _signals.AskForReload();

        await SpeakerFixture.UntilAsync(() => _host.Asked.Count == 2, "what may have changed since is read too");
        _log.Lines.Should().Equal("Information: SIGHUP: reading the configuration again", "Information: SIGHUP: reading the configuration again");
    }

    [Fact]
    public async Task While_the_host_stops_SIGUSR1_still_writes_the_state_and_SIGHUP_does_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the signals are Linux's");
        await _signals.StartAsync(TestContext.Current.CancellationToken);
        await _signals.StopAsync(TestContext.Current.CancellationToken);

        await SendAsync("HUP");
        await SendAsync("USR1");

        await SpeakerFixture.UntilAsync(() => _log.Lines.Count > 0, "the status is written");
        _host.Asked.Should().BeEmpty();
        _log.Lines.Should().NotContain(line => line.Contains("SIGHUP", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SIGUSR1_writes_the_state_to_the_log()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the signals are Linux's");
        await _signals.StartAsync(TestContext.Current.CancellationToken);
        var expected = StatusText.Make(_host.Status).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => "Information: " + line).ToArray();

        await SendAsync("USR1");

        await SpeakerFixture.UntilAsync(() => _log.Lines.Count == expected.Length, "each line of the status is a line of the log");
        _log.Lines.Should().Equal(expected);
    }

    public async ValueTask DisposeAsync()
    {
        await _signals.StopAsync(CancellationToken.None);
        _signals.Dispose();
    }

    private static async Task SendAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{Environment.ProcessId}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        kill.ExitCode.Should().Be(0);
    }
}
