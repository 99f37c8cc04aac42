using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.Tests.VipAdvertiser.Status.Page;

/// <summary>What is wrong, in words, the worst first.</summary>
public sealed class TroubleTests
{
    private static readonly HostStatus Fine = StatusData.Make() with
    {
        Vips = [StatusData.Make().Vips[0]],
        Peers = [StatusData.Up],
        Gate = StatusData.Make().Gate with { ConsecutiveFailures = 0 },
    };

    [Fact]
    public void Nothing_is_wrong_with_a_host_that_does_its_work() => Trouble.Of(Fine).Should().BeEmpty();

    [Fact]
    public void A_failing_health_check_names_the_VIP_then_the_failure()
    {
        var status = Fine with
        {
            Vips = [Fine.Vips[0] with { Wanted = false, InPlace = false, Announced = false, Since = StatusData.Now.AddSeconds(-61), Reason = "the health check fails" }],
            Gate = Fine.Gate with { Verdict = HealthVerdict.Unhealthy, Since = StatusData.Now.AddSeconds(-61) },
        };

        Trouble.Of(status).Should().Equal(
            new Trouble(TroubleLevel.Bad, "NOT ANNOUNCED", "203.0.113.10 is not announced, for 1m1s: the health check fails."),
            new Trouble(TroubleLevel.Bad, "UNHEALTHY", "The health check has failed for 1m1s: HTTP 500."));
    }

    [Fact]
    public void A_drain_is_told_instead_of_what_comes_of_it()
    {
        var status = Fine with { Drain = DrainPhase.Draining, Peers = [StatusData.Up, StatusData.Down] };

        Trouble.Of(status).Should().Equal(
            new Trouble(TroubleLevel.Warning, "DRAINING", "Draining: traffic moves away, then the routes go. 1 of 1 VIPs are still announced, 1 of 2 sessions still Established."));
        Trouble.Of(status with { Drain = DrainPhase.Drained, Peers = [], Vips = [Fine.Vips[0] with { Announced = false, Wanted = false }] }).Should().Equal(
            new Trouble(TroubleLevel.Warning, "DRAINED", "Drained: nothing is announced until 'bgpsharp-vip drain --undo' or a new start."));
    }

    [Fact]
    public void One_session_of_two_is_a_warning_and_none_is_bad()
    {
        Trouble.Of(Fine with { Peers = [StatusData.Up, StatusData.Down with { PrefixesWithheld = 0 }] }).Should().Equal(
            new Trouble(TroubleLevel.Warning, "SESSION DOWN", $"[2001:db8::9]:1179 (AS 4200000000) is Active: {StatusData.WhyDown}"));
        Trouble.Of(Fine with { Peers = [StatusData.Down with { PrefixesWithheld = 0 }] }).Should().Equal(
            new Trouble(TroubleLevel.Bad, "NOT READY", "Not ready: no session is Established."),
            new Trouble(TroubleLevel.Bad, "SESSION DOWN", $"[2001:db8::9]:1179 (AS 4200000000) is Active: {StatusData.WhyDown}"));
        Trouble.Of(Fine with { Peers = [] }).Should().Equal(
            new Trouble(TroubleLevel.Bad, "NOT READY", "Not ready: no session is Established, none is open yet."));
    }

    [Fact]
    public void What_still_works_but_not_as_it_should_is_a_warning()
    {
        Word(Fine with { Peers = [StatusData.Up with { IsBfdUp = false }] }).Should().Be("BFD DOWN");
        Word(Fine with { Peers = [StatusData.Up with { PrefixesWithheld = 2 }] }).Should().Be("WITHHELD");
        Word(Fine with { Gate = Fine.Gate with { FailStatic = true, Verdict = HealthVerdict.Healthy } }).Should().Be("FAIL-STATIC");
        Word(Fine with { Gate = Fine.Gate with { Verdict = HealthVerdict.Unknown } }).Should().Be("UNDECIDED");
        Word(Fine with { Gate = Fine.Gate with { ConsecutiveFailures = 2 } }).Should().Be("CHECKS FAIL");
        Word(Fine with { ReloadProblems = ["vip is 'x'"] }).Should().Be("RELOAD REFUSED");
    }

    [Fact]
    public void The_worst_comes_first()
    {
        var levels = Trouble.Of(StatusData.Bad()).Select(trouble => trouble.Level).ToList();

        levels.Should().BeInDescendingOrder().And.Contain([TroubleLevel.Bad, TroubleLevel.Warning]);
    }

    private static string Word(HostStatus status)
    {
        var trouble = Trouble.Of(status).Should().ContainSingle().Subject;
        trouble.Level.Should().Be(TroubleLevel.Warning);
        return trouble.Word;
    }
}
