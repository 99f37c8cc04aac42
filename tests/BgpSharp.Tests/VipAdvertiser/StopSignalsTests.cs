using BgpSharp.VipAdvertiser;

namespace BgpSharp.Tests.VipAdvertiser;

/// <summary>The first signal asks for the stop, the second for its end.</summary>
public sealed class StopSignalsTests
{
    [Fact]
    public void Only_the_second_signal_hurries_and_more_of_them_change_nothing()
    {
        using var signals = new StopSignals();
        var hurried = 0;
        using var registration = signals.Hurry.Register(() => hurried++);

        signals.Stop.IsCompleted.Should().BeFalse();
        signals.Count();
        signals.Stop.IsCompleted.Should().BeTrue();
        hurried.Should().Be(0, "the first signal starts a drain, which has its time");
        signals.Count();
        hurried.Should().Be(1);
        signals.Count();
        hurried.Should().Be(1);
    }
}
