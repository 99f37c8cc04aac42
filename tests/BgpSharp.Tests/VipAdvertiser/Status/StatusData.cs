using System.Net;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Tests.VipAdvertiser.Status;

/// <summary>Hosts at one moment.</summary>
internal static class StatusData
{
    public static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly PeerStatus Up = new("198.51.100.9", 179, 65001, "Established", Now.AddHours(-2), TimeSpan.FromSeconds(9), null, 1, 0) { Bfd = "Up (sending every 50 ms, detection time 150 ms)", IsBfdUp = true, BfdDowns = 2, IsBfdSlowed = true };

    public const string WhyDown = "2001:db8::9 refuses the TCP connection: the host is there, and nothing listens at that port for us. Is bgpd running there? The next try is in 12 s.";

    public static readonly PeerStatus Down = new("2001:db8::9", 1179, 4200000000, "Active", null, null, "cannot connect: Connection refused", 0, 3) { PrefixesWithheld = 1, Bfd = "Down (nothing was heard for the detection time)", IsBfdUp = false, Explanation = WhyDown };

    /// <summary>One VIP in place and announced, one whose name is unknown yet, one session of two.</summary>
    public static HostStatus Make() => new(
        Now,
        Now.AddDays(-3).AddHours(-4),
        DrainPhase.None,
        [
            new VipStatus("203.0.113.10", "203.0.113.10", "lo", true, true, true, Now.AddHours(-2), "the health check succeeds"),
            new VipStatus("vip.example", null, null, false, false, false, Now.AddMinutes(-5), "the name is not resolved yet"),
        ],
        new GateStatus(HealthVerdict.Healthy, Now.AddHours(-2), 1, "HTTP 500", [new GateChange(Now.AddHours(-2), HealthVerdict.Healthy, null)])
        {
            IsConfigured = true,
            ChecksSucceeded = 7200,
            ChecksFailed = 4,
            ConsecutiveFailures = 1,
            Target = "https://127.0.0.1:6443/readyz?exclude=etcd",
            ProbeDuration = TimeSpan.FromMilliseconds(3.25),
        },
        [Up, Down],
        Now.AddMinutes(-30),
        [])
    {
        Reloads = 2,
        ReloadsRefused = 1,
        BfdThread = new BfdThreadStatus(TimeSpan.FromMilliseconds(4.25), IsRealTime: false, SendsAhead: true),
    };

    /// <summary>A night in which much goes wrong at once, in long words.</summary>
    public static HostStatus Bad()
    {
        var status = Make();
        return status with
        {
            Vips = [status.Vips[0] with { InPlace = false, Announced = false, Reason = "its listening socket is gone" }, new VipStatus("2001:db8:1234:5678:9abc:def0:1234:5678", "2001:db8:1234:5678:9abc:def0:1234:5678", null, false, false, false, Now.AddMinutes(-2), "the health check fails")],
            Peers =
            [
                Down,
                new PeerStatus("198.51.100.10", 179, 65001, "Idle", null, null, $"notification received: Cease, Administrative Shutdown (6/2): \"{new string('x', 128)} maintenance\"", 0, 12)
                {
                    Explanation = $"198.51.100.10 does not want the session: Cease, Administrative Shutdown (6/2): \"{new string('x', 128)} maintenance\". Ask its operator. FRR: is there neighbor 2001:db8:1234:5678:9abc:def0:1234:5678 shutdown, or no such neighbor any more?",
                },
                Up with { IsBfdUp = false, Bfd = "Down (nothing was heard for the detection time)" },
            ],
            Gate = status.Gate with
            {
                Verdict = HealthVerdict.Unhealthy,
                Since = Now.AddMinutes(-2),
                ConsecutiveFailures = 120,
                LastFailure = "https://127.0.0.1:6443/readyz?exclude=etcd: HTTP 500 Internal Server Error",
                History = [.. status.Gate.History, new GateChange(Now.AddMinutes(-2), HealthVerdict.Unhealthy, "https://127.0.0.1:6443/readyz?exclude=etcd: HTTP 500 Internal Server Error")],
            },
            ReloadProblems = ["vips:0:address is 'x' (/etc/bgpsharp-vip/config.yaml, line 2); allowed: an address or a DNS name"],
        };
    }

    public static AdvertiserOptions Options(IPEndPoint? http, StatusAccess access = StatusAccess.Loopback) => new()
    {
        Vips = [],
        LocalAsn = 65000,
        RouterId = null,
        LogLevel = LogLevel.Information,
        Peers = [],
        Stop = new BgpStopOptions(),
        Gate = null,
        Http = http,
        StatusAccess = access,
        IsKubeVip = false,
        Remarks = [],
    };
}
