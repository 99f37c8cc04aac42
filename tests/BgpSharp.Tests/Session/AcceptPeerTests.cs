using System.Net;

namespace BgpSharp.Tests.Session;

/// <summary>Connections from addresses that are no peer, and who decides about them.</summary>
public sealed class AcceptPeerTests
{
    private static readonly IPAddress Stranger = IPAddress.Parse("198.51.100.77");

    [Fact]
    public async Task A_connection_from_an_unknown_address_becomes_a_peer_with_the_options_it_is_given()
    {
        List<IPEndPoint> asked = [];
        var handler = new RecordingHandler();
        await using var fixture = SpeakerFixture.Create(listening: true, remote =>
        {
            asked.Add(remote);
            return SpeakerFixture.PeerOptions(handler, remote.Address, BgpConnectMode.Passive);
        });
        await fixture.Speaker.StartAsync();

        await using var dialled = await fixture.DialAsync(Stranger);
        await dialled.EstablishAsync();

        (await handler.NextAsync()).Should().Be("established AS 65001");
        fixture.Speaker.Peers.Should().ContainSingle().Which.Options.Address.Should().Be(Stranger);
        asked.Should().ContainSingle("the address is a peer's from now on").Which.Address.Should().Be(Stranger);
        fixture.Network.Dials.Should().Be(1, "the peer was accepted as a passive one; the dial was the test's");
    }

    [Fact]
    public async Task A_configured_peer_is_not_asked_about()
    {
        await using var fixture = SpeakerFixture.Create(listening: true, _ => throw new InvalidOperationException("asked"));
        var peer = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions(mode: BgpConnectMode.Passive));
        await fixture.Speaker.StartAsync();

        await using var dialled = await fixture.DialAsync(SpeakerFixture.RouterAddress);
        await dialled.EstablishAsync();

        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
    }

    [Fact]
    public async Task A_refused_address_is_closed_and_the_speaker_goes_on_to_listen()
    {
        await using var fixture = SpeakerFixture.Create(listening: true, remote =>
            remote.Address.Equals(Stranger) ? null : SpeakerFixture.PeerOptions(address: remote.Address, mode: BgpConnectMode.Passive));
        await fixture.Speaker.StartAsync();

        await using var refused = await fixture.DialAsync(Stranger);
        await refused.ExpectCloseAsync();
        await using var accepted = await fixture.DialAsync(SpeakerFixture.RouterAddress);
        await accepted.EstablishAsync();

        fixture.Speaker.Peers.Should().ContainSingle("the refused address is no peer");
        fixture.Logs.Lines.Should().ContainSingle(line => line.Contains("198.51.100.77", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("throws", "no such peer")]
    [InlineData("another address", "198.51.100.78")]
    [InlineData("invalid options", "RemoteAsn is 0")]
    public async Task A_decision_that_cannot_be_used_costs_that_connection_only(string decision, string logged)
    {
        await using var fixture = SpeakerFixture.Create(listening: true, remote => (remote.Address.Equals(Stranger), decision) switch
        {
            (false, _) => SpeakerFixture.PeerOptions(address: remote.Address, mode: BgpConnectMode.Passive),
            (true, "throws") => throw new InvalidOperationException("no such peer"),
            (true, "another address") => SpeakerFixture.PeerOptions(address: IPAddress.Parse("198.51.100.78"), mode: BgpConnectMode.Passive),
            _ => new BgpPeerOptions { Address = remote.Address, RemoteAsn = 0 },
        });
        await fixture.Speaker.StartAsync();

        await using var broken = await fixture.DialAsync(Stranger);
        await broken.ExpectCloseAsync();
        await using var good = await fixture.DialAsync(SpeakerFixture.RouterAddress);
        await good.EstablishAsync();

        fixture.Logs.Lines.Should().ContainSingle(line => line.Contains(logged, StringComparison.Ordinal), "one line says why");
    }
}
