using BgpSharp.VipAdvertiser.Health;

namespace BgpSharp.Tests.VipAdvertiser.Health;

public sealed class ProbeScheduleTests
{
    [Theory]
    [InlineData(0.1, 0.0, 900)]
    [InlineData(0.1, 0.5, 1000)]
    [InlineData(0.1, 1.0, 1100)]
    [InlineData(0.5, 0.0, 500)]
    [InlineData(0.0, 0.0, 1000)]
    [InlineData(0.0, 1.0, 1000)]
    public void The_interval_is_longer_or_shorter_by_chance(double jitter, double chance, int milliseconds)
    {
        new ProbeSchedule(TimeSpan.FromSeconds(1), jitter, () => chance).Next().Should().Be(TimeSpan.FromMilliseconds(milliseconds));
    }
}
