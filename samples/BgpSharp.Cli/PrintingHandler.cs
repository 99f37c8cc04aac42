using BgpSharp.Cli.Events;

namespace BgpSharp.Cli;

/// <summary>Turns what the library reports of a peer into events.</summary>
internal sealed class PrintingHandler(Action<PeerEvent> print) : BgpPeerHandler
{
    public override ValueTask OnEstablishedAsync(BgpSession session, CancellationToken cancellationToken)
    {
        print(new EstablishedEvent
        {
            Time = session.EstablishedAt,
            Peer = PeerOf(session),
            RemoteAs = session.RemoteAsn.Value,
            RouterId = session.RemoteIdentifier.ToString(),
            HoldTime = (int)session.HoldTime.TotalSeconds,
            Families = [.. session.Families.Select(family => family.ToString())],
        });
        return ValueTask.CompletedTask;
    }

    public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView view, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        var peer = PeerOf(session);
        var update = view.ToUpdate();
        foreach (var prefix in update.Withdrawn)
        {
            print(new WithdrawEvent { Time = now, Peer = peer, Prefix = prefix.ToString() });
        }

        foreach (var route in update.Announced)
        {
            print(ToEvent(now, peer, route));
        }

        if (update.EndOfRib is { } family)
        {
            print(new EndOfRibEvent { Time = now, Peer = peer, Family = family.ToString() });
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask OnDownAsync(BgpSession session, BgpDownReason reason)
    {
        print(new DownEvent { Time = DateTimeOffset.UtcNow, Peer = PeerOf(session), Reason = reason.ToString() });
        return ValueTask.CompletedTask;
    }

    private static string PeerOf(BgpSession session) => session.RemoteEndPoint.Address.ToString();

    private static AnnounceEvent ToEvent(DateTimeOffset time, string peer, BgpRoute route) => new()
    {
        Time = time,
        Peer = peer,
        Prefix = route.Prefix.ToString(),
        NextHop = route.Attributes.NextHop?.ToString(),
        Origin = route.Attributes.Origin.ToString().ToLowerInvariant(),
        AsPath = route.Attributes.AsPath.ToString(),
        Med = route.Attributes.Med,
        LocalPref = route.Attributes.LocalPref,
        Communities = [.. route.Attributes.Communities.Select(community => community.ToString())],
    };
}
