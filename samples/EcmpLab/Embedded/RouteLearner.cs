using BgpSharp;

namespace EcmpLab.Embedded;

/// <summary>Writes what one peer announces and withdraws into the table, and tells the user.</summary>
internal sealed class RouteLearner(RouteTable table) : BgpPeerHandler
{
    public override ValueTask OnEstablishedAsync(BgpSession session, CancellationToken cancellationToken)
    {
        Say(session, "established");
        return ValueTask.CompletedTask;
    }

    public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView view, CancellationToken cancellationToken)
    {
        var peer = session.RemoteEndPoint.Address;
        foreach (var prefix in view.WithdrawnPrefixes)
        {
            Say(session, $"UPDATE withdraws {prefix}");
            table.Remove(peer, prefix);
        }

        foreach (var prefix in view.AnnouncedPrefixes)
        {
            var nextHop = view.GetNextHop(prefix.Family)!;
            Say(session, $"UPDATE announces {prefix}, next hop {nextHop}, AS path {view.AsPath.ToAsPath()}");
            table.Set(peer, prefix, nextHop);
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask OnDownAsync(BgpSession session, BgpDownReason reason)
    {
        Say(session, $"down: {reason}");
        table.RemoveAll(session.RemoteEndPoint.Address);
        return ValueTask.CompletedTask;
    }

    private static void Say(BgpSession session, string what) => Console.WriteLine($"  {session.RemoteEndPoint.Address}  {what}");
}
