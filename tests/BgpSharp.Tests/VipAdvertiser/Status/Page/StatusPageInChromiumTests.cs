using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging.Abstractions;

namespace BgpSharp.Tests.VipAdvertiser.Status.Page;

/// <summary>The page as an operator's browser shows it.</summary>
public sealed class StatusPageInChromiumTests(Chromium browser) : IClassFixture<Chromium>, IAsyncDisposable
{
    /// <summary>Heading, state and rows of each card, by section.</summary>
    private const string Cards = """
        JSON.stringify(Object.fromEntries([...document.querySelectorAll('section')].map(section => [section.querySelector('h2').innerText,
            [...section.querySelectorAll('article')].map(card => ({
                name: card.querySelector('h3 span').innerText,
                state: card.querySelector('h3 b').innerText,
                rows: Object.fromEntries([...card.querySelectorAll('dl > div')].map(row => [row.querySelector('dt').innerText, row.querySelector('dd').innerText])),
            }))])))
        """;

    private readonly HostControlStub _host = new();
    private readonly LibraryMeter _meter = new($"test-{Guid.NewGuid():N}");
    private HttpServer? _server;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_shown_is_what_status_says_with_scripts_and_without(bool scripts)
    {
        _host.Status = _host.Status with { ReloadProblems = ["vip is 'x': wrong", "localAs is '0': wrong"] };
        var address = await ServeAsync();
        using var client = new HttpClient();
        var status = JsonNode.Parse(await client.GetStringAsync(new Uri(address, "/status"), TestContext.Current.CancellationToken))!;

        await using var page = await browser.OpenAsync(address, scripts: scripts);

        var cards = JsonNode.Parse(await page.TextAsync(Cards))!;
        var now = Time(status["time"]!);
        var vips = status["vips"]!.AsArray();
        cards["VIPs"]!.AsArray().Should().HaveSameCount(vips);
        foreach (var (shown, vip) in cards["VIPs"]!.AsArray().Zip(vips))
        {
            Text(shown!["name"]).Should().Be(Text(vip!["name"]));
            Text(shown["state"]).Should().Be(vip["announced"]!.GetValue<bool>() ? "announced" : "not announced");
            Text(shown["rows"]!["For"]).Should().Be(StatusText.Age(now - Time(vip["since"]!)));
            Text(shown["rows"]!["Because"]).Should().Be(Text(vip["reason"]));
            Text(shown["rows"]!["Address"]).Should().Be(Text(vip["address"]) ?? "not resolved yet");
            Text(shown["rows"]!["Address is"]).Should().Be(vip["inPlace"]!.GetValue<bool>() ? "in place" : "off");
        }

        var peers = status["peers"]!.AsArray();
        cards["Sessions"]!.AsArray().Should().HaveSameCount(peers);
        foreach (var (shown, peer) in cards["Sessions"]!.AsArray().Zip(peers))
        {
            Text(shown!["name"]).Should().Be(Text(peer!["endPoint"]));
            Text(shown["state"]).Should().Be(Text(peer["state"]));
            Text(shown["rows"]!["Established"]).Should().Be(peer["establishedAt"] is { } since ? $"for {StatusText.Age(now - Time(since))}" : "no");
            Text(shown["rows"]!["Why"]).Should().Be(Text(peer["explanation"]), "it is said in words why a session is not Established, and of no other");
            Text(shown["rows"]!["Last error"]).Should().Be(Text(peer["lastDown"]) ?? "none");
            Text(shown["rows"]!["AS"]).Should().Be(Text(peer["asn"]));
            Text(shown["rows"]!["Hold time"]).Should().Be(Text(peer["holdTime"]) is { } hold ? $"{TimeSpan.Parse(hold, CultureInfo.InvariantCulture).TotalSeconds} s" : "-");
            Text(shown["rows"]!["BFD"]).Should().Be(Text(peer["bfd"]));
            Text(shown["rows"]!["BFD downs"]).Should().Be(Text(peer["bfdDowns"]));
            Text(shown["rows"]!["Routes"]).Should().Be($"{peer["prefixesAdvertised"]} announced, {peer["prefixesWithheld"]} withheld");
            Text(shown["rows"]!["Sessions lost"]).Should().Be(Text(peer["sessionsLost"]));
        }

        JsonNode.Parse(await page.TextAsync("JSON.stringify([...document.querySelectorAll('header li')].map(line => line.innerText))"))!.AsArray().Select(Text)
            .Should().Contain($"[2001:db8::9]:1179 (AS 4200000000) is Active: {StatusData.WhyDown}", "what is wrong stands on top, with why");

        var gate = status["gate"]!;
        var health = cards["Health check"]!.AsArray().Should().ContainSingle().Subject!;
        Text(health["name"]).Should().Be(Text(gate["target"]));
        Text(health["state"]).Should().Be(Text(gate["verdict"])!.ToLowerInvariant());
        Text(health["rows"]!["For"]).Should().Be(StatusText.Age(now - Time(gate["since"]!)));
        Text(health["rows"]!["Last failure"]).Should().Be(Text(gate["lastFailure"]));
        Text(health["rows"]!["Failed in a row"]).Should().Be(Text(gate["consecutiveFailures"]));
        Text(health["rows"]!["Checks"]).Should().Be($"{gate["checksSucceeded"]} succeeded, {gate["checksFailed"]} failed");
        Text(health["rows"]!["History"])!.Split('\n').Should().Equal(gate["history"]!.AsArray().Reverse().Select(change =>
            $"{Time(change!["time"]!):yyyy-MM-dd HH:mm:ss}Z {Text(change["verdict"])!.ToLowerInvariant()}{(Text(change["failure"]) is { } why ? $": {why}" : "")}"), "the newest change comes first");

        var process = cards["Host"]!.AsArray().Should().ContainSingle().Subject!;
        Text(process["state"]).Should().Be(status["isReady"]!.GetValue<bool>() ? "ready" : "not ready");
        Text(process["rows"]!["Drain"]).Should().Be("not drained");
        Text(process["rows"]!["Configuration"]).Should().Be($"read {StatusText.Age(now - Time(status["configuredAt"]!))} ago");
        Text(process["rows"]!["Reloads"]).Should().Be($"{status["reloads"]} in force, {status["reloadsRefused"]} refused");
        Text(process["rows"]!["Refused because"])!.Split('\n').Should().Equal(status["reloadProblems"]!.AsArray().Select(Text));
    }

    [Fact]
    public async Task A_change_appears_without_loading_the_page_again_and_well_within_a_second()
    {
        await using var page = await browser.OpenAsync(await ServeAsync());
        await page.EvaluateAsync("window.loaded = 'once'; window.chosen = document.querySelectorAll('article')[0].querySelector('dd')");
        (await page.TextAsync("document.title")).Should().StartWith("NOT ANNOUNCED - bgpsharp-vip on ");
        (await page.EvaluateAsync("period"))!.GetValue<int>().Should().Be((int)StatusPage.PollPeriod.TotalMilliseconds).And.BeLessThanOrEqualTo(500, "the script asks twice a second");

        _host.Status = StatusData.Make() with { Vips = [StatusData.Make().Vips[0]], Peers = [StatusData.Up], Gate = Healthy };
        await page.UntilAsync("document.title.startsWith('OK - ')", "all is well");
        (await page.TextAsync("document.querySelector('header').innerText")).Should().Contain("1 of 1 VIPs announced, 1 of 1 sessions Established.");

        _host.Status = _host.Status with { Drain = DrainPhase.Draining };
        await page.UntilAsync("document.title.startsWith('DRAINING - ')", "the drain shows");
        _host.Status = _host.Status with { Time = StatusData.Now.AddSeconds(1) };
        await page.UntilAsync("document.querySelector('header').innerText.includes('12:00:01Z')", "time goes on");
        _host.Status = _host.Status with { Peers = [StatusData.Down], Drain = DrainPhase.None };
        await page.UntilAsync("document.querySelector('h1').innerText === 'NOT READY'", "no session is Established");
        (await page.TextAsync("document.querySelector('header li').innerText")).Should().Be("Not ready: no session is Established.");
        _host.Status = _host.Status with { Peers = [StatusData.Down with { Explanation = "Nobody answers." }] };
        await page.UntilAsync($"{Row("Why")} === 'Nobody answers.' && document.querySelector('header').innerText.includes('is Active: Nobody answers.')", "the reason has changed");
        _host.Status = _host.Status with { Peers = [StatusData.Up] };
        await page.UntilAsync($"{Row("Why")} === undefined", "an Established session needs none");

        (await page.EvaluateAsync("window.loaded === 'once' && window.chosen === document.querySelectorAll('article')[0].querySelector('dd')"))!.GetValue<bool>()
            .Should().BeTrue("what has not changed is left alone, so that a selection lasts");
    }

    [Fact]
    public async Task Without_scripts_the_browser_loads_it_again_by_itself()
    {
        await using var page = await browser.OpenAsync(await ServeAsync(), scripts: false);

        _host.Status = _host.Status with { Drain = DrainPhase.Drained };

        await page.UntilAsync("document.title.startsWith('DRAINED - ')", "the refresh shows the drain");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task On_a_phone_nothing_is_too_wide_or_too_small(bool bad)
    {
        _host.Status = bad ? StatusData.Bad() : _host.Status;

        await using var page = await browser.OpenAsync(await ServeAsync(), width: 360);

        (await page.EvaluateAsync("innerWidth"))!.GetValue<int>().Should().Be(360);
        (await page.EvaluateAsync("document.documentElement.scrollWidth"))!.GetValue<int>().Should().Be(360, "there is no scrolling sideways");
        JsonNode.Parse(await page.TextAsync("JSON.stringify([...document.querySelectorAll('body *')].filter(e => e.getClientRects().length && (e.getBoundingClientRect().right > 360 || e.getBoundingClientRect().left < 0)).map(e => e.outerHTML))"))!
            .AsArray().Should().BeEmpty("everything is inside the window");
        (await page.EvaluateAsync("Math.min(...[...document.querySelectorAll('body *')].filter(e => e.innerText).map(e => parseFloat(getComputedStyle(e).fontSize)))"))!
            .GetValue<double>().Should().BeGreaterThanOrEqualTo(14);
    }

    [Theory]
    [InlineData(false, 1.0)]
    [InlineData(true, 0.0)]
    public async Task It_is_dark_where_the_browser_is_and_every_text_can_be_read(bool dark, double ground)
    {
        _host.Status = StatusData.Bad();

        await using var page = await browser.OpenAsync(await ServeAsync(), dark: dark);

        const string Luminance = """
            const luminance = color => { const [r, g, b] = color.match(/[\d.]+/g).slice(0, 3).map(c => c / 255).map(c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
            const groundOf = e => { const color = getComputedStyle(e).backgroundColor; return color === 'rgba(0, 0, 0, 0)' && e.parentElement ? groundOf(e.parentElement) : color; };
            """;
        (await page.EvaluateAsync($"(() => {{ {Luminance} return luminance(groundOf(document.body)); }})()"))!.GetValue<double>().Should().BeApproximately(ground, 0.15);
        (await page.EvaluateAsync($$"""
            (() => { {{Luminance}} return Math.min(...[...document.querySelectorAll('body *')].filter(e => e.innerText).map(e => {
                const [a, b] = [luminance(getComputedStyle(e).color), luminance(groundOf(e))]; return (Math.max(a, b) + .05) / (Math.min(a, b) + .05); })); })()
            """))!.GetValue<double>().Should().BeGreaterThanOrEqualTo(4.5, "that is the contrast that texts need");
    }

    [Fact]
    public async Task What_a_peer_says_is_text_and_nothing_else()
    {
        const string Hostile = """<script>window.owned=1</script><img src="x" onerror="window.owned=1"></main></title>&lt;b&gt; ' onload='window.owned=1""";
        await using var page = await browser.OpenAsync(await ServeAsync());
        _host.Status = _host.Status with { Peers = [StatusData.Up, StatusData.Down with { LastDown = Hostile, Explanation = Hostile }] };
        await page.UntilAsync("document.body.innerText.includes('onerror')", "the text shows");
        await using var again = await browser.OpenAsync(await ServeAsync());

        foreach (var shown in (ChromiumPage[])[page, again])
        {
            (await shown.TextAsync(Row("Last error", card: 1))).Should().Be(Hostile);
            (await shown.TextAsync(Row("Why", card: 1))).Should().Be(Hostile);
            (await shown.TextAsync("[...document.querySelectorAll('header li')].find(line => line.innerText.includes('is Active')).innerText")).Should().Be($"[2001:db8::9]:1179 (AS 4200000000) is Active: {Hostile}");
            (await shown.EvaluateAsync("document.querySelectorAll('main script, main img, main b b').length + (window.owned ?? 0)"))!.GetValue<int>().Should().Be(0);
            await shown.EvaluateAsync("{ const s = document.createElement('script'); s.textContent = 'window.owned = 1'; document.body.append(s); }");
            (await shown.EvaluateAsync("window.owned === undefined"))!.GetValue<bool>().Should().BeTrue("the browser runs no script but the page's own");
        }
    }

    [Fact]
    public async Task A_page_from_elsewhere_whose_name_was_made_to_lead_here_reads_nothing_of_the_status()
    {
        var address = await ServeAsync();
        await using var page = await browser.OpenAsync(new Uri($"http://{Chromium.Rebound}:{address.Port}/livez"));
        (await page.TextAsync("document.body.innerText")).Should().Be("ok\n", "the name leads here, and probes are for everybody");

        foreach (var path in (string[])["/", "/status"])
        {
            await page.EvaluateAsync($"window.answer = undefined; fetch('{path}').then(async reply => {{ window.answer = reply.status + ' ' + await reply.text(); }})");
            await page.UntilAsync("window.answer !== undefined", "the page has its answer");
            (await page.TextAsync("window.answer")).Should().StartWith("421 / and /status are served by this machine's address").And.NotContain("198.51.100.9");
        }
    }

    [Fact]
    public async Task A_host_that_is_gone_is_said_plainly_until_it_is_back()
    {
        var address = await ServeAsync();
        await using var page = await browser.OpenAsync(address);
        (await page.EvaluateAsync("document.getElementById('silence').getClientRects().length"))!.GetValue<int>().Should().Be(0);

        await StopAsync();

        await page.UntilAsync("document.title.startsWith('NO ANSWER - ')", "the host is gone");
        (await page.TextAsync("document.getElementById('silence').innerText")).Should().StartWith("No answer from the host since ");

        await ServeAsync(address.Port);
        await page.UntilAsync("document.title.startsWith('NOT ANNOUNCED - ') && document.getElementById('silence').hidden", "it is back");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _meter.Dispose();
    }

    /// <summary>A value in a session's card, in the browser's words; undefined where there is no such row.</summary>
    private static string Row(string term, int card = 0) =>
        $"[...document.querySelectorAll('section')[1].querySelectorAll('article')[{card}].querySelectorAll('dl > div')].find(row => row.querySelector('dt').innerText === '{term}')?.querySelector('dd').innerText";

    private static GateStatus Healthy => StatusData.Make().Gate with { ConsecutiveFailures = 0 };

    private async Task<Uri> ServeAsync(int port = 0)
    {
        if (_server is null)
        {
            var options = StatusData.Options(new IPEndPoint(IPAddress.Loopback, port));
            _server = new HttpServer(static options => options.Http, options, _host, new StatusPages(options, _host, _meter), TimeProvider.System, NullLogger<HttpServer>.Instance);
            await _server.StartAsync(TestContext.Current.CancellationToken);
        }

        return new Uri($"http://{await _server.Listening.WaitAsync(Chromium.Patience)}/");
    }

    private async Task StopAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            await server.StopAsync(CancellationToken.None);
            server.Dispose();
        }
    }

    private static string? Text(JsonNode? value) => value is null ? null : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static DateTimeOffset Time(JsonNode value) => value.GetValue<DateTimeOffset>();
}
