using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.Tests.VipAdvertiser.Status.Page;

/// <summary>The page as it is sent.</summary>
public sealed partial class StatusPageTests : IDisposable
{
    private readonly HostControlStub _host = new();
    private readonly LibraryMeter _meter = new($"test-{Guid.NewGuid():N}");

    [Fact]
    public void The_title_has_the_worst_first_and_says_which_host()
    {
        Page(StatusData.Bad()).Should().Contain("<title>NOT READY - bgpsharp-vip on node1</title>").And.Contain("<html lang=\"en\">");
    }

    [Fact]
    public void Texts_are_encoded_wherever_they_stand()
    {
        const string Hostile = "<b>\"'&\u001b[2J\u202e</b>";
        var status = StatusData.Bad();
        status = status with
        {
            Vips = [status.Vips[0] with { Name = Hostile, Address = null, Interface = Hostile, Reason = Hostile }],
            Peers = [StatusData.Down with { State = Hostile, LastDown = Hostile, Explanation = Hostile, Bfd = Hostile }, StatusData.Up with { IsBfdUp = false, Bfd = Hostile }],
            Gate = status.Gate with { Target = Hostile, LastFailure = Hostile, History = [new GateChange(StatusData.Now, status.Gate.Verdict, Hostile)] },
            ReloadProblems = [Hostile],
        };

        var page = Encoding.UTF8.GetString(StatusPage.Make(status, Hostile, Hostile).Body.Span);

        page.Should().NotContain("<b>\"").And.NotContain("\u001b").And.NotContain("\u202e");
        Regex.Count(page, Regex.Escape("&lt;b&gt;&quot;&#39;&amp;?[2J?&lt;/b&gt;")).Should().BeGreaterThan(15, "the text is there as it is");
    }

    [Fact]
    public void Nothing_is_loaded_from_elsewhere_and_only_its_own_script_runs()
    {
        var reply = StatusPage.Make(StatusData.Make(), "node1", "1.0");
        var page = Encoding.UTF8.GetString(reply.Body.Span);

        var nonces = Nonce().Matches(page).Select(match => match.Groups["nonce"].Value).Distinct().ToList();
        nonces.Should().ContainSingle("style and script have the same").Which.Should().HaveLength(32);
        reply.ContentSecurityPolicy.Should().StartWith("default-src 'none'; ").And.Contain($"script-src 'nonce-{nonces[0]}'").And.NotContain("unsafe");
        Encoding.ASCII.GetString(reply.ToOctets(withBody: false)).Should().Contain($"\r\nContent-Security-Policy: {reply.ContentSecurityPolicy}\r\n");
        Reference().Matches(page).Select(match => match.Groups["to"].Value).Should().Equal("data:,", "status", "metrics", "livez", "readyz");
        StatusPage.Make(StatusData.Make(), "node1", "1.0").ContentSecurityPolicy.Should().NotBe(reply.ContentSecurityPolicy, "a nonce is used once");
    }

    [Fact]
    public async Task Who_may_not_see_the_status_may_not_see_the_page()
    {
        var pages = new StatusPages(StatusData.Options(null), _host, _meter);
        var request = new HttpRequest("GET", "/");

        (await pages.AnswerAsync(request, IPAddress.Parse("198.51.100.20"), CancellationToken.None)).Code.Should().Be(403);
        (await pages.AnswerAsync(request, IPAddress.Loopback, CancellationToken.None)).ContentType.Should().Be("text/html; charset=utf-8");
        _host.Reconfigure(StatusData.Options(null, StatusAccess.All));
        (await pages.AnswerAsync(request, IPAddress.Parse("198.51.100.20"), CancellationToken.None)).Code.Should().Be(200);
        _host.Reconfigure(StatusData.Options(null, StatusAccess.None));
        (await pages.AnswerAsync(request, IPAddress.Loopback, CancellationToken.None)).Code.Should().Be(403);
    }

    public void Dispose() => _meter.Dispose();

    private static string Page(HostStatus status) => Encoding.UTF8.GetString(StatusPage.Make(status, "node1", "1.0").Body.Span);

    [GeneratedRegex("nonce=\"(?<nonce>[^\"]*)\"")]
    private static partial Regex Nonce();

    [GeneratedRegex("""(?:src|href|url|action|srcset)\s*[=(]\s*"?(?<to>[^"> )]*)""", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();
}
