namespace BgpSharp.Tests.Session;

/// <summary>Paths that an external peer should not send, and the options that let them in.</summary>
public sealed class AsPathPolicyTests
{
    [Theory]
    [InlineData(AsPathSegmentType.Set, false, false, "-")]
    [InlineData(AsPathSegmentType.Set, true, false, "+")]
    [InlineData(AsPathSegmentType.ConfedSequence, false, false, "-")]
    [InlineData(AsPathSegmentType.ConfedSequence, false, true, "+")]
    [InlineData(AsPathSegmentType.ConfedSet, true, false, "-")]
    [InlineData(AsPathSegmentType.ConfedSet, true, true, "+")]
    public async Task Routes_with_such_a_path_are_withdrawn_unless_an_option_accepts_them(
        AsPathSegmentType type, bool acceptAsSets, bool acceptConfederationSegments, string expected)
    {
        await using var fixture = SpeakerFixture.Create();
        var handler = new RecordingHandler();
        var listener = fixture.Listen();
        var peer = fixture.Speaker.AddPeer(new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            RemoteAsn = SpeakerFixture.RemoteAsn,
            ConnectMode = BgpConnectMode.Active,
            Handler = handler,
            AcceptAsSets = acceptAsSets,
            AcceptConfederationSegments = acceptConfederationSegments,
        });
        await fixture.Speaker.StartAsync();
        await using var router = await SpeakerFixture.AcceptAsync(listener);
        await router.EstablishAsync();
        await handler.NextAsync();

        await router.SendUpdateAsync(Attributes(type), SpeakerFixture.Vip);

        (await handler.NextAsync()).Should().Be(expected == "+" ? $"update +{SpeakerFixture.Vip} -" : $"update + -{SpeakerFixture.Vip}");
        peer.State.Should().Be(BgpSessionState.Established);
    }

    private static BgpRouteAttributes Attributes(AsPathSegmentType type) => new()
    {
        AsPath = AsPath.FromSegments(new AsPathSegment(AsPathSegmentType.Sequence, SpeakerFixture.RemoteAsn), new AsPathSegment(type, 65010)),
        NextHop = SpeakerFixture.RouterAddress,
    };
}
