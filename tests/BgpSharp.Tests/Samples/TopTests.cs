using BgpSharp.Cli;
using BgpSharp.Cli.Top;
using BgpSharp.Tests.Architecture;
using BgpSharp.Tests.Session;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace BgpSharp.Tests.Samples;

/// <summary>The parts of bgpsharp top: peers, rows with their rates, table and lines.</summary>
public sealed class TopTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly PeerRow Up = new()
    {
        Peer = "198.51.100.9",
        Asn = 65001,
        State = "Established",
        Up = new TimeSpan(1, 2, 3, 4),
        HoldTime = TimeSpan.FromSeconds(9),
        ReceivedPerSecond = 12.34,
        SentPerSecond = 0.33,
        PrefixesReceived = 1045000,
        PrefixesAdvertised = 1,
        LastError = null,
    };

    private static readonly PeerRow Down = Up with
    {
        Peer = "[2001:db8::9]:1179",
        Asn = 4200000000,
        State = "Active",
        Up = null,
        HoldTime = null,
        ReceivedPerSecond = 0,
        SentPerSecond = 0,
        PrefixesReceived = 0,
        PrefixesAdvertised = 0,
        LastError = "notification received: Cease [red]",
    };

    [Theory]
    [InlineData("198.51.100.9,65001", "198.51.100.9:179", 65001u)]
    [InlineData("198.51.100.9:1179,1.10", "198.51.100.9:1179", 65546u)]
    [InlineData("[2001:db8::9]:1179,65001", "[2001:db8::9]:1179", 65001u)]
    [InlineData("2001:db8::9,65001", "[2001:db8::9]:179", 65001u)]
    public void A_peer_is_an_address_and_an_AS(string text, string endPoint, uint asn)
    {
        NamedPeer.TryParse(text, out var peer).Should().BeTrue();

        peer.EndPoint.ToString().Should().Be(endPoint);
        peer.Asn.Value.Should().Be(asn);
    }

    [Theory]
    [InlineData("198.51.100.9")]
    [InlineData("198.51.100.9,")]
    [InlineData("198.51.100.9,0")]
    [InlineData(",65001")]
    [InlineData("198.51.100.9,65001,65002")]
    public void Everything_else_is_no_peer(string text) => NamedPeer.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void The_table_has_a_line_a_peer_and_the_last_errors_below_it() =>
        Render(120, Now, Up, Down).Should().Be(
            """
            03:04:05  1 of 2 Established  (Ctrl+C ends)

            PEER               AS         STATE               UP HOLD IN/S OUT/S  PFX IN PFX OUT
            198.51.100.9       65001      Established 1d02:03:04   9s 12.3   0.3 1045000       1
            [2001:db8::9]:1179 4200000000 Active               -    -  0.0   0.0       0       0

            [2001:db8::9]:1179 last down: notification received: Cease [red]

            """);

    [Fact]
    public void The_README_shows_both_as_they_are()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var now = new DateTimeOffset(2026, 11, 28, 5, 57, 39, TimeSpan.Zero);
        var up = Up with { Up = TimeSpan.FromSeconds(7), HoldTime = TimeSpan.FromSeconds(90), ReceivedPerSecond = 0, SentPerSecond = 0, PrefixesReceived = 1 };
        var down = Down with { Peer = "198.51.100.8", Asn = 65001, State = "Connect", LastError = "cannot connect: No route to host" };

        readme.Should().Contain($"--local-as 65000\n{Render(120, now, up, down)}$ ");
        readme.Should().Contain(TopView.Line(up with { Up = TimeSpan.FromSeconds(1), ReceivedPerSecond = 1 }, now.AddSeconds(-20)));
    }

    [Fact]
    public void A_line_says_what_each_value_is() =>
        TopView.Line(Up, Now).Should().Be("03:04:05 198.51.100.9 AS 65001 Established up 1d02:03:04 hold 9s msg/s in 12.3 out 0.3 prefixes in 1045000 out 1 last down: -");

    [Fact]
    public async Task Rates_are_those_since_the_row_before()
    {
        await using var fixture = SpeakerFixture.Create();
        var peer = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions());
        var time = new FakeTimeProvider();
        var sampler = new PeerSampler(time);
        PeerRow Take(long received, long sent) => sampler.Take(peer.Options, peer.Status, new BgpPeerStatistics { MessagesReceived = received, MessagesSent = sent, PrefixesHeld = 7, PrefixesAdvertised = 3 });

        Take(0, 0).ReceivedPerSecond.Should().Be(0, "no time has passed");
        time.Advance(TimeSpan.FromSeconds(2));
        var row = Take(5, 1);
        (row.ReceivedPerSecond, row.SentPerSecond).Should().Be((2.5, 0.5));
        time.Advance(TimeSpan.FromSeconds(1));
        row = Take(5, 1);
        (row.ReceivedPerSecond, row.SentPerSecond, row.PrefixesReceived, row.PrefixesAdvertised).Should().Be((0.0, 0.0, 7L, 3L));
        (row.Peer, row.State, row.Up, row.HoldTime, row.LastError).Should().Be(($"{SpeakerFixture.RouterAddress}", "Idle", null, null, null));
    }

    private static string Render(int width, DateTimeOffset now, params IReadOnlyList<PeerRow> rows)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        console.Write(TopView.Table(rows, now));
        return string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd()));
    }
}
