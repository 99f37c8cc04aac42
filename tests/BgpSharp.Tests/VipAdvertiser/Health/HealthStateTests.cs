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
}
