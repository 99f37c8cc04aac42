using BgpSharp.VipAdvertiser;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser;

/// <summary>The first signal asks for the stop, the second for its end.</summary>
public sealed class StopSignalsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_time_since_the_stop_was_asked_for_counts_from_the_first_time_that_it_was()
    {
        using var signals = new StopSignals(_time);
        _time.Advance(TimeSpan.FromSeconds(1));
        signals.SinceAsked.Should().Be(TimeSpan.Zero);

        signals.AskForStop();
        _time.Advance(TimeSpan.FromSeconds(2));
        signals.Count("SIGTERM");
        _time.Advance(TimeSpan.FromSeconds(3));

        signals.SinceAsked.Should().Be(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void The_first_signal_is_remembered()
    {
        using var signals = new StopSignals(_time);
        signals.First.Should().BeNull();

        signals.Count("SIGINT");
        signals.Count("SIGTERM");

        signals.First.Should().Be("SIGINT");
    }

    [Fact]
    public void Only_the_second_signal_hurries_and_more_of_them_change_nothing()
    {
        using var signals = new StopSignals(_time);
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
