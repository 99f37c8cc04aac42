using BgpSharp.Bfd;

namespace BgpSharp.Tests.Bfd;

/// <summary>What delays of our own make of the interval.</summary>
public sealed class BfdPaceTests
{
    [Theory]
    [InlineData(0, 3, 0)]
    [InlineData(0.1, 3, 10)]
    [InlineData(50, 3, 50)]
    [InlineData(51, 3, 60)]
    [InlineData(150, 3, 150)]
    [InlineData(150, 4, 100)]
    [InlineData(4, 1, 80)]
    [InlineData(100_000, 3, 60_000)]
    public void A_delay_leaves_as_much_room_again_before_the_peer_misses_us(double delay, byte multiplier, double interval) =>
        BfdPace.LeastInterval(TimeSpan.FromMilliseconds(delay), multiplier).Should().Be(TimeSpan.FromMilliseconds(interval));

    [Fact]
    public void What_happens_once_changes_nothing_and_what_happens_twice_counts_by_the_smaller()
    {
        var pace = Observe(default, (0, 1), (1, 700));
        pace.Repeated.Should().Be(TimeSpan.FromMilliseconds(1));
        Observe(pace, (2, 200)).Repeated.Should().Be(TimeSpan.FromMilliseconds(200));
        Observe(pace, (2, 900)).Repeated.Should().Be(TimeSpan.FromMilliseconds(700));
        Observe(pace, (2, 700), (3, 300)).Repeated.Should().Be(TimeSpan.FromMilliseconds(700));
    }

    [Fact]
    public void It_is_forgotten_after_one_to_two_minutes()
    {
        var pace = Observe(default, (0, 300), (59, 300));
        Observe(pace, (61, 0)).Repeated.Should().Be(TimeSpan.FromMilliseconds(300));
        Observe(pace, (61, 0), (119, 5)).Repeated.Should().Be(TimeSpan.FromMilliseconds(300));
        Observe(pace, (61, 0), (122, 5)).Repeated.Should().Be(TimeSpan.FromMilliseconds(0));
        Observe(pace, (200, 5)).Repeated.Should().Be(TimeSpan.Zero, "nothing was observed for two minutes");
        Observe(pace, (61, 400), (122, 400)).Repeated.Should().Be(TimeSpan.FromMilliseconds(400), "one of the two was in the minute before");
    }

    private static BfdPace Observe(BfdPace pace, params (double Second, double Delay)[] delays) =>
        delays.Aggregate(pace, (current, delay) => current.Observe(TimeSpan.FromMilliseconds(delay.Delay), TimeSpan.FromSeconds(delay.Second)));
}
