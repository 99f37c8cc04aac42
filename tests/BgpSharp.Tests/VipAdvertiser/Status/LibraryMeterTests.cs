using System.Diagnostics.Metrics;
using System.Net;
using BgpSharp.Tests.Session;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.Tests.VipAdvertiser.Status;

/// <summary>The library's meter, as the host sums it.</summary>
public sealed class LibraryMeterTests
{
    [Fact]
    public async Task Transitions_downs_and_messages_of_a_session_are_counted()
    {
        // Other tests' speakers use the same meter: an address of its own tells this one's peer.
        var address = IPAddress.Parse("198.51.100.211");
        using var meter = new LibraryMeter("BgpSharp");
        await using var fixture = SpeakerFixture.Create();
        var listener = fixture.Listen(address);
        fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions(address: address));
        await fixture.Speaker.StartAsync();
        await using var router = await SpeakerFixture.AcceptAsync(listener);
        await router.EstablishAsync();
        await SpeakerFixture.UntilAsync(() => meter.Read().Transitions.Contains(("198.51.100.211", "established", 1)), "the session is Established once");
        meter.Read().Messages.Should().Contain(new MessageCount("198.51.100.211", "open", "transmit", 1))
            .And.Contain(new MessageCount("198.51.100.211", "open", "receive", 1), "a second reading does not count twice");

        await router.SendNotificationAsync(new BgpNotification(BgpErrorCode.Cease, 2));
        await SpeakerFixture.UntilAsync(() => meter.Read().Downs.Contains(("198.51.100.211", "NotificationReceived:6/2", 1)), "the session ended once, by a Cease");
    }

    [Fact]
    public void A_peer_that_thinks_up_reasons_makes_a_bounded_number_of_series()
    {
        var name = $"test-{Guid.NewGuid():N}";
        using var meter = new LibraryMeter(name);
        using var source = new Meter(name);
        var downs = source.CreateCounter<long>("bgp.session.downs");

        for (var i = 0; i < 2 * LibraryMeter.MaximumSeries; i++)
        {
            downs.Add(1, new KeyValuePair<string, object?>("network.peer.address", "198.51.100.9"), new KeyValuePair<string, object?>("error.type", $"NotificationReceived:{i}"));
        }

        var counts = meter.Read().Downs;
        counts.Should().HaveCount(LibraryMeter.MaximumSeries + 1);
        counts.Should().Contain(("198.51.100.9", LibraryMeter.Other, LibraryMeter.MaximumSeries));
    }
}
