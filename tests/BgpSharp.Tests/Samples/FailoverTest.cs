using System.Collections.Concurrent;
using System.Net;
using BgpSharp;
using BgpSharp.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MyAgent.Tests;

public class FailoverTest
{
    [Fact]
    public async Task Routes_of_a_router_that_falls_silent_are_gone_after_the_hold_time()
    {
        var time = new FakeTimeProvider();
        var network = new MemoryTransport();
        var agent = new Agent();
        await using var listener = network.Listen(IPEndPoint.Parse("198.51.100.9:179"));
        using var speaker = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = 65000, RouterId = BgpIdentifier.Parse("198.51.100.11"), Transport = network, TimeProvider = time });
        speaker.AddPeer(new BgpPeerOptions { Address = IPAddress.Parse("198.51.100.9"), RemoteAsn = 65001, HoldTime = TimeSpan.FromSeconds(9), Handler = agent });
        await speaker.StartAsync(TestContext.Current.CancellationToken);
        using var patience = new CancellationTokenSource(ScriptedPeer.Patience);

        // The router: it opens the session, announces a route, and is never heard of again.
        await using var router = new ScriptedPeer(await listener.AcceptAsync(patience.Token), 65001, BgpIdentifier.Parse("198.51.100.9"));
        await router.EstablishAsync();
        var attributes = new BgpRouteAttributes { AsPath = new AsPath(65001), NextHop = IPAddress.Parse("198.51.100.9") };
        await router.SendUpdateAsync(attributes, IpPrefix.Parse("203.0.113.0/24"));
        await agent.Learned.Task.WaitAsync(patience.Token);
        Assert.Contains(IpPrefix.Parse("203.0.113.0/24"), agent.Routes);

        // Nine seconds that take a few milliseconds.
        while (!agent.Lost.Task.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(BgpDownKind.HoldTimerExpired, await agent.Lost.Task);
        Assert.Empty(agent.Routes);
    }

    /// <summary>The code under test: it keeps the prefixes that can be reached.</summary>
    private sealed class Agent : BgpPeerHandler
    {
        private readonly ConcurrentDictionary<IpPrefix, BgpRoute> _routes = new();

        public IEnumerable<IpPrefix> Routes => _routes.Keys;

        public TaskCompletionSource Learned { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<BgpDownKind> Lost { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView update, CancellationToken cancellationToken)
        {
            foreach (var route in update.ToUpdate().Announced)
            {
                _routes[route.Prefix] = route;
            }

            Learned.TrySetResult();
            return ValueTask.CompletedTask;
        }

        public override ValueTask OnDownAsync(BgpSession session, BgpDownReason reason)
        {
            _routes.Clear();
            Lost.TrySetResult(reason.Kind);
            return ValueTask.CompletedTask;
        }
    }
}
