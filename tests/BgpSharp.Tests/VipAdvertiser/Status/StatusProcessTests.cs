using BgpSharp.Tests.Terminal;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging.Abstractions;

namespace BgpSharp.Tests.VipAdvertiser.Status;

/// <summary>bgpsharp-vip status --watch as a process that asks this one: what it writes to a terminal, and to a reader that goes.</summary>
public sealed class StatusProcessTests : IAsyncDisposable
{
    private const string Program = "bgpsharp-vip";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _name = $"bgpsharp-test-{Guid.NewGuid():N}";
    private readonly HostControlStub _host = new();
    private readonly ControlServer _server;

    public StatusProcessTests() => _server = new ControlServer(_name, _host, TimeProvider.System, NullLogger<ControlServer>.Instance);

    [Fact]
    public async Task In_a_terminal_it_is_drawn_in_place_and_never_longer_than_the_window()
    {
        await ListenAsync();
        var many = _host.Status with { Peers = [.. Enumerable.Range(1, 40).Select(i => StatusData.Up with { Address = $"198.51.100.{i}" })] };
        var few = _host.Status with { Peers = [StatusData.Up], Drain = DrainPhase.Drained };
        _host.Status = many;
        await using var watch = ToolRun.InTerminal(Program, "status", "--watch", "--control", _name);

        var screen = await watch.UntilShownAsync(screen => screen.Lines[^2].EndsWith(" more lines)", StringComparison.Ordinal), "as much as there is room for");
        screen.Lines[0].Should().StartWith("Up 3d4h, ready, not drained");
        screen.Lines[^1].Should().BeEmpty("a line feed there would scroll");

        _host.Status = few;
        screen = await watch.UntilShownAsync(screen => screen.Lines[0].Contains("DRAINED", StringComparison.Ordinal) && !screen.Lines[^2].EndsWith(" more lines)", StringComparison.Ordinal), "the shorter status");
        string.Concat(screen.Lines).Should().Be(
            string.Concat(StatusText.Make(few).Split('\n').SelectMany(line => line.Chunk(ToolRun.Columns)).Select(part => new string(part).TrimEnd())), "nothing is left of the longer one");
        _host.Status = many;
        screen = await watch.UntilShownAsync(screen => screen.Lines[^2].EndsWith(" more lines)", StringComparison.Ordinal), "the longer one again");
        screen.Scrolled.Should().Be(0, "each was drawn over the one before");

        await watch.InterruptAsync();
        (await watch.WaitForEndAsync()).Should().Be(0, "Ctrl+C is the ordinary end");
    }

    [Theory]
    [InlineData("Up ")]
    [InlineData("{", "--json")]
    public async Task It_ends_when_its_reader_is_gone_and_says_nothing_about_it(string begin, params string[] more)
    {
        await ListenAsync();
        await using var watch = ToolRun.BeforeHead(1, Program, ["status", "--watch", "--control", _name, .. more]);

        (await watch.WaitForEndAsync()).Should().Be(0, "the reader has what it wanted");
        watch.Output.Should().StartWith(begin).And.EndWith("\n");
        (await watch.Errors.WaitAsync(Patience, TestContext.Current.CancellationToken)).Should().BeEmpty();
    }

    [Fact]
    public async Task Without_standard_output_it_ends_with_a_line_that_says_so()
    {
        await ListenAsync();
        await using var watch = ToolRun.WithoutOutput(Program, "status", "--watch", "--control", _name);

        (await watch.WaitForEndAsync()).Should().Be(1);
        (await watch.Errors.WaitAsync(Patience, TestContext.Current.CancellationToken)).Should().Be("bgpsharp-vip: standard output cannot be written: Bad file descriptor\n");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        _server.Dispose();
    }

    private async Task ListenAsync()
    {
        (await _server.TryListenAsync()).Should().BeTrue();
        await _server.StartAsync(TestContext.Current.CancellationToken);
    }
}
