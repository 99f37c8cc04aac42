using System.Net;
using BgpSharp.Transport;
using BgpSharp.Wire;

namespace BgpSharp.Diagnostics;

/// <summary>What is known of a peer at one moment, for <see cref="PeerExplainer"/>. Immutable.</summary>
internal sealed record PeerSnapshot
{
    public required BgpPeerOptions Options { get; init; }

    public required Asn LocalAsn { get; init; }

    public BgpPeerStatus Status { get; init; } = new(BgpSessionState.Idle, null, null);

    /// <summary>How long the state is what it is.</summary>
    public TimeSpan InState { get; init; }

    /// <summary>Whether the state machine was started and not stopped.</summary>
    public bool IsStarted { get; init; } = true;

    /// <summary>Until the peer is dialled again; null: no dial is planned.</summary>
    public TimeSpan? NextDial { get; init; }

    /// <summary>The TTL of what we send.</summary>
    public int TimeToLive { get; init; } = 1;

    /// <summary>Whether the peer is in a subnet of this host; null: it is not known.</summary>
    public bool? IsOnLink { get; init; }

    /// <summary>Where this host is seen from; null: it is not known.</summary>
    public IPAddress? LocalAddress { get; init; }

    /// <summary>The peer's last OPEN; null: none came.</summary>
    public OpenMessage? LastOpen { get; init; }

    public BgpNotification? Sent { get; init; }

    public BgpNotification? Received { get; init; }

    /// <summary>What the kernel dropped since the speaker was made; null: it does not say.</summary>
    public TcpMd5Counts? Md5 { get; init; }

    public long PrefixesAdvertised { get; init; }

    public long PrefixesWithheld { get; init; }

    public long PrefixesReceived { get; init; }

    public IPAddress Address => Options.Address;
}
