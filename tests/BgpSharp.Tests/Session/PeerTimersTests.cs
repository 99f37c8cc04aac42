using BgpSharp.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.Session;

public sealed class PeerTimersTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly PeerTimers _timers;
    private readonly List<string> _expired = [];

    public PeerTimersTests() => _timers = new PeerTimers(_time);

    [Fact]
    public void Timers_expire_in_the_order_of_their_time()
    {
        Set("hold", 9);
        Set("keepalive", 3);
        Advance(3);
        _expired.Should().Equal("keepalive");
        Advance(6);
        _expired.Should().Equal("keepalive", "hold");
    }

    [Fact]
    public void A_timer_that_is_set_again_has_its_last_time_alone()
    {
        var timer = Set("hold", 9);
        _timers.Set(timer, TimeSpan.FromSeconds(12));
        Advance(11);
        _expired.Should().BeEmpty("a message came");
        Advance(1);
        _expired.Should().Equal("hold");
        _timers.Set(timer, TimeSpan.FromSeconds(30));
        _timers.Set(timer, TimeSpan.FromSeconds(20));
        Advance(100);
        _expired.Should().Equal("hold", "hold");
    }

    [Fact]
    public void A_time_that_has_passed_is_due_at_once()
    {
        Advance(5);
        Set("late", 4);
        Advance(0);
        _expired.Should().Equal("late");
    }

    [Fact]
    public void A_cancelled_timer_does_not_expire_and_keeps_nothing_alive()
    {
        var timer = SetOneToBeForgotten();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        timer.IsAlive.Should().BeFalse("its peer is gone");
        Advance(100);
        _expired.Should().BeEmpty();
    }

    [Fact]
    public void A_timer_may_be_set_by_one_that_expires()
    {
        PeerTimer? timer = null;
        timer = new PeerTimer(() =>
        {
            _expired.Add("tick");
            if (_expired.Count < 3)
            {
                _timers.Set(timer!, _timers.Now + TimeSpan.FromSeconds(1));
            }
        });
        _timers.Set(timer, TimeSpan.FromSeconds(1));
        Advance(1);
        Advance(1);
        Advance(1);
        Advance(1);
        _expired.Should().HaveCount(3);
    }

    [Fact]
    public void Nothing_expires_after_the_end()
    {
        Set("hold", 9);
        _timers.Dispose();
        Advance(100);
        _expired.Should().BeEmpty();
    }

    public void Dispose() => _timers.Dispose();

    private PeerTimer Set(string name, int seconds)
    {
        var timer = new PeerTimer(() => _expired.Add(name));
        _timers.Set(timer, TimeSpan.FromSeconds(seconds));
        return timer;
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private WeakReference SetOneToBeForgotten()
    {
        var timer = Set("hold", 9);
        _timers.Set(timer, TimeSpan.FromSeconds(7));
        _timers.Cancel(timer);
        return new WeakReference(timer);
    }

    private void Advance(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
