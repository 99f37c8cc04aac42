using System.Text.Json;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser.Status;

/// <summary><c>status</c>, <c>drain</c> and <c>reload</c> from the arguments to the exit code.</summary>
public sealed class ControlCommandsTests : IAsyncDisposable
{
    private readonly string _name = $"bgpsharp-test-{Guid.NewGuid():N}";
    private readonly HostControlStub _host = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private ControlServer? _server;

    [Fact]
    public async Task Status_prints_the_table()
    {
        await StartAsync();

        (await RunAsync("status")).Should().Be(0);

        _output.ToString().Should().Be(StatusText.Make(_host.Status));
    }

    [Fact]
    public async Task Status_prints_JSON_with_words_for_states()
    {
        await StartAsync();

        (await RunAsync("status", "--json")).Should().Be(0);

        var status = JsonDocument.Parse(_output.ToString()).RootElement;
        status.GetProperty("isReady").GetBoolean().Should().BeTrue();
        status.GetProperty("gate").GetProperty("verdict").GetString().Should().Be("Healthy");
        status.GetProperty("peers")[1].GetProperty("lastDown").GetString().Should().Be("cannot connect: Connection refused");
        status.GetProperty("vips")[0].GetProperty("announced").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task Status_watches_until_it_is_interrupted()
    {
        await StartAsync();
        using var interrupt = new CancellationTokenSource();
        var time = new FakeTimeProvider();
        await using var output = new LockedWriter();
        var watch = new ControlCommands(output, _error, time).TryRunAsync(["status", "--watch", "--control", _name], interrupt.Token);
        var table = StatusText.Make(_host.Status);

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (output.Text.Length < 3 * table.Length + 2)
        {
            deadline.Token.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await interrupt.CancelAsync();
        (await watch).Should().Be(0, "an interruption is the ordinary end");
        output.Text.Should().StartWith($"{table}\n{table}\n{table}");
    }

    [Fact]
    public async Task Drain_waits_until_it_is_drained()
    {
        await StartAsync();
        _host.Drained.SetResult();

        (await RunAsync("drain", "--message=rack 7")).Should().Be(0);

        _host.Asked.Should().Equal("drain 'rack 7'");
        _output.ToString().Should().StartWith("Drained:");
    }

    [Fact]
    public async Task A_drain_that_the_host_cannot_carry_out_exits_1()
    {
        await StartAsync();

        (await RunAsync("drain", "--undo")).Should().Be(1);

        _host.Asked.Should().Equal("undrain");
        _error.ToString().Should().Be("bgpsharp-vip: the host is stopping\n");
    }

    [Fact]
    public async Task A_reload_that_is_refused_prints_the_problems_and_exits_2()
    {
        _host.Problems = ["vip is 'x': wrong"];
        await StartAsync();

        (await RunAsync("reload")).Should().Be(2);

        _error.ToString().Should().Be("bgpsharp-vip: vip is 'x': wrong\nbgpsharp-vip: the configuration is refused, the old one goes on\n");
    }

    [Fact]
    public async Task A_reload_that_works_exits_0()
    {
        await StartAsync();

        (await RunAsync("reload")).Should().Be(0);

        _output.ToString().Should().Be("The configuration was read again and is in force.\n");
    }

    [Theory]
    [InlineData("status")]
    [InlineData("drain")]
    [InlineData("reload")]
    public async Task Without_a_host_it_says_so_and_exits_1(string verb)
    {
        (await RunAsync(verb)).Should().Be(1);

        _error.ToString().Should().Be($"bgpsharp-vip: no bgpsharp-vip runs in this network namespace (nothing listens at the control socket @{_name})\n");
    }

    [Theory]
    [InlineData("'--undo' is not understood by status", "status", "--undo")]
    [InlineData("'now' is not understood by drain", "drain", "now")]
    [InlineData("--message needs a value", "drain", "--message")]
    [InlineData("--message goes with a drain, not with --undo", "drain", "--message", "x", "--undo")]
    [InlineData("'--json=1' is not understood by status", "status", "--json=1")]
    [InlineData("--control is 'a b'; allowed: 1 to 100 letters, digits, '.', '_' or '-'", "status", "--control", "a b")]
    public async Task Wrong_arguments_are_named_and_exit_2(string problem, params string[] arguments)
    {
        (await new ControlCommands(_output, _error, TimeProvider.System).TryRunAsync(arguments, TestContext.Current.CancellationToken)).Should().Be(2);

        _error.ToString().Should().Be($"bgpsharp-vip: {problem}\n");
    }

    [Fact]
    public async Task Help_is_no_request()
    {
        (await RunAsync("drain", "--help")).Should().Be(0);

        _output.ToString().Should().Be(ControlArguments.Usage);
    }

    [Theory]
    [InlineData]
    [InlineData("--vip", "203.0.113.10")]
    [InlineData("run")]
    public async Task Other_arguments_are_for_somebody_else(params string[] arguments) =>
        (await new ControlCommands(_output, _error, TimeProvider.System).TryRunAsync(arguments, TestContext.Current.CancellationToken)).Should().BeNull();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.StopAsync(CancellationToken.None);
            _server.Dispose();
        }
    }

    private async Task StartAsync()
    {
        _server = new ControlServer(_name, _host, TimeProvider.System, new Logger<ControlServer>(new LineLogger()));
        (await _server.TryListenAsync()).Should().BeTrue();
        await _server.StartAsync(TestContext.Current.CancellationToken);
    }

    private Task<int?> RunAsync(params string[] arguments) =>
        new ControlCommands(_output, _error, TimeProvider.System).TryRunAsync([.. arguments, "--control", _name], TestContext.Current.CancellationToken);

    /// <summary>Can be read while it is written.</summary>
    private sealed class LockedWriter : StringWriter
    {
        private readonly Lock _gate = new();

        public string Text
        {
            get
            {
                lock (_gate)
                {
                    return ToString();
                }
            }
        }

        public override Task WriteAsync(string? value)
        {
            lock (_gate)
            {
                Write(value);
                return Task.CompletedTask;
            }
        }
    }
}
