using System.Threading.Channels;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>Graceful restart with FRR as the one that restarts, and us as the one that keeps its routes (RFC 4724 §4.2).</summary>
public sealed class RestartingRouterTests
{
    private const string Configured = "203.0.113.40/32";
    private const string Forgotten = "203.0.113.41/32";

    [Fact]
    public async Task The_routes_of_a_killed_FRR_stay_until_it_is_back_and_then_those_it_still_has()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var options = FrrOptions.Router(masters: 1);
        var router = await lab.StartRouterAsync(options with
        {
            Networks = [Configured],
            BgpLines = [.. options.BgpLines, "bgp graceful-restart", "bgp graceful-restart preserve-fw-state"],
        });

        // Not in the file that FRR reads when it starts again.
        await router.AnnounceAsync(Forgotten);
        var handler = new TableHandler();
        await using var speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = 65000,
            RouterId = BgpIdentifier.Parse($"{LabTopology.MasterAddress(1)}"),
            Transport = new NamespaceTransport(lab.MasterNs(1)),
        });
        var peer = speaker.AddPeer(new BgpPeerOptions
        {
            Address = LabTopology.RouterAddress,
            RemoteAsn = 65001,
            GracefulRestart = new BgpGracefulRestartOptions(),
            Handler = handler,
        });
        await speaker.StartAsync(TestContext.Current.CancellationToken);
        await handler.WaitAsync("End-of-RIB");
        handler.Table.Should().BeEquivalentTo([Configured, Forgotten]);

        await router.Bgpd.KillAsync();

        (await handler.WaitAsync("down")).Should().Be("down: ipv4-unicast kept", "it closed its connection without a NOTIFICATION");
        handler.Table.Should().BeEquivalentTo([Configured, Forgotten], "both stay while it is away");

        await router.RestartBgpdAsync();

        await handler.WaitAsync("End-of-RIB");
        (await handler.WaitAsync("gone")).Should().Be($"gone: {Forgotten}", "it did not come again");
        handler.Table.Should().BeEquivalentTo([Configured]);
        peer.GetStatistics().SessionsEstablished.Should().Be(2);

        await router.VtyshAsync($"clear bgp {LabTopology.MasterAddress(1)}");

        (await handler.WaitAsync("down")).Should().Be("down: ", "without the N bit a NOTIFICATION ends it for good");
    }

    /// <summary>Holds what a user of the library would hold of the peer's routes.</summary>
    private sealed class TableHandler : BgpPeerHandler
    {
        private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
        private readonly HashSet<IpPrefix> _table = [];

        public IEnumerable<string> Table => _table.Select(prefix => $"{prefix}");

        /// <summary>Waits for the next event that begins so; others in between are skipped.</summary>
        public async Task<string> WaitAsync(string beginning)
        {
            using var limit = new Deadline();
            while (true)
            {
                var next = await _events.Reader.ReadAsync(limit.Token);
                if (next.StartsWith(beginning, StringComparison.Ordinal))
                {
                    return next;
                }
            }
        }

        public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView update, CancellationToken cancellationToken)
        {
            foreach (var prefix in update.WithdrawnPrefixes)
            {
                _table.Remove(prefix);
            }

            foreach (var prefix in update.AnnouncedPrefixes)
            {
                _table.Add(prefix);
            }

            if (update.IsEndOfRib(out var family))
            {
                _events.Writer.TryWrite($"End-of-RIB {family}");
            }

            return ValueTask.CompletedTask;
        }

        public override ValueTask OnStaleRoutesGoneAsync(IReadOnlyList<IpPrefix> prefixes, CancellationToken cancellationToken)
        {
            _table.ExceptWith(prefixes);
            _events.Writer.TryWrite($"gone: {string.Join(' ', prefixes)}");
            return ValueTask.CompletedTask;
        }

        public override ValueTask OnDownAsync(BgpSession session, BgpDownReason reason)
        {
            if (reason.FamiliesKept.Count == 0)
            {
                _table.Clear();
            }

            _events.Writer.TryWrite($"down: {string.Concat(reason.FamiliesKept.Select(family => $"{family} kept"))}");
            return ValueTask.CompletedTask;
        }
    }
}
