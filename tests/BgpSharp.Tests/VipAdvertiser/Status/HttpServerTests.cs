using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using BgpSharp.Tests.Session;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser.Status;

/// <summary>HTTP over loopback, on ports that the kernel picks.</summary>
public sealed class HttpServerTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly IPEndPoint Any = new(IPAddress.IPv6Any, 0);

    private readonly HostControlStub _host = new();
    private readonly LineLogger _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly LibraryMeter _meter = new($"test-{Guid.NewGuid():N}");
    private HttpServer? _server;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Metrics_are_served_over_both_families_of_one_listener(string address)
    {
        var port = await StartAsync();
        using var client = new HttpClient();

        using var answer = await client.GetAsync($"http://{new IPEndPoint(IPAddress.Parse(address), port)}/metrics", TestContext.Current.CancellationToken);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().Should().Be("text/plain; version=0.0.4; charset=utf-8");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.Should().Contain("kube_vip_manager_bgp_session_info{state=\"SESSION_STATE_ESTABLISHED\",peer=\"198.51.100.9:179\"} 1\n");
        text.Should().EndWith("\n");
    }

    [Fact]
    public async Task Liveness_is_the_loops_and_nothing_elses()
    {
        var port = await StartAsync();
        _host.Status = _host.Status with { Peers = [], Gate = _host.Status.Gate with { Verdict = BgpSharp.VipAdvertiser.Health.HealthVerdict.Unhealthy } };
        (await SendAsync(port, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")).Should().StartWith("HTTP/1.1 200 OK\r\n").And.EndWith("\r\n\r\nok\n");

        _host.IsAlive = false;

        (await SendAsync(port, "GET /livez HTTP/1.1\r\n\r\n")).Should().StartWith("HTTP/1.1 503 Service Unavailable\r\n").And.EndWith("the host's loop does not answer\n");
    }

    [Fact]
    public async Task Readiness_says_what_is_missing()
    {
        var port = await StartAsync();
        (await SendAsync(port, "GET /readyz?verbose HTTP/1.0\r\n\r\n")).Should().StartWith("HTTP/1.1 200 OK\r\n").And.EndWith("\r\n\r\nready\n");

        _host.Status = _host.Status with { Peers = [StatusData.Down], Vips = [_host.Status.Vips[0] with { InPlace = false }] };

        (await SendAsync(port, "GET /readyz HTTP/1.1\r\n\r\n")).Should().StartWith("HTTP/1.1 503 Service Unavailable\r\n")
            .And.EndWith("\r\n\r\nno session is Established: [2001:db8::9]:1179 is Active (cannot connect: Connection refused)\n203.0.113.10 is not on lo\n");
    }

    [Fact]
    public async Task The_status_is_for_clients_on_this_machine()
    {
        var port = await StartAsync();
        var body = (await SendAsync(port, "GET /status HTTP/1.1\r\n\r\n")).Split("\r\n\r\n")[1];
        JsonDocument.Parse(body).RootElement.GetProperty("drain").GetString().Should().Be("None");

        var pages = new StatusPages(StatusData.Options(null), _host, _meter);
        var request = new HttpRequest("GET", "/status");

        (await pages.AnswerAsync(request, IPAddress.Parse("198.51.100.20"), CancellationToken.None)).Code.Should().Be(403);
        (await pages.AnswerAsync(request, IPAddress.Parse("2001:db8::20"), CancellationToken.None)).Code.Should().Be(403);
        (await pages.AnswerAsync(request, IPAddress.IPv6Loopback, CancellationToken.None)).Code.Should().Be(200);
        _host.Reconfigure(StatusData.Options(null, StatusAccess.All));
        (await pages.AnswerAsync(request, IPAddress.Parse("198.51.100.20"), CancellationToken.None)).Code.Should().Be(200);
        _host.Reconfigure(StatusData.Options(null, StatusAccess.None));
        (await pages.AnswerAsync(request, IPAddress.Loopback, CancellationToken.None)).Code.Should().Be(403);
    }

    [Theory]
    [InlineData("127.0.0.1", 200)]
    [InlineData("127.0.0.1:2112", 200)]
    [InlineData("[::1]:2112", 200)]
    [InlineData("198.51.100.11:2112", 200)]
    [InlineData("localhost", 200)]
    [InlineData("LocalHost:2112", 200)]
    [InlineData("node1:2112", 200)]
    [InlineData("Node1.Masters.example", 200)]
    [InlineData(null, 200)]
    [InlineData("", 421)]
    [InlineData("node1.rebound.example:2112", 421)]
    [InlineData("node1.masters.example.rebound.example", 421)]
    [InlineData("localhost.rebound.example", 421)]
    [InlineData("127.0.0.1.rebound.example:2112", 421)]
    [InlineData("127.0.0.1@rebound.example", 421)]
    [InlineData("rebound.example:127.0.0.1", 421)]
    [InlineData("[rebound.example]", 421)]
    [InlineData("::1", 421)]
    public async Task The_status_has_the_names_of_this_machine_and_the_rest_any(string? name, int expected)
    {
        var pages = new StatusPages(StatusData.Options(null, StatusAccess.All), _host, _meter, "node1.masters.example");

        foreach (var (path, code) in ((string, int)[])[("/", expected), ("/status", expected), ("/metrics", 200), ("/livez", 200), ("/healthz", 200), ("/readyz", 200)])
        {
            (await pages.AnswerAsync(new HttpRequest("GET", path) { Host = name }, IPAddress.Loopback, CancellationToken.None)).Code.Should().Be(code, $"{path} was asked of {name ?? "nobody by name"}");
        }
    }

    [Theory]
    [InlineData("Host: rebound.example\r\n", "HTTP/1.1 421 Misdirected Request\r\n")]
    [InlineData("X: y\r\nhOsT:rebound.example \t\r\nZ: localhost\r\n", "HTTP/1.1 421 Misdirected Request\r\n")]
    [InlineData("Accept: */*\r\nHost:\tlocalhost\r\n", "HTTP/1.1 200 OK\r\n")]
    [InlineData("X-Host: rebound.example\r\n", "HTTP/1.1 200 OK\r\n")]
    [InlineData("Host: localhost\r\nHost: rebound.example\r\n", "HTTP/1.1 400 Bad Request\r\n")]
    public async Task The_name_is_read_from_the_head(string fields, string expected)
    {
        var port = await StartAsync();

        (await SendAsync(port, $"GET /status HTTP/1.1\r\n{fields}\r\n")).Should().StartWith(expected);
    }

    [Fact]
    public async Task HEAD_has_the_head_of_GET_and_no_body()
    {
        var port = await StartAsync();

        var answer = await SendAsync(port, "HEAD /livez HTTP/1.1\r\n\r\n");

        answer.Should().Contain("\r\nContent-Length: 3\r\n").And.EndWith("\r\n\r\n");
    }

    [Theory]
    [InlineData("POST /metrics HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", "HTTP/1.1 405 Method Not Allowed\r\n")]
    [InlineData("GET /other HTTP/1.1\r\n\r\n", "HTTP/1.1 404 Not Found\r\n")]
    [InlineData("GET /metrics\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("GET  HTTP/1.1\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("GET metrics HTTP/1.1\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("GET /metrics HTTP/2.0\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("GET /a b HTTP/1.1\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("\0\u0001\u0002\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n")]
    public async Task Everything_else_is_refused(string request, string expected)
    {
        var port = await StartAsync();

        (await SendAsync(port, request)).Should().StartWith(expected);
    }

    [Fact]
    public async Task A_head_that_never_ends_is_refused_at_the_limit()
    {
        var port = await StartAsync();

        (await SendAsync(port, "GET /metrics HTTP/1.1\r\nX: " + new string('x', 2 * HttpServer.MaximumHead))).Should().StartWith("HTTP/1.1 400 Bad Request\r\n");
    }

    [Fact]
    public async Task A_head_that_comes_octet_by_octet_is_read()
    {
        var port = await StartAsync();
        using var socket = await ConnectAsync(port);
        foreach (var octet in "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray())
        {
            await socket.SendAsync(new[] { octet });
        }

        (await ReadAsync(socket)).Should().EndWith("ok\n");
    }

    [Fact]
    public async Task A_client_that_is_slow_is_closed_after_the_limit()
    {
        var port = await StartAsync();
        using var socket = await ConnectAsync(port);
        await socket.SendAsync("GET /met"u8.ToArray());
        await SpeakerFixture.UntilAsync(() => _server!.Clients == 1, "the client is accepted");

        _time.Advance(HttpServer.Patience);

        await EndsAsync(socket);
        await SpeakerFixture.UntilAsync(() => _server!.Clients == 0, "nothing of it is kept");
    }

    [Fact]
    public async Task A_hundred_clients_that_say_nothing_or_do_not_close_lock_nobody_out()
    {
        var port = await StartAsync();
        var clients = new List<Socket>();
        for (var i = 0; i < 100; i++)
        {
            var client = await ConnectAsync(port);
            clients.Add(client);
            if (i % 2 == 0)
            {
                await client.SendAsync("GET /livez HTTP/1.1\r\n\r\n"u8.ToArray());
            }
        }

        (await SendAsync(port, "GET /livez HTTP/1.1\r\n\r\n")).Should().EndWith("ok\n");
        _server!.Clients.Should().BeLessThanOrEqualTo(HttpServer.MaximumClients);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_a_warning_and_tried_until_it_is_free()
    {
        using var other = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        other.Bind(Any);
        other.Listen();
        var port = ((IPEndPoint)other.LocalEndPoint!).Port;
        await StartServerAsync(new IPEndPoint(IPAddress.IPv6Any, port));
        await SpeakerFixture.UntilAsync(() => _log.Lines.Count > 0, "the port is found to be taken");
        _time.Advance(TimeSpan.FromSeconds(1));
        await SpeakerFixture.Settle();
        _server!.Listening.IsCompleted.Should().BeFalse();
        _log.Lines.Should().ContainSingle().Which.Should().StartWith($"Warning: Metrics and probes are not served at [::]:{port}: Address already in use.");

        other.Dispose();
        using var deadline = new CancellationTokenSource(Patience);
        while (!_server.Listening.IsCompleted)
        {
            deadline.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        (await SendAsync(port, "GET /livez HTTP/1.1\r\n\r\n")).Should().EndWith("ok\n");
    }

    [Fact]
    public async Task A_new_configuration_moves_it_and_one_without_ends_it()
    {
        var port = await StartAsync();
        var before = _server!.Listening;
        _host.Reconfigure(StatusData.Options(Any));
        _server.Listening.Should().BeSameAs(before, "nothing has changed for it");

        _host.Reconfigure(StatusData.Options(new IPEndPoint(IPAddress.Loopback, 0)));
        var moved = await _server.Listening.WaitAsync(Patience);
        (await SendAsync(moved.Port, "GET /livez HTTP/1.1\r\n\r\n")).Should().EndWith("ok\n");
        await RefusesAsync(port);

        _host.Reconfigure(StatusData.Options(null));
        await RefusesAsync(moved.Port);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.StopAsync(CancellationToken.None);
            _server.Dispose();
        }

        _meter.Dispose();
    }

    private async Task<int> StartAsync()
    {
        await StartServerAsync(Any);
        return (await _server!.Listening.WaitAsync(Patience)).Port;
    }

    private Task StartServerAsync(IPEndPoint endPoint)
    {
        _server = new HttpServer(static options => options.Http, StatusData.Options(endPoint), _host, new StatusPages(StatusData.Options(endPoint), _host, _meter), _time, new Logger<HttpServer>(_log));
        return _server.StartAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port).WaitAsync(Patience);
        return socket;
    }

    private static async Task<string> SendAsync(int port, string request)
    {
        using var socket = await ConnectAsync(port);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request));
        return await ReadAsync(socket);
    }

    private static Task<string> ReadAsync(Socket socket) =>
        new StreamReader(new NetworkStream(socket)).ReadToEndAsync().WaitAsync(Patience);

    /// <summary>Closed or reset, without an answer.</summary>
    private static async Task EndsAsync(Socket socket)
    {
        try
        {
            (await socket.ReceiveAsync(new byte[1]).WaitAsync(Patience)).Should().Be(0);
        }
        catch (SocketException e)
        {
            e.SocketErrorCode.Should().Be(SocketError.ConnectionReset);
        }
    }

    /// <summary>A port nobody listens on any more; one that the kernel gave away again answers differently.</summary>
    private static async Task RefusesAsync(int port) => await SpeakerFixture.UntilAsync(
        () =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(IPAddress.Loopback, port);
                return false;
            }
            catch (SocketException)
            {
                return true;
            }
        },
        "nobody listens there any more");
}
