using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using BgpSharp.Tests.Session;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser.Status;

/// <summary>The control socket over a real abstract Unix socket of the test's own.</summary>
public sealed class ControlServerTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _name = $"bgpsharp-test-{Guid.NewGuid():N}";
    private readonly HostControlStub _host = new();
    private readonly LineLogger _log = new();
    private readonly FakeTimeProvider _time = new();
    private ControlServer? _server;

    [Fact]
    public async Task A_status_comes_over_whole()
    {
        await StartAsync();

        var reply = await AskAsync(new ControlRequest("status"));

        reply.Error.Should().BeNull();
        reply.Status.Should().BeEquivalentTo(_host.Status, "every value comes over");
    }

    [Fact]
    public async Task A_drain_is_answered_when_it_is_over_and_the_status_meanwhile()
    {
        await StartAsync();
        var drain = AskAsync(new ControlRequest("drain", "node drain"));
        await SpeakerFixture.UntilAsync(() => _host.Asked.Count == 1, "the drain is asked for");

        (await AskAsync(new ControlRequest("status"))).Status.Should().NotBeNull();
        drain.IsCompleted.Should().BeFalse("the host is not drained yet");
        _host.Drained.SetResult();

        (await drain).Error.Should().BeNull();
        _host.Asked.Should().Equal("drain 'node drain'");
        _log.Lines.Should().Contain("Information: A drain was asked for: node drain");
    }

    [Fact]
    public async Task A_host_that_is_stopping_says_so()
    {
        await StartAsync();

        (await AskAsync(new ControlRequest("undrain"))).Error.Should().Be("the host is stopping");
    }

    [Fact]
    public async Task A_dump_is_the_recording_of_one_peer()
    {
        _host.Recordings["198.51.100.9"] = [1, 2, 3];
        await StartAsync();

        var reply = await AskAsync(new ControlRequest("dump", Peer: "198.51.100.9"));

        reply.Recording.Should().Equal(1, 2, 3);
        (reply.Error, reply.Status).Should().Be((null, null));
    }

    [Fact]
    public async Task A_reload_that_is_refused_gives_every_problem()
    {
        _host.Problems = ["vip is 'x': wrong", "localAs is missing"];
        await StartAsync();

        var reply = await AskAsync(new ControlRequest("reload"));

        reply.Error.Should().Be("the configuration is refused, the old one goes on");
        reply.Problems.Should().Equal("vip is 'x': wrong", "localAs is missing");
    }

    [Theory]
    [InlineData("{\"command\":\"reboot\"}", "command is 'reboot'; allowed: status, drain, undrain, reload, dump")]
    [InlineData("{}", "command is ''; allowed: status, drain, undrain, reload, dump")]
    [InlineData("null", "command is ''; allowed: status, drain, undrain, reload, dump")]
    [InlineData("{\"command\":\"dump\"}", "peer is ''; allowed: the address of a peer")]
    [InlineData("{\"command\":\"dump\",\"peer\":\"198.51.100.1\"}", "peer is '198.51.100.1'; allowed: the address of a peer")]
    [InlineData("status", "the request is not understood: 's' is an invalid start of a value*")]
    [InlineData("{\"command\":5}", "the request is not understood: *")]
    public async Task What_is_not_a_request_is_answered_with_what_would_be_one(string line, string expected)
    {
        await StartAsync();
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.UTF8.GetBytes(line + "\n"));

        (await ReadAsync(socket)).Error.Should().Match(expected);
        _host.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task A_request_that_never_ends_is_refused_at_the_limit()
    {
        await StartAsync();
        using var socket = await ConnectAsync();
        await socket.SendAsync(new byte[ControlServer.MaximumRequest]);

        (await ReadAsync(socket)).Error.Should().Be("a request is one line of at most 4096 octets");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"command\":\"dra")]
    public async Task A_client_that_says_nothing_or_half_a_line_is_closed_after_the_limit(string half)
    {
        await StartAsync();
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.UTF8.GetBytes(half));
        await SpeakerFixture.UntilAsync(() => _server!.Clients == 1, "the client is accepted");

        _time.Advance(TimeSpan.FromSeconds(5));

        (await ReceivedAsync(socket, [])).Should().Be(0, "the server closes");
        await SpeakerFixture.UntilAsync(() => _server!.Clients == 0, "nothing of it is kept");
        _host.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task A_client_that_never_takes_its_answer_is_closed_after_the_limit()
    {
        _host.Recordings["198.51.100.9"] = new byte[2 * 1024 * 1024]; // More than the kernel keeps for a socket.
        await StartAsync();
        using var socket = await ConnectAsync();
        await socket.SendAsync("{\"command\":\"dump\",\"peer\":\"198.51.100.9\"}\n"u8.ToArray());
        (await socket.ReceiveAsync(new byte[1]).WaitAsync(Patience)).Should().Be(1, "the answer has begun");

        await SpeakerFixture.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(5));
                return _server!.Clients == 0;
            },
            "nothing of it is kept");

        (await AskAsync(new ControlRequest("status"))).Status.Should().NotBeNull("others are answered");
    }

    [Fact]
    public async Task A_hundred_silent_clients_lock_nobody_out()
    {
        await StartAsync();
        var silent = new List<Socket>();
        for (var i = 0; i < 100; i++)
        {
            silent.Add(await ConnectAsync());
        }

        (await AskAsync(new ControlRequest("status"))).Status.Should().NotBeNull();
        _server!.Clients.Should().BeLessThanOrEqualTo(16);
        silent.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Another_user_is_closed_without_an_answer_and_with_one_line_for_many_tries()
    {
        await StartAsync(_ => (false, 1000u));
        for (var i = 0; i < 5; i++)
        {
            using var socket = await ConnectAsync();
            (await ReceivedAsync(socket, "{\"command\":\"drain\"}\n"u8.ToArray())).Should().Be(0, "who is not root gets no answer");
        }

        var ask = () => AskAsync(new ControlRequest("drain"));
        await ask.Should().ThrowAsync<ControlException>().WithMessage("the host closed the connection without an answer: only root may ask*");
        _host.Asked.Should().BeEmpty();
        _log.Lines.Should().Equal("Warning: User 1000 was refused at the control socket: it is for root only");
        _time.Advance(TimeSpan.FromSeconds(10));
        using var later = await ConnectAsync();
        await ReceivedAsync(later, [10]);
        _log.Lines.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_second_host_is_told_that_another_one_runs()
    {
        await StartAsync();
        using var second = new ControlServer(_name, _host, _time, new Logger<ControlServer>(_log));

        (await second.TryListenAsync()).Should().BeFalse();

        _log.Lines.Should().ContainSingle().Which.Should().StartWith($"Critical: Another bgpsharp-vip runs in this network namespace: it has the control socket @{_name}.");
        using var other = new ControlServer(_name + "-2", _host, _time, new Logger<ControlServer>(_log));
        (await other.TryListenAsync()).Should().BeTrue("another name is another host");
    }

    [Fact]
    public async Task A_name_held_by_an_unprivileged_user_costs_the_control_and_not_the_VIP()
    {
        using var squatter = ControlAddress.Open();
        squatter.Bind(ControlAddress.Of(_name));
        squatter.Listen();
        using var server = new ControlServer(_name, _host, _time, new Logger<ControlServer>(_log), _ => (false, 1000u));

        (await server.TryListenAsync()).Should().BeTrue();

        _log.Lines.Should().ContainSingle().Which.Should().StartWith($"Warning: The control socket @{_name} is held by user 1000");
        await server.StartAsync(TestContext.Current.CancellationToken);
        await server.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_stop_ends_who_waits_and_frees_the_name()
    {
        await StartAsync();
        var drain = AskAsync(new ControlRequest("drain"));
        await SpeakerFixture.UntilAsync(() => _host.Asked.Count == 1, "the drain is asked for");
        using var silent = await ConnectAsync();

        await StopAsync();

        var wait = () => drain;
        await wait.Should().ThrowAsync<ControlException>("there was no time for an answer");
        using var next = new ControlServer(_name, _host, _time, new Logger<ControlServer>(_log));
        (await next.TryListenAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task A_stop_waits_a_moment_for_the_answer_to_what_was_asked()
    {
        await StartAsync();
        var drain = AskAsync(new ControlRequest("drain"));
        await SpeakerFixture.UntilAsync(() => _host.Asked.Count == 1, "the drain is asked for");

        var stop = _server!.StopAsync(TestContext.Current.CancellationToken);
        _host.Drained.SetResult();

        (await drain).Error.Should().BeNull("the drain is done, whatever ended the host meanwhile");
        await stop.WaitAsync(Patience);
    }

    [Theory]
    [InlineData("bgpsharp-vip", true)]
    [InlineData("a.b_C-1", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    public void A_name_is_made_of_harmless_characters(string name, bool valid) => ControlAddress.IsValid(name).Should().Be(valid);

    [Fact]
    public void Root_and_ourselves_are_trusted_and_nobody_else()
    {
        PeerCredentials.IsTrusted(0).Should().BeTrue();
        PeerCredentials.IsTrusted(4_000_000_000).Should().BeFalse();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await StopAsync();
            _server.Dispose();
        }
    }

    private async Task StopAsync()
    {
        var stop = _server!.StopAsync(CancellationToken.None);
        await SpeakerFixture.UntilAsync(
            () =>
            {
                _time.Advance(ServedClient.Grace);
                return stop.IsCompleted;
            },
            "the end of the clients' grace");
        await stop;
    }

    private async Task StartAsync(Func<Socket, (bool Trusted, uint User)>? identify = null)
    {
        _server = new ControlServer(_name, _host, _time, new Logger<ControlServer>(_log), identify);
        (await _server.TryListenAsync()).Should().BeTrue();
        await _server.StartAsync(TestContext.Current.CancellationToken);
    }

    private Task<ControlReply> AskAsync(ControlRequest request) => ControlClient.AskAsync(_name, request, TestContext.Current.CancellationToken).WaitAsync(Patience);

    private Task<Socket> ConnectAsync() => ControlAddress.ConnectAsync(_name, TestContext.Current.CancellationToken).WaitAsync(Patience);

    private static async Task<ControlReply> ReadAsync(Socket socket)
    {
        var text = await new StreamReader(new NetworkStream(socket)).ReadToEndAsync().WaitAsync(Patience);
        return JsonSerializer.Deserialize(text, HostJson.Default.ControlReply)!;
    }

    /// <summary>Closing with a request unread is a reset to the client.</summary>
    private static async Task<int> ReceivedAsync(Socket socket, byte[] request)
    {
        try
        {
            await socket.SendAsync(request);
            return await socket.ReceiveAsync(new byte[1]).WaitAsync(Patience);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
