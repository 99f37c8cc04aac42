using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Http;

namespace BgpSharp.Tests.VipAdvertiser.Health;

/// <summary>What servers answer, and when the connection is used again.</summary>
public sealed class HttpProbeTests : IDisposable
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private readonly ProbeBench _bench = new();

    public static TheoryData<string, string?> Kept => new()
    {
        { Ok, null },
        { "HTTP/1.1 200\r\ncontent-length:2\r\n\r\nok", null },
        { "HTTP/1.1 200 OK\nContent-Length: 2\nContent-Length: 2\n\nok", null },
        { "HTTP/1.1 200 OK\r\nX-Folded: a\r\n  b\r\nContent-Length: 2\r\n\r\nok", null },
        { "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + Ok, null },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n00A;x=\"y\"\r\n0123456789\r\n0\r\nX-Trailer: t\r\n\r\n", null },
        { "HTTP/1.1 204 No Content\r\n\r\n", "HTTP status 204" },
        { "HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n[-]etc\r\n9\r\nd failed\n\r\n0\r\n\r\n", "HTTP status 503: etcd failed" },
        { "HTTP/1.1 500 Oops\r\nContent-Length: 9\r\n\r\n[-]a\n[-]b", "HTTP status 500: a, b failed" },
    };

    public static TheoryData<string, string?> Ended => new()
    {
        { "HTTP/1.1 200 OK\r\n\r\nuntil the end", null },
        { "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", null },
        { "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", null },
        { "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok", "The response ended prematurely" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", "The response ended prematurely" },
        { "HTTP/1.1 200 OK\r\nContent-Le", "The response ended prematurely" },
        { "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok", "The response has no valid Content-Length" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok", "The response has no valid Content-Length" },
        { "HTTP/1.1 200 OK\r\n: nameless\r\n\r\n", "The response has a header without a name" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\nok\r\n", "The response has a chunk without a length" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nok\r\n", "The response has a chunk without a length" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nok\r\n0\r\n\r\n", "The response has a chunk that is longer than it says" },
        { "HTTP/2 200\r\n\r\n", "The response is not HTTP/1.1" },
        { "HTTP/1.1 2000 OK\r\n\r\n", "The response is not HTTP/1.1" },
        { "\u0015\u0003\u0003\u0000\u0002\u0002\u0016\r\n\r\n", "The response is not HTTP/1.1" },
        { "HTTP/1.1 200 OK\r\nX: " + new string('x', 10_000) + "\r\n\r\n", "The response has too long a head" },
    };

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task An_answer_whose_end_is_known_leaves_the_connection_for_the_next(string answer, string? failure)
    {
        await using var server = new ScriptedHttp(answer);
        var probe = Url(server, (200, 599));
        (await ProbeAsync(probe)).Failure.Should().BeNull();
        (await ProbeAsync(probe)).Failure.Should().BeNull();
        server.Accepted.Should().Be(1, "the connection is kept");

        (await ProbeAsync(Url(server))).Failure.Should().Be(failure is null ? null : $"{server.Url}: {failure}");
    }

    [Theory]
    [MemberData(nameof(Ended))]
    public async Task An_answer_that_the_end_of_the_connection_ends_is_judged_by_what_came(string answer, string? failure)
    {
        await using var server = new ScriptedHttp(answer) { Closes = true };
        var probe = Url(server);

        for (var i = 1; i <= 2; i++)
        {
            (await ProbeAsync(probe)).Failure.Should().Be(failure is null ? null : $"{server.Url}: {failure}");
            server.Accepted.Should().Be(i, "a connection that has no more answers is not asked, nor is a new one asked twice");
        }
    }

    [Theory]
    [InlineData("Content-Length: 9000000000\r\n\r\n")]
    [InlineData("\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nFFFFFFF\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0\r\n")]
    public async Task An_endless_answer_is_read_as_far_as_it_says_anything(string framing)
    {
        var filling = string.Concat(Enumerable.Repeat("filling: octets\r\n", 60_000));
        await using var server = new ScriptedHttp($"HTTP/1.1 200 OK\r\n{framing}{filling}");
        var probe = Url(server);

        (await ProbeAsync(probe)).Failure.Should().BeNull();
        (await ProbeAsync(probe)).Failure.Should().BeNull();

        server.Accepted.Should().Be(2, "the rest of the first answer is still on the way");
    }

    [Fact]
    public async Task A_head_without_an_end_is_not_read_for_ever()
    {
        await using var server = new ScriptedHttp("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("filling: octets\r\n", 60_000)));

        (await ProbeAsync(Url(server))).Failure.Should().Be($"{server.Url}: The response has too long a head");
    }

    [Fact]
    public async Task The_end_of_a_kept_connection_that_meets_the_question_is_no_failure()
    {
        await using var server = new ScriptedHttp(Ok) { Dropped = 2 };
        var probe = Url(server);

        (await ProbeAsync(probe)).Failure.Should().BeNull();
        (await ProbeAsync(probe)).Failure.Should().BeNull("an idle connection may end at any time");

        (server.Accepted, server.Requests.Count).Should().Be((2, 3), "it is asked again, on a new connection");
    }

    [Fact]
    public async Task What_comes_unasked_is_no_answer_to_the_next_question()
    {
        await using var server = new ScriptedHttp(Ok + "HTTP/1.1 500 Unasked\r\nContent-Length: 0\r\n\r\n");
        var probe = Url(server);

        (await ProbeAsync(probe)).Failure.Should().BeNull();
        (await ProbeAsync(probe)).Failure.Should().BeNull();

        server.Accepted.Should().Be(2);
    }

    [Fact]
    public async Task The_question_is_the_URLs_path_and_query_with_its_host_and_the_token()
    {
        await using var server = new ScriptedHttp(Ok);
        var tls = new GateTlsOptions { TokenFile = _bench.Write("token", "secret") };

        await ProbeAsync(_bench.Url($"http://user:password@localhost:{server.Port}/ready z?a=ü#fragment", tls));

        server.Requests.Should().ContainSingle().Which.Should().Be(
            $"GET /ready%20z?a=%C3%BC HTTP/1.1\r\nHost: localhost:{server.Port}\r\nAuthorization: Bearer secret\r\n\r\n");
    }

    [Fact]
    public async Task A_redirect_is_followed_without_the_token_and_so_far_only()
    {
        await using var server = new ScriptedHttp(Ok);
        var tls = new GateTlsOptions { TokenFile = _bench.Write("token", "secret") };
        server.Answer = request => request == 1 ? "HTTP/1.1 307 There\r\nLocation: sub?x\r\nContent-Length: 0\r\n\r\n" : Ok;
        (await ProbeAsync(_bench.Url(server.Url, tls, followRedirects: true))).Failure.Should().BeNull();
        server.Requests[1].Should().StartWith("GET /sub?x HTTP/1.1\r\n").And.NotContain("secret");
        server.Accepted.Should().Be(1, "it leads to the same server");

        server.Answer = _ => "HTTP/1.1 301 Round\r\nLocation: /healthz\r\nContent-Length: 0\r\n\r\n";
        (await ProbeAsync(_bench.Url(server.Url, followRedirects: true))).Failure.Should().Be($"{server.Url}: HTTP status 301");
        server.Requests.Should().HaveCount(2 + 11);
    }

    [Theory]
    [InlineData("http://here/a", "/b?c", "http://here/b?c")]
    [InlineData("http://here/a", "https://there/", "https://there/")]
    [InlineData("https://here/a", "//there/b", "https://there/b")]
    [InlineData("https://here/a", "http://here/a", null)]
    [InlineData("http://here/a", "ftp://here/a", null)]
    [InlineData("http://here/a", "http://[", null)]
    [InlineData("http://here/a", null, null)]
    public void A_redirect_never_leads_from_https_to_http(string asked, string? location, string? next) =>
        new HttpAnswer(302, location, string.Empty).RedirectFrom(new Uri(asked)).Should().Be(next is null ? null : new Uri(next));

    public void Dispose() => _bench.Dispose();

    private static Task<ProbeResult> ProbeAsync(HttpProbe probe) => probe.ProbeAsync(fresh: false, TestContext.Current.CancellationToken);

    private HttpProbe Url(ScriptedHttp server, params (int From, int To)[] codes) => _bench.Url(server.Url, null, false, codes);
}
