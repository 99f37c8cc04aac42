using System.Net;
using System.Net.Sockets;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser.Commands;

/// <summary>Tries a session with a peer, announces nothing in it and ends it.</summary>
internal static class PeerCheck
{
    /// <summary>The subcode of Cease (RFC 4486).</summary>
    private const byte CollisionResolution = 7;

    public static async Task<PeerAnswer> RunAsync(AdvertiserOptions options, PeerOptions peer, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var session = peer.Session;
        var local = session.LocalAddress ?? FindLocalAddress(session);
        if (session.GracefulRestart is not null)
        {
            // A router that holds such a session takes a new connection for this host's restart, and drops the old one.
            return new PeerAnswer(true, "not tried, since with gracefulRestart a running host would lose its session", local);
        }

        var identifier = options.RouterId
            ?? (local?.AddressFamily == AddressFamily.InterNetwork && !local.Equals(IPAddress.Any) ? BgpIdentifier.FromAddress(local) : null);
        if (local is null || identifier is null)
        {
            return new PeerAnswer(false, local is null ? "there is no route to it" : "there is no IPv4 address to make a routerId of: give one", local);
        }

        await using var speaker = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = options.LocalAsn, RouterId = identifier.Value, TimeProvider = time });
        var tried = speaker.AddPeer(session);
        await speaker.StartAsync(cancellationToken);
        var (isUsable, text) = await WatchAsync(tried, limit, time, cancellationToken);
        var explanation = isUsable ? null : tried.Explain();
        await speaker.StopAsync(new BgpStopOptions { Message = "configuration check" }, cancellationToken);
        return new PeerAnswer(isUsable, text, local) { Explanation = explanation };
    }

    private static async Task<(bool IsUsable, string Text)> WatchAsync(BgpPeer peer, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await foreach (var status in peer.WatchAsync(either.Token))
            {
                if (status.Session is { } session)
                {
                    return (true, $"Established: hold time {session.HoldTime.TotalSeconds:0} s, {string.Join(" and ", session.Families)}, from {session.LocalEndPoint.Address}");
                }

                if (status.LastDown is { } down)
                {
                    return IsTaken(down)
                        ? (true, $"it refuses a second session, so it has one with this host already ({down})")
                        : (false, $"no session: {down}");
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The limit: said below.
        }

        return (false, $"no session within {limit.TotalSeconds:0} s, it is {peer.State}");
    }

    private static bool IsTaken(BgpDownReason down) => down is { Kind: BgpDownKind.Collision } or { Notification: { Code: BgpErrorCode.Cease, Subcode: CollisionResolution } };

    /// <summary>The kernel's choice; a UDP socket that is connected sends nothing.</summary>
    private static IPAddress? FindLocalAddress(BgpPeerOptions session)
    {
        try
        {
            using var socket = new Socket(session.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(session.Address, session.Port);
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
