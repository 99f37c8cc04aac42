using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.Tests.VipAdvertiser.Network;

public sealed class NetlinkEventsTests : IDisposable
{
    private readonly NetworkNamespace _namespace = new();

    [Fact]
    public async Task Events_that_were_lost_may_have_been_any()
    {
        using var events = new NetlinkEvents { ReceiveBufferSize = 1 };
        Watch(events, AddressInterest.None);
        for (int i = 1; i <= 64; i++)
        {
            _namespace.Ip("addr", "add", $"203.0.113.{i}/32", "dev", "lo");
        }

        // None of these events is of interest: only the overflow completes it.
        await WaitAsync(events);
    }

    [Fact]
    public async Task After_an_overflow_events_are_heard_again()
    {
        using var events = new NetlinkEvents { ReceiveBufferSize = 1 };
        Watch(events, AddressInterest.None);
        for (int i = 1; i <= 64; i++)
        {
            _namespace.Ip("addr", "add", $"203.0.113.{i}/32", "dev", "lo");
        }

        await WaitAsync(events);
        Watch(events, AddressInterest.None with { LinkNames = new HashSet<string> { "vip0" } });
        var wait = WaitAsync(events);
        _namespace.AddLink("vip0");

        await wait;
    }

    [Fact]
    public async Task Routes_are_heard_from_when_they_are_of_interest()
    {
        using var events = new NetlinkEvents();
        Watch(events, AddressInterest.None);
        Watch(events, AddressInterest.None with { DefaultRoute = true });
        var wait = WaitAsync(events);

        _namespace.Ip("-6", "route", "add", "default", "dev", "lo");

        await wait;
    }

    [Fact]
    public async Task A_wait_can_be_given_up()
    {
        using var events = new NetlinkEvents();
        Watch(events, AddressInterest.None);
        using var given = new CancellationTokenSource();
        var wait = events.WaitAsync(given.Token).AsTask();

        await given.CancelAsync();

        await wait.Awaiting(w => w).Should().ThrowAsync<OperationCanceledException>();
    }

    public void Dispose() => _namespace.Dispose();

    private void Watch(NetlinkEvents events, AddressInterest interest) => _namespace.Run(() =>
    {
        events.Watch(interest);
        return true;
    });

    private static Task WaitAsync(NetlinkEvents events) =>
        events.WaitAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
}
