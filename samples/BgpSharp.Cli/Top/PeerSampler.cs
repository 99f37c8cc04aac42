using System.Net;

namespace BgpSharp.Cli.Top;

/// <summary>Makes a peer's rows: rates are those since the row before.</summary>
internal sealed class PeerSampler(TimeProvider time)
{
    private readonly long _begin = time.GetTimestamp();
    private (long Timestamp, long Received, long Sent)? _before;

    public PeerRow Take(BgpPeer peer) => Take(peer.Options, peer.Status, peer.GetStatistics());

    public PeerRow Take(BgpPeerOptions options, BgpPeerStatus status, BgpPeerStatistics statistics)
    {
        var now = time.GetTimestamp();
        var (then, received, sent) = _before ?? (_begin, 0, 0);
        _before = (now, statistics.MessagesReceived, statistics.MessagesSent);
        var seconds = time.GetElapsedTime(then, now).TotalSeconds;
        return new PeerRow
        {
            Peer = options.Port == Parsers.DefaultPort ? $"{options.Address}" : $"{new IPEndPoint(options.Address, options.Port)}",
            Asn = options.RemoteAsn,
            State = status.State.ToString(),
            Up = status.Session is { } session ? time.GetUtcNow() - session.EstablishedAt : null,
            HoldTime = status.Session?.HoldTime,
            ReceivedPerSecond = PerSecond(statistics.MessagesReceived - received, seconds),
            SentPerSecond = PerSecond(statistics.MessagesSent - sent, seconds),
            PrefixesReceived = statistics.PrefixesHeld,
            PrefixesAdvertised = statistics.PrefixesAdvertised,
            LastError = status.LastDown?.ToString(),
        };
    }

    private static double PerSecond(long messages, double seconds) => seconds > 0 ? messages / seconds : 0;
}
