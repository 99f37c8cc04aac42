using System.Diagnostics.CodeAnalysis;
using System.Net;
using BgpSharp.Bfd;

namespace BgpSharp;

/// <summary>What is configured for one peer.</summary>
public sealed class BgpPeerOptions
{
    /// <summary>Makes the default options, to be set by an initializer.</summary>
    public BgpPeerOptions()
    {
    }

    /// <summary>Makes a copy, to be changed by an initializer: <c>new BgpPeerOptions(peer.Options) { Handler = handler }</c>.</summary>
    /// <param name="original">The options to begin with.</param>
    [SetsRequiredMembers]
    public BgpPeerOptions(BgpPeerOptions original)
    {
        ArgumentNullException.ThrowIfNull(original);
        Address = original.Address;
        Port = original.Port;
        RemoteAsn = original.RemoteAsn;
        ConnectMode = original.ConnectMode;
        LocalAddress = original.LocalAddress;
        SourceInterface = original.SourceInterface;
        TimeToLive = original.TimeToLive;
        TtlSecurityHops = original.TtlSecurityHops;
        Password = original.Password;
        HoldTime = original.HoldTime;
        KeepaliveInterval = original.KeepaliveInterval;
        MinimumHoldTime = original.MinimumHoldTime;
        SendHoldTime = original.SendHoldTime;
        DelayOpenTime = original.DelayOpenTime;
        CollisionDetectEstablished = original.CollisionDetectEstablished;
        Families = original.Families;
        AcceptAsSets = original.AcceptAsSets;
        AcceptConfederationSegments = original.AcceptConfederationSegments;
        DisableFamilyOnError = original.DisableFamilyOnError;
        ExtendedMessages = original.ExtendedMessages;
        GracefulRestart = original.GracefulRestart;
        Bfd = original.Bfd;
        PrefixLimits = original.PrefixLimits;
        Handler = original.Handler;
        OnHandlerFault = original.OnHandlerFault;
        Export = original.Export;
        RecordedOctets = original.RecordedOctets;
    }

    /// <summary>The peer's address, with scope for a link-local one. It tells peers of one speaker apart.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The TCP port to dial, 1 to 65535. Default: 179.</summary>
    public int Port { get; init; } = 179;

    /// <summary>The peer's AS, not 0. The session is internal when it equals the speaker's.</summary>
    public required Asn RemoteAsn { get; init; }

    /// <summary>Who opens the connection. Default: either side.</summary>
    public BgpConnectMode ConnectMode { get; init; }

    /// <summary>
    /// The source address of connections we open; null: the system chooses. One that is not on the host yet is waited for.
    /// </summary>
    public IPAddress? LocalAddress { get; init; }

    /// <summary>
    /// The interface that the session has to use, 1 to 15 octets: connections we open leave by it whatever the routing table
    /// says, and the peer's are closed unless they came in by it (SO_BINDTODEVICE, Linux alone). One that is not there yet is
    /// waited for. Null: any.
    /// </summary>
    public string? SourceInterface { get; init; }

    /// <summary>
    /// TTL or hop limit of what is sent, 1 to 255: how many hops away the peer may be. Default: 1 to an external peer, 64 to
    /// an internal one. Not together with <see cref="TtlSecurityHops"/>.
    /// </summary>
    public int? TimeToLive { get; init; }

    /// <summary>
    /// TTL security (GTSM, RFC 5082): everything is sent with a TTL or hop limit of 255, and what arrives with less than 256
    /// minus this many hops, 1 to 254, is dropped by the kernel. The peer must do the same. Default: off.
    /// </summary>
    public int? TtlSecurityHops { get; init; }

    /// <summary>The TCP-MD5 password (RFC 2385), 1 to 80 octets; null: none.</summary>
    public BgpSecret? Password { get; init; }

    /// <summary>
    /// The hold time proposed: zero (none), or 3 to 65535 whole seconds; the smaller of both sides' is used. Default: 90 s.
    /// </summary>
    public TimeSpan HoldTime { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>
    /// The interval between KEEPALIVEs, at least 1 s; never more than a third of the hold time agreed on, which is also the
    /// default.
    /// </summary>
    public TimeSpan? KeepaliveInterval { get; init; }

    /// <summary>
    /// The least hold time the peer may propose: zero (any), or 3 to 65535 whole seconds, not more than
    /// <see cref="HoldTime"/>. Less, or none, is answered with OPEN error 6. Default: zero.
    /// </summary>
    public TimeSpan MinimumHoldTime { get; init; }

    /// <summary>
    /// How long the peer's TCP may take nothing of what we have to send before the session is reset (RFC 9687), more than
    /// <see cref="HoldTime"/>. Default: twice the hold time agreed on, and at least 8 minutes. Without a hold time it does
    /// not apply.
    /// </summary>
    public TimeSpan? SendHoldTime { get; init; }

    /// <summary>
    /// How long our OPEN waits for the peer's on a new connection (DelayOpen, RFC 4271 §8.1.1): less than 4 minutes, which is
    /// how long a peer waits for an OPEN. The peer's OPEN ends the wait. Default: zero, ours is sent at once.
    /// </summary>
    public TimeSpan DelayOpenTime { get; init; }

    /// <summary>
    /// Whether a session gives way to a new connection of the peer's when the identifiers say so
    /// (CollisionDetectEstablishedState, RFC 4271 §8.1.1). Default: the new connection is closed with Cease,
    /// Connection Collision Resolution.
    /// </summary>
    public bool CollisionDetectEstablished { get; init; }

    /// <summary>The families offered, at least one. Default: IPv4 unicast.</summary>
    public IReadOnlyList<BgpFamily> Families { get; init; } = [BgpFamily.Ipv4Unicast];

    /// <summary>
    /// Accept routes whose AS path has an AS_SET or AS_CONFED_SET. Default: they are treated as withdrawn (RFC 9774 §3).
    /// </summary>
    public bool AcceptAsSets { get; init; }

    /// <summary>
    /// Accept routes from an external peer whose AS path has a segment of a confederation. Default: they are treated as
    /// withdrawn (RFC 5065 §5). Those of an internal peer are always accepted.
    /// </summary>
    public bool AcceptConfederationSegments { get; init; }

    /// <summary>
    /// Whether a multiprotocol attribute that cannot be read costs its family alone (AFI/SAFI disable, RFC 7606 §2), of which
    /// nothing is taken until the session ends, and <see cref="BgpPeerHandler.OnFamilyDisabledAsync"/> is called. IPv4 unicast
    /// cannot be given up. Default: false, the session is reset.
    /// </summary>
    public bool DisableFamilyOnError { get; init; }

    /// <summary>
    /// Whether messages of up to 65535 octets are offered (RFC 8654); they are sent when the peer offers them too. Default:
    /// true.
    /// </summary>
    public bool ExtendedMessages { get; init; } = true;

    /// <summary>Graceful restart (RFC 4724, RFC 8538), as it is offered to the peer. Default: null, it is not.</summary>
    public BgpGracefulRestartOptions? GracefulRestart { get; init; }

    /// <summary>
    /// A BFD session beside the BGP session (RFC 5882), from the first time that is Established on until the peer is removed or
    /// stopped. When it goes Down, the BGP session is reset at once (Cease, BFD Down). One that does not come up, or that the peer
    /// ends on purpose (AdminDown), leaves the BGP session as it is, and a line in the log says so. Linux alone. Default: null,
    /// none.
    /// </summary>
    public BfdOptions? Bfd { get; init; }

    /// <summary>
    /// How many prefixes the peer may have announced at a time, at most one limit a family. Each counts what it counts as
    /// long as the session lives, in memory that its maximum bounds. Default: none.
    /// </summary>
    public IReadOnlyList<BgpPrefixLimit> PrefixLimits { get; init; } = [];

    /// <summary>Told of sessions and UPDATEs; null: nobody is.</summary>
    public BgpPeerHandler? Handler { get; init; }

    /// <summary>What happens when the handler throws. Default: the session is reset.</summary>
    public BgpHandlerFaultAction OnHandlerFault { get; init; }

    /// <summary>
    /// Decides what this peer is sent: the attributes to use, or null to keep the route from it. A pure function; it may be
    /// called on any thread. Another one sends everything again, over the same session. Default: everything, unchanged.
    /// </summary>
    public Func<BgpExportContext, BgpRouteAttributes?>? Export { get; init; }

    /// <summary>
    /// The size of a flight recorder: the last messages both ways, and the changes of state, are kept in so many octets, 4096 to
    /// 16777216, for <see cref="BgpPeer.WriteRecording"/>. A message takes 16 octets more than on the wire, and one that does not
    /// fit is left out. Another size begins anew and resets nothing. Default: zero, nothing is recorded.
    /// </summary>
    public int RecordedOctets { get; init; }

    /// <summary>
    /// Looks for everything that is wrong with the options, as <see cref="BgpSpeaker.AddPeer"/> does. A password that has to be
    /// fetched is not: <see cref="BgpSecret.FindProblem"/> does that.
    /// </summary>
    /// <param name="speaker">The options of the speaker that the peer is for.</param>
    /// <returns>A line for each problem, which names the option, its value and what is allowed; empty: none.</returns>
    public IReadOnlyList<string> FindProblems(BgpSpeakerOptions speaker)
    {
        ArgumentNullException.ThrowIfNull(speaker);
        return OptionsValidation.FindProblems(this, speaker);
    }
}
