using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Vip;

/// <summary>What an operator on the node sees of a running bgpsharp-vip: the page in a browser, and the table that is watched.</summary>
public sealed class StatusViewsTests
{
    [Fact]
    public async Task The_page_shows_the_session_and_that_it_is_lost()
    {
        Requires.Tool("chromium");
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        VipMaster.Start(lab, 1);
        await router.WaitForEstablishedAsync([LabTopology.MasterAddress(1)]);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [LabTopology.MasterAddress(1)]);

        var page = await PageAsync(lab);
        page.Should().Contain("<title>OK - bgpsharp-vip on ").And.Contain("1 of 1 VIPs announced, 1 of 1 sessions Established.");
        page.Should().Contain($"<span>{LabTopology.RouterAddress}:179</span> <b>Established</b>").And.Contain($"<span>{LabTopology.Vip}</span> <b>announced</b>");

        router.Bgpd.Send(Signal.Kill);
        await router.Bgpd.WaitForExitAsync();

        page = await PageAsync(lab);
        page.Should().Contain("<title>NOT READY - bgpsharp-vip on ").And.Contain("<li class=\"bad\">Not ready: no session is Established.</li>")
            .And.MatchRegex($"<dt>Why</dt><dd>{LabTopology.RouterAddress} (closed|refuses) the TCP connection").And.Contain($"<li class=\"bad\">{LabTopology.RouterAddress}:179 (AS 65001) is ");
    }

    [Fact]
    public async Task A_watched_status_says_when_the_host_goes_and_when_it_is_back_and_Ctrl_C_ends_it()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var host = VipMaster.Start(lab, 1);
        await host.WaitForLineAsync(line => line.Contains("203.0.113.10/32 announced", StringComparison.Ordinal));
        var watch = lab.Start(lab.MasterNs(1), [.. Programs.VipAdvertiser, "status", "--watch"]);
        await watch.WaitForLineAsync(line => line.StartsWith("203.0.113.10  203.0.113.10 ", StringComparison.Ordinal));

        await host.StopAsync(Signal.Kill);
        await watch.WaitForLineAsync(line => line.Contains("Z the host is gone: no bgpsharp-vip runs in this network namespace", StringComparison.Ordinal));
        VipMaster.Start(lab, 1);
        await watch.WaitForLineAsync(line => line.Contains("Z the host is back, after ", StringComparison.Ordinal));
        await watch.WaitForLineAsync(line => line.StartsWith("203.0.113.10  203.0.113.10 ", StringComparison.Ordinal), from: watch.Lines.Count);

        (await watch.StopAsync(Signal.Interrupt)).Should().Be(0);
        watch.Lines.Count(line => line.Contains("the host is gone", StringComparison.Ordinal)).Should().Be(1, "it is said once");
    }

    /// <summary>The page's elements in a browser on the node, after its script has run for a while.</summary>
    private static async Task<string> PageAsync(Lab lab)
    {
        var browser = lab.Start(lab.MasterNs(1), ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-zygote",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-breakpad", "--disable-crash-reporter",
            $"--user-data-dir={lab.RunDirectory}/chromium", "--virtual-time-budget=2000", "--dump-dom", "http://127.0.0.1:2112/"]);
        (await browser.WaitForExitAsync(TimeSpan.FromMinutes(2))).Should().Be(0);
        return string.Join('\n', browser.Lines);
    }
}
