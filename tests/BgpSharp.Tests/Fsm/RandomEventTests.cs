using BgpSharp.Fsm;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Fsm;

/// <summary>Seeded random events, sensible and absurd ones mixed, against what a driver relies on at every step.</summary>
public sealed class RandomEventTests
{
    private const int Steps = 200;

    private static readonly string[] Identifiers = ["198.51.100.9", "198.51.100.99", "0.0.0.0"];

    [Theory]
    [InlineData(true, true, 90, 0)]
    [InlineData(true, false, 9, 0)]
    [InlineData(false, true, 3, 0)]
    [InlineData(true, true, 0, 0)]
    [InlineData(true, true, 90, 2)]
    public void Whatever_happens_the_driver_can_rely_on_the_rules(bool active, bool passive, double hold, double delayOpen)
    {
        var ups = 0;
        var collisions = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var peer = new FsmPeer(FsmPeer.Configure(active, passive, hold, delayOpen: delayOpen));
            var rules = new DriverRules(peer, seed);
            for (var step = 0; step < Steps; step++)
            {
                peer.Now += random.Next(4) == 0 ? random.NextDouble() * 40 : random.NextDouble() / 10;
                peer.Jitter = random.NextDouble();
                rules.ExpireDueTimers();
                rules.Do(Choose(random, rules));
            }

            ups += rules.SessionsSeen;
            collisions += rules.CollisionsSeen;
            rules.Do(new FsmEvent(FsmEventKind.ManualStop, default));
            rules.Open.Should().BeEmpty("seed {0}: a stop leaves no connection open", seed);
        }

        ups.Should().BeGreaterThan(60, "a run that never gets a session up proves nothing");
        (collisions > 20).Should().Be(passive, "connections collide when, and only when, the peer can dial us too");
    }

    private static FsmEvent Choose(Random random, DriverRules rules)
    {
        if (random.Next(8) == 0)
        {
            return Absurd(random, rules);
        }

        var candidates = new List<FsmEvent> { new(FsmEventKind.ManualStart, default) };
        if (random.Next(3) == 0)
        {
            candidates.Add(new FsmEvent(FsmEventKind.TcpConnectionConfirmed, default) { Connection = rules.NextInbound() });
        }

        if (random.Next(40) == 0)
        {
            candidates.Add(new FsmEvent(random.Next(2) == 0 ? FsmEventKind.ManualStop : FsmEventKind.AutomaticStop, default)
            {
                Notification = new BgpNotification(BgpErrorCode.Cease, 2),
                IdleHold = random.Next(3) switch { 0 => TimeSpan.FromSeconds(50), 1 => TimeSpan.MaxValue, _ => null },
            });
        }

        foreach (var dial in rules.Dials)
        {
            candidates.Add(About(dial, random.Next(3) == 0 ? FsmEventKind.TcpConnectionFails : FsmEventKind.TcpConnectionRequestAcked));
        }

        foreach (var connection in rules.Open)
        {
            candidates.Add(About(connection, FsmEventKind.KeepaliveMessage));
            candidates.Add(About(connection, FsmEventKind.BgpOpen) with
            {
                Open = FsmPeer.PeersOpen(Identifiers[random.Next(20) == 0 ? 2 : random.Next(2)], (ushort)random.Next(3, 100)),
            });
        }

        return candidates[random.Next(candidates.Count)];
    }

    /// <summary>Any event about any connection there is, was or never has been.</summary>
    private static FsmEvent Absurd(Random random, DriverRules rules)
    {
        var known = rules.Known.Append(0).Append(int.MaxValue).ToArray();
        var kind = (FsmEventKind)random.Next(1, 29);
        return new FsmEvent(kind, default)
        {
            Connection = kind == FsmEventKind.TcpConnectionConfirmed ? rules.NextInbound() : known[random.Next(known.Length)],
            Open = random.Next(2) == 0 ? FsmPeer.PeersOpen() : null,
            Error = new WireError((BgpErrorCode)random.Next(1, 4), (byte)random.Next(12)),
            Notification = random.Next(2) == 0 ? new BgpNotification((BgpErrorCode)random.Next(1, 7), (byte)random.Next(11)) : null,
        };
    }

    private static FsmEvent About(int connection, FsmEventKind kind) => new(kind, default) { Connection = connection };
}
