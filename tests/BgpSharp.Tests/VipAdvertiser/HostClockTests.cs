using System.Threading.Channels;
using BgpSharp.VipAdvertiser;

namespace BgpSharp.Tests.VipAdvertiser;

public sealed class HostClockTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly HostClock _clock = new();
    private readonly Channel<string> _fired = Channel.CreateUnbounded<string>();

    [Fact]
    public async Task Timers_come_in_the_order_in_which_they_are_due_and_each_once()
    {
        using var last = Timer("last", 60);
        using var first = Timer("first", 1);
        using var middle = Timer("middle", 30);

        (await NextAsync(), await NextAsync(), await NextAsync()).Should().Be(("first", "middle", "last"));
        using var after = Timer("after", 60);
        (await NextAsync()).Should().Be("after", "none came twice");
    }

    [Fact]
    public async Task A_timer_that_is_set_anew_replaces_what_was_set_before()
    {
        using var moved = Timer("moved", 1_000_000);
        using var after = Timer("after", 50);

        moved.Change(TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan).Should().BeTrue();

        (await NextAsync(), await NextAsync()).Should().Be(("moved", "after"));
    }

    [Fact]
    public async Task One_that_is_stopped_or_disposed_does_not_come()
    {
        using var stopped = Timer("stopped", 40);
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var disposed = Timer("disposed", 40);
        await disposed.DisposeAsync();
        using var after = Timer("after", 80);

        (await NextAsync()).Should().Be("after");
        disposed.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan).Should().BeFalse("it is disposed");
    }

    [Fact]
    public async Task A_periodic_timer_comes_until_it_is_disposed()
    {
        var periodic = _clock.CreateTimer(_ => _fired.Writer.TryWrite("tick"), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < 5; i++)
        {
            (await NextAsync()).Should().Be("tick");
        }

        periodic.Dispose();
    }

    [Fact]
    public async Task Periods_that_the_process_slept_through_are_not_made_up_for()
    {
        ITimer? after = null;
        using var periodic = _clock.CreateTimer(
            _ =>
            {
                if (after is null)
                {
                    after = Timer("after", 20);
                    var began = TimeProvider.System.GetTimestamp();
                    SpinWait.SpinUntil(() => TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMilliseconds(50));
                }

                _fired.Writer.TryWrite("tick");
            },
            null, TimeSpan.Zero, TimeSpan.FromMilliseconds(1));

        (await NextAsync(), await NextAsync(), await NextAsync()).Should().Be(("tick", "tick", "after"), "one was due already, and of the 50 others 20 before the other timer");
    }

    [Fact]
    public async Task What_the_framework_makes_of_a_clock_runs_on_the_one_thread()
    {
        Thread? thread, here;
        var wait = TimeSpan.FromMilliseconds(1);
        do
        {
            // What is over before it is waited for goes on in the thread that begins to wait.
            (thread, here, wait) = (null, Thread.CurrentThread, wait * 2);
            await Task.Delay(wait, _clock, TestContext.Current.CancellationToken).ContinueWith(
                _ => thread = Thread.CurrentThread, TestContext.Current.CancellationToken, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        while (thread == here);
        thread!.Name.Should().Be("timers");

        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(1), _clock);
        await FluentActions.Awaiting(() => Task.Delay(Limit, limit.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData(-2, 0)]
    [InlineData(0, -2)]
    public void A_time_before_now_is_refused(int due, int period)
    {
        FluentActions.Invoking(() => _clock.CreateTimer(_ => { }, null, TimeSpan.FromMilliseconds(due), TimeSpan.FromMilliseconds(period)))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    public void Dispose() => _clock.Dispose();

    private ITimer Timer(string name, int milliseconds) =>
        _clock.CreateTimer(state => _fired.Writer.TryWrite((string)state!), name, TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);

    private async Task<string> NextAsync() => await _fired.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit);
}
