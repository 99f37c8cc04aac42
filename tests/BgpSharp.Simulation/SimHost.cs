using System.Net;
using BgpSharp.Rib;

namespace BgpSharp.Simulation;

/// <summary>A machine with one speaker: its clock, its routes, its peers. It may stop, restart, or lose power.</summary>
internal sealed class SimHost
{
    private readonly Dictionary<int, SimPeer> _peers = [];

    public SimHost(World world, int number, uint identifier, TimeSpan hold, bool bfdStrict)
    {
        (World, Number, HoldTime, BfdStrict) = (world, number, hold, bfdStrict);
        Identifier = new BgpIdentifier(identifier);
        Begin();
    }

    public World World { get; }

    public int Number { get; }

    public Asn Asn => new((uint)(65001 + Number));

    public IPAddress Address => new([198, 51, 100, (byte)(11 + Number)]);

    public BgpIdentifier Identifier { get; }

    public TimeSpan HoldTime { get; }

    /// <summary>Whether its sessions wait for BFD, where the other side's do.</summary>
    public bool BfdStrict { get; }

    public bool IsUp { get; private set; }

    /// <summary>Rises with each restart.</summary>
    public int Life { get; private set; }

    public TimeSpan PausedUntil { get; private set; }

    public TimeSpan OffUntil { get; private set; }

    /// <summary>How far this machine's clock is ahead.</summary>
    public TimeSpan ClockOffset { get; private set; }

    /// <summary>When the clock last jumped, or the machine last stood still.</summary>
    public TimeSpan DisturbedAt { get; private set; } = TimeSpan.MinValue;

    public TimeSpan Now => World.Clock.Now + ClockOffset;

    public LocalRoutes Routes { get; private set; } = null!;

    public RouteOwner Owner { get; private set; } = null!;

    /// <summary>What is announced: the MED, and a number that is another one after each edit.</summary>
    public Dictionary<IpPrefix, (uint Med, int Edit)> Announced { get; } = [];

    public IReadOnlyDictionary<int, SimPeer> Peers => _peers;

    public void AddPeer(SimHost other, bool active) => _peers[other.Number] = new SimPeer(this, other, active);

    public void Start()
    {
        IsUp = true;
        foreach (var peer in _peers.Values)
        {
            peer.Start();
        }
    }

    public void Stop()
    {
        foreach (var peer in _peers.Values)
        {
            peer.Stop();
        }
    }

    /// <summary>Does something on this machine: now, or when it no longer stands still; never in another life.</summary>
    public void Do(Action action)
    {
        var life = Life;
        World.Clock.At(PausedUntil, () =>
        {
            if (life == Life)
            {
                if (PausedUntil > World.Clock.Now)
                {
                    Do(action);
                }
                else
                {
                    action();
                }
            }
        });
    }

    public void Accept(SimHost from, SimEnd end)
    {
        if (!IsUp || !_peers.TryGetValue(from.Number, out var peer) || !peer.TryAccept(end))
        {
            end.Dispose();
        }
    }

    public void Announce(IpPrefix prefix, uint med, int edit)
    {
        Announced[prefix] = (med, edit);
        Routes.Announce(Owner, prefix, new BgpRouteAttributes { Med = med });
        Changed();
    }

    public void Withdraw(IpPrefix prefix)
    {
        Announced.Remove(prefix);
        Routes.Withdraw(Owner, prefix);
        Changed();
    }

    public void Pause(TimeSpan time)
    {
        PausedUntil = World.Clock.Now + time;
        DisturbedAt = PausedUntil;
    }

    public void JumpClock(TimeSpan by)
    {
        ClockOffset += by;
        DisturbedAt = World.Clock.Now;
        foreach (var peer in _peers.Values)
        {
            peer.Rearm();
        }
    }

    /// <summary>The process ends and another begins. The kernel closes its connections; without power nobody does.</summary>
    public void Restart(TimeSpan downFor, bool powerLost)
    {
        if (!IsUp)
        {
            return;
        }

        Life++;
        IsUp = false;
        PausedUntil = TimeSpan.Zero;
        foreach (var end in World.Network.Ends.Where(end => end.Host == this))
        {
            if (powerLost)
            {
                end.Vanish();
            }
            else
            {
                end.Dispose();
            }
        }

        var up = World.Clock.Now + downFor;
        OffUntil = powerLost ? up : TimeSpan.Zero;
        var peers = _peers.Values.ToArray();
        _peers.Clear();
        Begin();
        foreach (var (prefix, (med, _)) in Announced)
        {
            Routes.Announce(Owner, prefix, new BgpRouteAttributes { Med = med });
        }

        foreach (var peer in peers)
        {
            AddPeer(peer.Remote, peer.IsActive);
        }

        World.Clock.At(up, Start);
    }

    private void Begin()
    {
        Routes = new LocalRoutes();
        Owner = Routes.CreateOwner();
    }

    private void Changed()
    {
        foreach (var peer in _peers.Values)
        {
            if (peer.Established is { } connection)
            {
                Do(connection.Writable);
            }
        }
    }
}
