using BgpSharp.VipAdvertiser.Health;

namespace BgpSharp.Tests.VipAdvertiser.Health;

public sealed class HealthStateTests
{
    /// <summary>Checks as + and -, and the verdict after each as H or U.</summary>
    [Theory]
    [InlineData(3, 2, "+", "H", "the first success announces at once: a cold start does not wait for rise")]
    [InlineData(3, 2, "-", "U", "the first failure decides too")]
    [InlineData(3, 2, "-+", "UU", "after a failure the rise count rules, at the start too")]
    [InlineData(3, 2, "-++", "UUH", "rise successes in a row")]
    [InlineData(3, 2, "-+-+", "UUUU", "a failure starts the rise again")]
    [InlineData(3, 2, "-+-++", "UUUUH", "a failure starts the rise again")]
    [InlineData(3, 2, "+--", "HHH", "two failures are less than fall")]
    [InlineData(3, 2, "+---", "HHHU", "fall failures in a row")]
    [InlineData(3, 2, "+--+--", "HHHHHH", "a success starts the fall again")]
    [InlineData(3, 2, "+--+---", "HHHHHHU", "a success starts the fall again")]
    [InlineData(3, 2, "+---+", "HHHUU", "one success is less than rise")]
    [InlineData(3, 2, "+---++---", "HHHUUHHHU", "it goes round")]
    [InlineData(1, 1, "+-+-", "HUHU", "with fall and rise 1 every check decides")]
    [InlineData(2, 4, "--++++", "UUUUUH", "rise is counted by itself")]
    public void Checks_lead_to_the_verdict(int fall, int rise, string checks, string verdicts, string because)
    {
        var state = default(HealthState);
        var seen = string.Empty;
        foreach (var check in checks)
        {
            state = state.Observe(check == '+', fall, rise);
            seen += state.Verdict.ToString()[0];
        }

        seen.Should().Be(verdicts, because);
    }

    [Fact]
    public void Nothing_is_known_before_the_first_check()
    {
        default(HealthState).Verdict.Should().Be(HealthVerdict.Unknown);
    }

    [Fact]
    public void The_checks_against_the_verdict_are_counted()
    {
        var state = default(HealthState).Observe(success: true, fall: 3, rise: 2).Observe(success: false, fall: 3, rise: 2);

        state.Should().Be(new HealthState(HealthVerdict.Healthy, Contrary: 1));
    }

    /// <summary>After the checks the confirming one (S success, R refused, D distrusted, F failed), and the verdict and count after it.</summary>
    [Theory]
    [InlineData("+", "R", "Unhealthy 0", "nobody listens any more: that is the end, without more failures")]
    [InlineData("+--", "R", "Unhealthy 0", "that is the end")]
    [InlineData("+", "S", "Healthy 0", "a false alarm")]
    [InlineData("+--", "S", "Healthy 2", "a false alarm takes no failure back")]
    [InlineData("+", "F", "Healthy 1", "a failure like others")]
    [InlineData("+", "D", "Healthy 1", "a failure like others")]
    [InlineData("+--", "F", "Unhealthy 0", "it is the third failure")]
    [InlineData("-+", "S", "Unhealthy 1", "a false alarm is no success")]
    [InlineData("-+", "R", "Unhealthy 0", "the rise starts again")]
    [InlineData("-+", "F", "Unhealthy 0", "the rise starts again")]
    [InlineData("", "S", "Healthy 0", "the first check decides alone")]
    [InlineData("", "R", "Unhealthy 0", "the first check decides alone")]
    [InlineData("", "F", "Unhealthy 0", "the first check decides alone")]
    public void The_check_that_confirms_the_end_of_the_socket(string checks, string confirming, string expected, string because)
    {
        var outcome = confirming switch
        {
            "S" => ProbeOutcome.Success,
            "R" => ProbeOutcome.Refused,
            "D" => ProbeOutcome.Distrusted,
            _ => ProbeOutcome.Failed,
        };
        var state = checks.Aggregate(default(HealthState), (before, check) => before.Observe(check == '+', fall: 3, rise: 2));

        state = state.Confirm(outcome, fall: 3, rise: 2);

        $"{state.Verdict} {state.Contrary}".Should().Be(expected, because);
    }

    /// <summary>
    /// One check a second with fall 2, rise 2 and a hold of 4 s at most: + success, - failure while no sibling works,
    /// o failure while one does, R refused in confirmation while no sibling works. After each U, H, or h for held.
    /// </summary>
    [Theory]
    [InlineData("+--", "HHh", "no sibling works: it is held")]
    [InlineData("+-o", "HHU", "there is another path")]
    [InlineData("+--o", "HHhU", "there is another path now")]
    [InlineData("+--o--", "HHhUUU", "what has fallen rises only by successes")]
    [InlineData("+--++", "HHhhH", "it rises while it is held")]
    [InlineData("+--+-", "HHhhh", "one success is less than rise, and keeps it held")]
    [InlineData("+------", "HHhhhhU", "4 s are over")]
    [InlineData("+--+-+-", "HHhhhhU", "a success in between does not make the time longer")]
    [InlineData("+--++--", "HHhhHHh", "after it has risen the time begins anew")]
    [InlineData("+--++-----", "HHhhHHhhhh", "after it has risen the time begins anew")]
    [InlineData("+--++------", "HHhhHHhhhhU", "after it has risen the time begins anew")]
    [InlineData("--", "UU", "what never was healthy is not held")]
    [InlineData("+R", "Hh", "no sibling works: it is held, whatever this node's failure")]
    [InlineData("+Ro", "HhU", "there is another path now")]
    public void Fail_static_holds_the_verdict(string checks, string verdicts, string because)
    {
        var state = default(HealthState);
        var seen = string.Empty;
        for (var i = 0; i < checks.Length; i++)
        {
            var before = state;
            var success = checks[i] == '+';
            state = checks[i] == 'R' ? before.Confirm(ProbeOutcome.Refused, fall: 2, rise: 2) : before.Observe(success, fall: 2, rise: 2);
            state = state.Hold(before, success, noOtherPath: checks[i] is '-' or 'R', now: TimeSpan.FromSeconds(i), maxTime: TimeSpan.FromSeconds(4));
            seen += state.IsHeld ? 'h' : state.Verdict.ToString()[0];
            state.IsHeld.Should().Be(seen[^1] == 'h');
            (state.Verdict == HealthVerdict.Healthy).Should().Be(seen[^1] is 'h' or 'H', "what is held is announced");
        }

        seen.Should().Be(verdicts, because);
    }

    [Fact]
    public void What_is_held_falls_when_fail_static_is_no_longer_configured()
    {
        var held = new HealthState(HealthVerdict.Healthy, 0) { HeldSince = TimeSpan.Zero };

        held.Observe(success: false, fall: 3, rise: 2).Should().Be(new HealthState(HealthVerdict.Unhealthy, 0));
    }
}
