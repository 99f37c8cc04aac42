using BgpSharp.VipAdvertiser;

namespace BgpSharp.Tests.VipAdvertiser;

/// <summary>The first signal asks for the stop, the second for its end.</summary>
public sealed class StopSignalsTests
{
    [Fact]
    public void The_first_signal_is_remembered()
    {
        using var signals = new StopSignals();
        signals.First.Should().BeNull();

        signals.Count("SIGINT");
        signals.Count("SIGTERM");

        signals.First.Should().Be("SIGINT");
    }

    [Fact]
    public void Only_the_second_signal_hurries_and_more_of_them_change_nothing()
    {
        using var signals = new StopSignals();
        var hurried = 0;
        using var registration = signals.Hurry.Register(() => hurried++);

        signals.Stop.IsCompleted.Should().BeFalse();
        signals.Count("SIGTERM");
        signals.Stop.IsCompleted.Should().BeTrue();
        hurried.Should().Be(0, "the first signal starts a drain, which has its time");
        signals.Count("SIGTERM");
        hurried.Should().Be(1);
        signals.Count("SIGTERM");
        hurried.Should().Be(1);
    }
}
