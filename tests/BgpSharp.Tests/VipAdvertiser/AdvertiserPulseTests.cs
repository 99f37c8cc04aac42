using BgpSharp.VipAdvertiser;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser;

/// <summary>What the host's loop says of itself.</summary>
public sealed class AdvertiserPulseTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly StopSignals _signals = new(TimeProvider.System);
    private readonly EffectLog _effects = new() { Drain = new TaskCompletionSource() };
    private readonly Advertiser _advertiser;

    public AdvertiserPulseTests() => _advertiser = new Advertiser(
        Status.StatusData.Options(null), _effects, _effects, _effects, _effects, _effects,
        _signals, new ExitStatus(), _time, NullLogger<Advertiser>.Instance);

    [Fact]
    public async Task A_loop_that_works_is_alive()
    {
        await StartAsync();

        (await _advertiser.IsAliveAsync(TestContext.Current.CancellationToken)).Should().BeTrue();
        (await _advertiser.IsAliveAsync(TestContext.Current.CancellationToken)).Should().BeTrue();
    }

    [Fact]
    public async Task A_drain_is_no_hang_until_it_takes_longer_than_its_deadline_allows()
    {
        await StartAsync();
        var drain = _advertiser.DrainAsync(null, TestContext.Current.CancellationToken);
        await _effects.ExpectAsync("close");

        (await _advertiser.IsAliveAsync(TestContext.Current.CancellationToken)).Should().BeTrue("the routers are waited for, and that has a limit");
        _time.Advance(TimeSpan.FromSeconds(10));
        (await _advertiser.IsAliveAsync(TestContext.Current.CancellationToken)).Should().BeFalse("the limit is over");
        _effects.Drain!.SetResult();
        await drain;

        (await _advertiser.IsAliveAsync(TestContext.Current.CancellationToken)).Should().BeTrue("it goes on");
    }

    [Fact]
    public async Task A_host_that_is_stopping_is_alive()
    {
        await StartAsync();
        _effects.Drain!.SetResult();
        await _advertiser.StopAsync(TestContext.Current.CancellationToken);

        (await _advertiser.IsAliveAsync(TestContext.Current.CancellationToken)).Should().BeTrue();
    }

    [Fact]
    public async Task Reloads_are_counted_and_told()
    {
        await StartAsync();
        List<object> told = [];
        _advertiser.Reconfigured += told.Add;

        await _advertiser.ReloadAsync(TestContext.Current.CancellationToken);
        told.Should().BeEmpty("it was refused");
        _effects.Next = (Status.StatusData.Options(null), []);
        await _advertiser.ReloadAsync(TestContext.Current.CancellationToken);

        told.Should().Equal(_effects.Next.Options);
        _advertiser.Status.Should().BeEquivalentTo(new { Reloads = 1, ReloadsRefused = 1 });
    }

    public void Dispose()
    {
        _effects.Drain!.TrySetResult();
        _advertiser.StopAsync(CancellationToken.None).GetAwaiter().GetResult();
        _advertiser.Dispose();
        _signals.Dispose();
    }

    private async Task StartAsync()
    {
        await _advertiser.StartAsync(TestContext.Current.CancellationToken);
        await _effects.ExpectAsync("connect");
    }
}
