using System.Collections.Concurrent;
using System.Net;
using BgpSharp.Bfd;
using BgpSharp.Tests.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.Samples;

/// <summary>The code of the guide, which shows pieces of this file as they stand here.</summary>
public sealed class GuideTests : ConfigurationReading
{
    private static readonly IPEndPoint RouterEndPoint = IPEndPoint.Parse("198.51.100.9:179");
    private static readonly BgpSpeakerOptions Options = new() { LocalAsn = 65000, RouterId = BgpIdentifier.Parse("198.51.100.11") };

    [Fact]
    public async Task A_handler_knows_what_the_router_announces_now()
    {
        var reachable = new Reachable();
        await using var lab = await GuideLab.StartAsync(reachable);
        var attributes = new BgpRouteAttributes { AsPath = new AsPath(65001), NextHop = RouterEndPoint.Address };

        await lab.Router.SendUpdateAsync(attributes, IpPrefix.Parse("203.0.113.0/24"));
        await lab.UntilAsync(() => reachable.Routes.ContainsKey(IpPrefix.Parse("203.0.113.0/24")));
        await lab.Router.DisposeAsync();

        await lab.UntilAsync(() => reachable.Routes.IsEmpty);
    }

    [Fact]
    public async Task Whoever_watches_a_peer_is_told_that_it_is_Established()
    {
        await using var lab = await GuideLab.StartAsync(null);
        var output = new StringWriter();

        await WatchAsync(lab.Peer, output, TestContext.Current.CancellationToken);

        output.ToString().Should().EndWith($"{nameof(BgpSessionState.Established)}\n");
    }

    [Fact]
    public async Task An_agent_announces_its_jobs_and_drains()
    {
        await using var lab = await GuideLab.StartAsync(null);
        using var jobs = new JobRoutes(lab.Speaker);

        jobs.Started(IpPrefix.Parse("203.0.113.10/32"));
        (await lab.Router.ExpectUpdateAsync()).Announced.Should().ContainSingle().Which.Attributes.Communities.Should().Equal(Community.Parse("65000:100"));
        jobs.Are([IpPrefix.Parse("203.0.113.11/32")]);
        (await lab.Router.ExpectUpdateAsync()).Withdrawn.Should().ContainSingle(path => path.Prefix == IpPrefix.Parse("203.0.113.10/32"));
        (await lab.Router.ExpectUpdateAsync()).Announced.Should().ContainSingle(route => route.Prefix == IpPrefix.Parse("203.0.113.11/32"));
        var stopped = StopAsync(lab.Speaker);

        (await lab.Router.ExpectUpdateAsync()).Announced.Should().ContainSingle().Which.Attributes.Communities.Should().Contain(Community.GracefulShutdown);
        await lab.PassAsync(TimeSpan.FromSeconds(2));
        (await lab.Router.ExpectUpdateAsync()).Withdrawn.Should().ContainSingle();
        await lab.PassAsync(new BgpStopOptions().Linger);
        (await lab.Router.ExpectNotificationAsync()).ShutdownCommunication.Should().Be("node drain");
        await lab.Router.DisposeAsync();
        await stopped.WaitAsync(ScriptedPeer.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void The_options_of_security_and_tuning_are_valid()
    {
        SetVariable("PEER_PASSWORD", "a password");

        Secure().FindProblems(Options).Should().BeEmpty();
        Fast().FindProblems(Options).Should().BeEmpty();
    }

    [Theory]
    [InlineData("security.md")]
    [InlineData("tuning.md")]
    public void The_settings_of_the_host_are_valid(string page)
    {
        var yaml = File.ReadAllText(Path.Combine(DocumentationTests.Repository, "samples/guide", page)).Split("```yaml\n")[1].Split("```")[0]
            .Replace("/etc/bgpsharp-vip/peer.password", "/etc/hostname", StringComparison.Ordinal);

        var (options, problems) = ReadYaml(yaml.Contains("vip:", StringComparison.Ordinal) ? yaml : $"vip: 203.0.113.10\nlocalAs: 65000\n{yaml}");

        problems.Should().BeEmpty();
        options!.Peers.Should().ContainSingle();
    }

    private static async Task WatchAsync(BgpPeer peer, TextWriter output, CancellationToken cancellationToken)
    {
        await foreach (var status in peer.WatchAsync(cancellationToken))
        {
            output.WriteLine(status); // The state, and why the last session ended or the last attempt failed.
            if (status.State == BgpSessionState.Established)
            {
                break;
            }
        }
    }

    private static async Task StopAsync(BgpSpeaker speaker)
    {
        await speaker.StopAsync(new BgpStopOptions
        {
            Mode = BgpStopMode.Drain,
            DrainTime = TimeSpan.FromSeconds(2),
            Message = "node drain", // What the router's operator reads beside the closed session.
        });
    }

    private static BgpPeerOptions Secure()
    {
        var peer = new BgpPeerOptions
        {
            Address = IPAddress.Parse("198.51.100.9"),
            RemoteAsn = 65001,
            Password = BgpSecret.FromEnvironmentVariable("PEER_PASSWORD"),
            TtlSecurityHops = 1,
            PrefixLimits = [new BgpPrefixLimit { Family = BgpFamily.Ipv4Unicast, Maximum = 1000 }],
        };
        return peer;
    }

    private static BgpPeerOptions Fast()
    {
        var peer = new BgpPeerOptions
        {
            Address = IPAddress.Parse("198.51.100.9"),
            RemoteAsn = 65001,
            HoldTime = TimeSpan.FromSeconds(6),
            Bfd = new BfdOptions { TransmitInterval = TimeSpan.FromMilliseconds(50), ReceiveInterval = TimeSpan.FromMilliseconds(50), DetectMultiplier = 3 },
        };
        return peer;
    }

    /// <summary>The prefixes that one router announces now.</summary>
    internal sealed class Reachable : BgpPeerHandler
    {
        public ConcurrentDictionary<IpPrefix, BgpRoute> Routes { get; } = new();

        public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView update, CancellationToken cancellationToken)
        {
            var kept = update.ToUpdate(); // The view lies in the receive buffer and ends with this call; the object does not.
            foreach (var path in kept.Withdrawn)
            {
                Routes.TryRemove(path.Prefix, out _);
            }

            foreach (var route in kept.Announced)
            {
                Routes[route.Prefix] = route;
            }

            return ValueTask.CompletedTask;
        }

        public override ValueTask OnDownAsync(BgpSession session, BgpDownReason reason)
        {
            Routes.Clear();
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>The prefixes of the jobs of this machine.</summary>
    internal sealed class JobRoutes(BgpSpeaker speaker) : IDisposable
    {
        private static readonly BgpRouteAttributes Attributes = new() { Communities = [Community.Parse("65000:100")] };

        private readonly BgpRouteSet _routes = speaker.CreateRouteSet();

        public void Started(IpPrefix prefix) => _routes.Announce(new BgpRoute(prefix, Attributes));

        public void Ended(IpPrefix prefix) => _routes.Withdraw(prefix);

        /// <summary>After a restart of the agent: exactly these run.</summary>
        public void Are(IEnumerable<IpPrefix> prefixes) => _routes.Replace(prefixes.Select(prefix => new BgpRoute(prefix, Attributes)));

        public void Dispose() => _routes.Dispose(); // Withdraws what is left.
    }
}
