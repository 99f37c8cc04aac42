using BgpSharp.Bfd;

namespace BgpSharp.Tests.Bfd;

public sealed class BfdLatenessTests
{
    private const byte Multiplier = 3;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);

    // A third of what a peer waits three intervals for, and twice that.
    private static readonly TimeSpan Kept = TimeSpan.FromMilliseconds(200);

    private TimeSpan _now = TimeSpan.FromHours(1);
    private TimeSpan _collected;
    private TimeSpan? _waited = TimeSpan.Zero;

    [Fact]
    public void A_collection_is_excused_while_the_kernel_sends()
    {
        var lateness = Observe(() => _collected += Delay);

        lateness.LeastInterval(ahead: true, Multiplier).Should().Be(TimeSpan.Zero, "the peer noticed nothing");
        lateness.LeastInterval(ahead: false, Multiplier).Should().Be(Kept, "a session without the kernel's help was silent");
        lateness.Longest.Should().Be(Delay, "the thread was late all the same");
    }

    [Fact]
    public void A_process_that_is_stopped_is_not_excused()
    {
        Observe(() => { }).LeastInterval(ahead: true, Multiplier).Should().Be(Kept);
    }

    [Fact]
    public void Want_of_a_processor_is_not_excused_by_a_collection()
    {
        Observe(() =>
        {
            _collected += Delay;
            _waited += Delay;
        }).LeastInterval(ahead: true, Multiplier).Should().Be(Kept, "the kernel sends as work of the thread");
    }

    [Fact]
    public void A_wait_before_the_delay_is_not_counted_twice()
    {
        Observe(() =>
        {
            _collected += Delay;
            _waited += Delay * 10;
        }).LeastInterval(ahead: true, Multiplier).Should().Be(Kept, "no more than the delay is");
    }

    [Fact]
    public void Where_nobody_counts_the_waits_nothing_is_excused()
    {
        _waited = null;
        Observe(() => _collected += Delay).LeastInterval(ahead: true, Multiplier).Should().Be(Kept, "a slower session is better than one that goes down");
    }

    [Fact]
    public void What_came_after_the_last_packet_of_the_kernel_is_not_excused()
    {
        Observe(() => _collected += Delay, uncovered: Delay / 2).LeastInterval(ahead: true, Multiplier).Should().Be(Kept / 2, "half of the pause was covered");
    }

    [Fact]
    public void Nothing_is_observed_while_nobody_counts_on_us()
    {
        var lateness = Observe(() => { }, isUp: false);
        lateness.LeastInterval(ahead: true, Multiplier).Should().Be(TimeSpan.Zero);
        lateness.LeastInterval(ahead: false, Multiplier).Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("monotonic           0         0\nboottime            0         0\n", false)]
    [InlineData("monotonic       86400         0\nboottime            0         0\n", true)]
    [InlineData("monotonic      -86400 500000000\nboottime            0         0\n", true)]
    [InlineData("monotonic           0         0\nboottime          100         0\n", false)]
    [InlineData("1 0 1\n7 0 0\n", true)]
    [InlineData("", false)]
    public void A_clock_of_its_own_is_seen(string offsets, bool isShifted)
    {
        TimeNamespace.IsShiftedBy(offsets).Should().Be(isShifted);
    }

    [Fact]
    public void The_kernel_counts_what_a_thread_waits()
    {
        ThreadWaits.Parse("6875084 9480741 5\n"u8).Should().Be(TimeSpan.FromTicks(94_807), "the second is the time it waited, in nanoseconds");
        ThreadWaits.Parse(""u8).Should().BeNull();
        using var waits = new ThreadWaits();
        if (File.Exists("/proc/thread-self/schedstat"))
        {
            waits.Total.Should().BePositive("a thread that runs has waited once");
        }
    }

    // Twice, since one delay may be the machine's and never come again.
    private BfdLateness Observe(Action pause, bool isUp = true, TimeSpan? uncovered = null)
    {
        var lateness = new BfdLateness(() => _collected, () => _waited);
        for (var i = 0; i < 2; i++)
        {
            pause();
            _now += Delay;
            lateness.Observe(_now, Delay, isUp, isUp, _now - uncovered);
        }

        return lateness;
    }
}
