using System.Diagnostics;
using System.Text;
using BgpSharp.Tests.Session;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser.Status;

/// <summary>Every way in which a configuration file comes to have another content.</summary>
public sealed class ConfigurationWatcherTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bgpsharp-").FullName;
    private readonly HostControlStub _host = new();
    private readonly LineLogger _log = new();
    private readonly FakeTimeProvider _time = new();
    private ConfigurationWatcher? _watcher;

    private string Config => Path.Combine(_folder, "config.json");

    [Fact]
    public async Task A_file_that_is_written_in_place_is_read_once_more()
    {
        await StartAsync("{}");
        await File.WriteAllTextAsync(Config, "{ \"vip\": 1 }", TestContext.Current.CancellationToken);

        await ReloadsAsync(1);

        _log.Lines.Should().Equal($"Information: {Config} has changed: reading the configuration again");
        await NothingHappensAsync(1);
    }

    [Fact]
    public async Task A_change_that_somebody_else_had_read_is_not_read_again()
    {
        await StartAsync("{}");
        await File.WriteAllTextAsync(Config, "{ \"vip\": 1 }", TestContext.Current.CancellationToken);

        await _host.ReloadAsync(TestContext.Current.CancellationToken);

        await NothingHappensAsync(1);
        await File.WriteAllTextAsync(Config, "{ \"vip\": 2 }", TestContext.Current.CancellationToken);
        await ReloadsAsync(2);
    }

    [Fact]
    public async Task A_file_that_is_replaced_by_a_rename_is_seen()
    {
        await StartAsync("{}");
        await File.WriteAllTextAsync(Config + ".new", "[]", TestContext.Current.CancellationToken);
        File.Move(Config + ".new", Config, overwrite: true);

        await ReloadsAsync(1);
    }

    [Fact]
    public async Task A_pipe_in_the_place_of_the_file_is_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "mkfifo is Linux's");
        await StartAsync("{}");
        using var make = Process.Start("mkfifo", [Config + ".new"]);
        await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.Move(Config + ".new", Config, overwrite: true);

        await ReloadsAsync(1);

        await _watcher!.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_swap_of_a_link_to_the_folder_is_seen_as_Kubernetes_does_it()
    {
        var (first, second) = (Directory.CreateDirectory(Path.Combine(_folder, "..1")), Directory.CreateDirectory(Path.Combine(_folder, "..2")));
        await File.WriteAllTextAsync(Path.Combine(first.FullName, "config.json"), "{}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(second.FullName, "config.json"), "[]", TestContext.Current.CancellationToken);
        var data = Path.Combine(_folder, "..data");
        File.CreateSymbolicLink(data, "..1");
        File.CreateSymbolicLink(Config, "..data/config.json");
        await StartAsync();

        File.CreateSymbolicLink(data + "_tmp", "..2");
        using var move = Process.Start("mv", ["-T", data + "_tmp", data]);
        await move.WaitForExitAsync(TestContext.Current.CancellationToken);

        await ReloadsAsync(1);
    }

    [Fact]
    public async Task The_same_content_again_is_no_change()
    {
        await StartAsync("{}");
        await File.WriteAllTextAsync(Config, "{}", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(Config, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        await NothingHappensAsync(0);
    }

    [Fact]
    public async Task A_file_that_is_still_being_written_is_waited_for()
    {
        var reads = 0;
        byte[] Read(string file) => Encoding.UTF8.GetBytes(Interlocked.Increment(ref reads) < 20 ? $"half {reads}" : "whole");
        _watcher = new ConfigurationWatcher(Config, _host, _time, new Logger<ConfigurationWatcher>(_log), Read);
        await _watcher.StartAsync(TestContext.Current.CancellationToken);

        await ReloadsAsync(1);

        reads.Should().BeGreaterThan(20, "it was never the same before for as long as a rest takes");
    }

    [Fact]
    public async Task A_file_that_is_gone_for_a_while_is_no_change_until_it_is_back_with_another_content()
    {
        await StartAsync("{}");
        File.Delete(Config);
        await NothingHappensAsync(0);

        await File.WriteAllTextAsync(Config, "[]", TestContext.Current.CancellationToken);

        await ReloadsAsync(1);
    }

    public void Dispose()
    {
        _watcher?.StopAsync(CancellationToken.None).GetAwaiter().GetResult();
        _watcher?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync(string? content = null)
    {
        if (content is not null)
        {
            await File.WriteAllTextAsync(Config, content, TestContext.Current.CancellationToken);
        }

        _watcher = new ConfigurationWatcher(Config, _host, _time, new Logger<ConfigurationWatcher>(_log));
        await _watcher.StartAsync(TestContext.Current.CancellationToken);
        await SpeakerFixture.Settle();
    }

    private async Task AdvanceAsync(TimeSpan step)
    {
        _time.Advance(step);
        await SpeakerFixture.Settle();
    }

    private async Task ReloadsAsync(int times)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_host.Asked.Count < times)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await AdvanceAsync(ConfigurationWatcher.Rest);
        }
    }

    private async Task NothingHappensAsync(int timesSoFar)
    {
        for (var i = 0; i < 10; i++)
        {
            await AdvanceAsync(ConfigurationWatcher.Interval);
        }

        _host.Asked.Should().HaveCount(timesSoFar);
    }
}
