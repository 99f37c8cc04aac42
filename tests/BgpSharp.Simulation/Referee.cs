using BgpSharp.Wire;

namespace BgpSharp.Simulation;

/// <summary>What must hold whatever the network does.</summary>
internal static class Referee
{
    // A timer may be late, and a stamp old by the tick timers are rounded to.
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(2);

    public static void CheckNoOtherSession(SimPeer peer, SimConnection connection) =>
        Require(peer.Established is null || peer.Established == connection, $"{Name(peer)} has two Established connections");

    /// <summary>What both sides wanted to wait for is there.</summary>
    public static void CheckBfd(SimPeer peer, Fsm.NegotiatedSession negotiated)
    {
        var bothWant = peer.Host.BfdStrict && peer.Remote.BfdStrict;
        Require(negotiated.BfdStrict == bothWant, $"{Name(peer)}: strict is {negotiated.BfdStrict}, where {peer.Host.BfdStrict} and {peer.Remote.BfdStrict} were sent");
        Require(!bothWant || peer.IsBfdUp, $"{Name(peer)} is Established before BFD is Up, and both are strict");
    }

    /// <summary>Nobody waits for BFD for longer than the hold time.</summary>
    public static void CheckWait(SimHost host)
    {
        var now = host.World.Clock.Now;
        if (now < host.PausedUntil || now < host.DisturbedAt + Lateness)
        {
            return;
        }

        foreach (var peer in host.Peers.Values)
        {
            foreach (var waiting in (ReadOnlySpan<Fsm.ConnectionState?>)[peer.State.Outbound, peer.State.Inbound])
            {
                if (waiting is { IsAwaitingBfd: true } && peer.Connections.TryGetValue(waiting.Id, out var connection) && !connection.HasUnread)
                {
                    var silent = host.Now - connection.LastReceived;
                    Require(silent <= waiting.Negotiated!.HoldTime + Lateness, $"{Name(peer)} has waited for BFD for {silent.TotalSeconds:0.0} s");
                }
            }
        }
    }

    /// <summary>Of two connections on their way the one that the greater identifier dialled goes on (RFC 4271 §6.8).</summary>
    public static void CheckCollision(SimPeer peer, int lost)
    {
        var survivor = lost > 0 ? peer.State.Inbound : peer.State.Outbound;
        if (peer.State.Established is null && survivor is not null)
        {
            var ours = survivor.IsDialled;
            Require(
                ours == peer.Host.Identifier.Value > peer.Remote.Identifier.Value,
                $"{Name(peer)} kept the connection that the lesser identifier dialled");
        }
    }

    public static void CheckEnd(SimPeer peer, SimConnection connection, BgpDownReason reason)
    {
        if (reason.Kind != BgpDownKind.HoldTimerExpired)
        {
            return;
        }

        var world = peer.World;
        var silent = world.Clock.Now - connection.HeardAt;
        Require(
            silent >= connection.HoldTime || peer.Host.DisturbedAt >= connection.HeardAt,
            $"{Name(peer)}: the hold timer expired {silent.TotalSeconds:0.0} s after the peer was heard");
        Require(
            !(connection.UpAt >= world.HealedAt),
            $"{Name(peer)}: the hold timer expired on a network without a fault");
    }

    /// <summary>No session outlives its hold time without traffic.</summary>
    public static void CheckAlive(SimPeer peer)
    {
        if (peer.Established is { HasUnread: false } connection && connection.HoldTime > TimeSpan.Zero)
        {
            var silent = peer.Host.Now - connection.LastReceived;
            Require(silent <= connection.HoldTime + Lateness, $"{Name(peer)} is Established after {silent.TotalSeconds:0.0} s of silence");
        }
    }

    public static void CheckSent(SimConnection connection, ReadOnlySpan<byte> octets, ref bool sentNotification)
    {
        while (octets.Length > 0)
        {
            Require(
                FrameReader.Read(octets, WireLimits.ExtendedMessageLength, out var frame, out _) == FrameStatus.Frame,
                $"{Name(connection.Peer)} sent what is no message");
            Require(!sentNotification, $"{Name(connection.Peer)} sent {frame.Type} after its NOTIFICATION");
            sentNotification = frame.Type == MessageType.Notification;
            Require(
                frame.Type != MessageType.Update || connection.Peer.Established == connection,
                $"{Name(connection.Peer)} sent an UPDATE on a connection that is not Established");
            octets = octets[frame.Length..];
        }
    }

    /// <summary>End-of-RIB comes after all that was there when the session came up, unless it has changed since.</summary>
    public static void CheckEndOfRib(SimPeer peer, SimEnd sender)
    {
        foreach (var (prefix, edit) in sender.FirstSet!)
        {
            Require(
                peer.Learned.ContainsKey(prefix) || !sender.Host.Announced.TryGetValue(prefix, out var route) || route.Edit != edit,
                $"{Name(peer)} was sent End-of-RIB before {prefix}");
        }
    }

    /// <summary>The network has been whole for long enough: every pair has one session, and both know all of each other.</summary>
    public static void CheckAgreement(World world)
    {
        foreach (var peer in world.Hosts.SelectMany(host => host.Peers.Values))
        {
            var other = peer.Remote.Peers[peer.Host.Number];
            Require(peer.Established is not null, $"{Name(peer)} is {peer.State.State} long after the network healed");
            Require(peer.Established!.End!.Other == other.Established?.End, $"{Name(peer)}: the two ends are Established on different connections");
            foreach (var (prefix, (med, _)) in peer.Remote.Announced)
            {
                Require(peer.Learned.TryGetValue(prefix, out var known), $"{Name(peer)} lacks {prefix}");
                Require(known == med, $"{Name(peer)} has {prefix} with MED {known}, not {med}");
            }

            foreach (var prefix in peer.Learned.Keys)
            {
                Require(peer.Remote.Announced.ContainsKey(prefix), $"{Name(peer)} still has {prefix}, which was withdrawn");
            }
        }
    }

    /// <summary>Everything was stopped, and time has passed: nothing is left.</summary>
    public static void CheckNothingLeft(World world)
    {
        foreach (var peer in world.Hosts.SelectMany(host => host.Peers.Values))
        {
            Require(peer.Connections.Count == 0, $"{Name(peer)} keeps {peer.Connections.Count} connections");
            Require(peer.State.NextDeadline is null, $"{Name(peer)} keeps a timer");
            Require(peer.State is { State: BgpSessionState.Idle, Started: false }, $"{Name(peer)} is {peer.State.State} after its stop");
            Require(peer.Learned.Count == 0, $"{Name(peer)} keeps {peer.Learned.Count} routes");
            Require(peer.Host.Routes.TombstoneCount == 0, $"{Name(peer)} keeps {peer.Host.Routes.TombstoneCount} withdrawn prefixes");
        }

        Require(world.Clock.Pending == 0, $"{world.Clock.Pending} events are still to come");
    }

    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvariantException(otherwise);
        }
    }

    private static string Name(SimPeer peer) => $"speaker {peer.Host.Number}, peer {peer.Remote.Number}";
}
