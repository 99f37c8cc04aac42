using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.Tests.VipAdvertiser.Status;

/// <summary>What an operator reads at a terminal and in the log.</summary>
public sealed class StatusTextTests
{
    [Fact]
    public void Everything_about_the_host_is_on_one_screen()
    {
        StatusText.Make(StatusData.Make()).Should().Be(
            """
            Up 3d4h, ready, not drained, configuration read 30m0s ago
            Health check: healthy for 2h0m, 7200 succeeded, 4 failed, 1 failed in a row
              last failure: HTTP 500
              2026-07-01T10:00:00Z healthy

            VIP           ADDRESS       INTERFACE        ADDRESS IS  ROUTE IS   FOR   BECAUSE
            203.0.113.10  203.0.113.10  lo               in place    announced  2h0m  the health check succeeds
            vip.example   -             default route's  off         withdrawn  5m0s  the name is not resolved yet

            PEER                AS          STATE        FOR   HOLD  BFD   ROUTES  WITHHELD  LOST  LAST DOWN
            198.51.100.9:179    65001       Established  2h0m  9s    SLOW  1       0         0     -
            [2001:db8::9]:1179  4200000000  Active       -     -     DOWN  0       1         3     cannot connect: Connection refused
            [2001:db8::9]:1179: 2001:db8::9 refuses the TCP connection: the host is there, and nothing listens at that port for us. Is bgpd running there? The next try is in 12 s.

            BFD was late by 4.3 ms at most, WITHOUT real-time priority, packets sent ahead

            """);
    }

    [Fact]
    public void What_is_wrong_stands_at_the_top()
    {
        var status = StatusData.Make();
        status = status with
        {
            Peers = [StatusData.Down],
            Drain = DrainPhase.Draining,
            Vips = [status.Vips[0] with { InPlace = false, Announced = false }],
            ReloadProblems = ["vip is 'x' (/etc/x.json): it has to be an address"],
            Gate = status.Gate with { Verdict = HealthVerdict.Unhealthy, FailStatic = true, History = [] },
        };

        var lines = StatusText.Make(status).Split('\n');

        lines[..6].Should().Equal(
            "Up 3d4h, NOT READY, DRAINING, configuration read 30m0s ago",
            "  not ready: no session is Established: drained",
            "  not ready: 203.0.113.10 is not on lo",
            "  last reload refused: vip is 'x' (/etc/x.json): it has to be an address",
            "Health check: UNHEALTHY for 2h0m, 7200 succeeded, 4 failed, 1 failed in a row, HELD BY FAIL-STATIC",
            "  last failure: HTTP 500");
        lines.Should().Contain(line => line.Contains("MISSING", StringComparison.Ordinal) && line.Contains("WITHDRAWN", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_health_check_it_says_so()
    {
        var status = StatusData.Make();

        StatusText.Make(status with { Gate = status.Gate with { IsConfigured = false } }).Should().Contain("Health check: none is configured\n");
    }

    [Fact]
    public void What_a_peer_says_cannot_drive_the_terminal()
    {
        var hostile = StatusData.Down with { LastDown = "notification received: \u001b[2J\r\nAll is well\u202e", Explanation = "It said: \u001b[2J\u202e" };

        var text = StatusText.Make(StatusData.Make() with { Peers = [hostile] });

        text.Should().Contain("notification received: ?[2J??All is well?\n").And.Contain(": It said: ?[2J?\n");
        text.Where(char.IsControl).Should().OnlyContain(c => c == '\n');
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(59, "59s")]
    [InlineData(61, "1m1s")]
    [InlineData(3600 * 25, "1d1h")]
    [InlineData(-5, "0s")]
    public void An_age_has_its_two_largest_units(int seconds, string expected) =>
        StatusText.Age(TimeSpan.FromSeconds(seconds)).Should().Be(expected);
}
