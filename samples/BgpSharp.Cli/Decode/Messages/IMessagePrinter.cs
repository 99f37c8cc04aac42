using BgpSharp.Mrt;
using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Messages;

/// <summary>Writes what was decoded in one of the forms that can be asked for.</summary>
internal interface IMessagePrinter
{
    void Open(in MessageHead head, OpenMessage open);

    void Update(in MessageHead head, in UpdateMessage update);

    void Notification(in MessageHead head, BgpNotification notification);

    void Keepalive(in MessageHead head);

    void RouteRefresh(in MessageHead head, RouteRefreshMessage refresh);

    /// <summary>A session's state changed, says a dump.</summary>
    void StateChange(in MessageHead head, MrtFsmState before, MrtFsmState after);

    /// <summary>The peers of a table that was dumped.</summary>
    void PeerTable(DateTimeOffset time, MrtPeerIndexTable table);

    /// <summary>A route of a table that was dumped.</summary>
    void Route(in TableRoute route);

    /// <summary>A message or a record that cannot be read.</summary>
    /// <param name="head">What is known about it.</param>
    /// <param name="what">What it is, as in <c>open</c>.</param>
    /// <param name="reason">Why it cannot be read.</param>
    /// <param name="octets">All of it, header included.</param>
    void Undecoded(in MessageHead head, string what, string reason, ReadOnlySpan<byte> octets);

    /// <summary>Octets of a connection that belong to no message, and octets that the capture does not have.</summary>
    void Gap(in MessageHead head, long skipped, long missing);

    /// <summary>Hands on what is held back.</summary>
    void Flush();
}
