using System.Net;
using BgpSharp.Tests.Wire;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

public sealed class BadInputTests
{
    private static readonly IPAddress Good = IPAddress.Parse("198.51.100.10");

    private static readonly Dictionary<string, (byte[] Bytes, string Expected, string Data)> Cases = new()
    {
        ["garbage"] = (TestMessages.Raw(0x4745, 0x54, 0x47), "1/1", ""),
        ["a wrong marker"] = (TestMessages.Raw(19, 4, 0xFE), "1/1", ""),
        ["a length of 18"] = (TestMessages.Raw(18, 4), "1/2", "0012"),
        ["a length of 65535"] = (TestMessages.Raw(65535, 2), "1/2", "FFFF"),
        ["an unknown type"] = (TestMessages.Raw(19, 77), "1/3", "4D"),
        ["an OPEN with a wrong AS"] = (Open(asn: 65009), "2/2", ""),
        ["an OPEN of version 3"] = (Open(version: 3), "2/1", "0004"),
        ["an OPEN with a hold time of 1"] = (Open(holdTime: 1), "2/6", ""),
        ["an OPEN with router id 0"] = (Open(identifier: 0), "2/3", ""),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_peer_that_sends_this_is_told_and_the_others_go_on(string name)
    {
        var (bytes, expected, data) = Cases[name];
        await using var fixture = SpeakerFixture.Create();
        var bad = fixture.Listen();
        var good = fixture.Listen(Good);
        var badPeer = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions());
        var goodPeer = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions(address: Good));
        await fixture.Speaker.StartAsync();
        await using var goodRouter = await SpeakerFixture.AcceptAsync(good);
        await goodRouter.EstablishAsync();
        await SpeakerFixture.WithinPatience(token => goodPeer.WaitForEstablishedAsync(token));

        await using var badRouter = await SpeakerFixture.AcceptAsync(bad);
        await badRouter.ExpectAsync(MessageType.Open);
        await badRouter.SendAsync(bytes);
        var notification = await badRouter.ExpectNotificationAsync();
        await badRouter.ExpectCloseAsync();

        $"{(byte)notification.Code}/{notification.Subcode}".Should().Be(expected, $"that is what RFC 4271 §6 says of {name}");
        Convert.ToHexString(notification.Data.Span).Should().Be(data);
        goodPeer.State.Should().Be(BgpSessionState.Established, "the other session has nothing to do with it");
        await SpeakerFixture.WaitForAsync(badPeer, status => status.LastDown is not null);
        fixture.Logs.Lines.Count(line => line.Contains($"({expected})", StringComparison.Ordinal))
            .Should().Be(1, "one line says what happened");
    }

    [Fact]
    public async Task Malformed_UPDATEs_cost_a_line_every_ten_seconds_and_are_counted()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync();
        await SendAsync(100);
        await SpeakerFixture.UntilAsync(() => fixture.Logs.Lines.Any(IsAboutThem), "the first one is worth a line");
        fixture.Logs.Lines.Where(IsAboutThem).Should().ContainSingle().Which.Should().Contain("(1 malformed so far)");

        await fixture.AdvanceAsync(TimeSpan.FromSeconds(10));
        await SendAsync(1);

        await SpeakerFixture.UntilAsync(() => fixture.Logs.Lines.Count(IsAboutThem) == 2, "the time is over");
        fixture.Logs.Lines.Where(IsAboutThem).Should().Contain(line => line.Contains("(101 malformed so far)", StringComparison.Ordinal));
        peer.State.Should().Be(BgpSessionState.Established, "RFC 7606 has them treated as withdrawals");

        async Task SendAsync(int count)
        {
            var expected = peer.GetStatistics().UpdatesReceived + count;
            for (var i = 0; i < count; i++)
            {
                // An ORIGIN of 3, with a prefix.
                await router.SendAsync(Hex.Message(2, Hex.Bytes("0000 0014  40 01 01 03  40 02 06 02 01 0000FDE9  40 03 04 C6336409  20 CB00710A")));
            }

            await SpeakerFixture.UntilAsync(() => peer.GetStatistics().UpdatesReceived == expected, "they are all read");
            await SpeakerFixture.Settle();
        }

        static bool IsAboutThem(string line) => line.Contains("malformed UPDATE", StringComparison.Ordinal);
    }

    private static byte[] Open(byte version = 4, ushort asn = 65001, ushort holdTime = 90, uint? identifier = null) => TestMessages.Open(new OpenMessage
    {
        Version = version,
        MyAutonomousSystem = asn,
        HoldTime = holdTime,
        Identifier = identifier is { } value ? new BgpIdentifier(value) : SpeakerFixture.RemoteIdentifier,
    });
}
