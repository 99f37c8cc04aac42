using BgpSharp.Wire;

namespace BgpSharp.Fsm;

/// <summary>What the state machine needs to know of one peer's configuration. Immutable.</summary>
internal sealed class PeerFsmConfig
{
    public required Asn LocalAsn { get; init; }

    public required BgpIdentifier LocalIdentifier { get; init; }

    public required Asn RemoteAsn { get; init; }

    /// <summary>Proposed in our OPEN, whole seconds: 0 or 3 to 65535.</summary>
    public required TimeSpan HoldTime { get; init; }

    /// <summary>The least hold time the peer may propose; zero: any it is allowed to.</summary>
    public TimeSpan MinimumHoldTime { get; init; }

    /// <summary>How long TCP may take nothing of what we send; null: as RFC 9687 suggests.</summary>
    public TimeSpan? SendHoldTime { get; init; }

    /// <summary>How long our OPEN waits for the peer's on a new connection (RFC 4271's DelayOpen); zero: it is sent at once.</summary>
    public TimeSpan DelayOpenTime { get; init; }

    /// <summary>RFC 4271 §8.1.1: a session is judged against a new connection like any other.</summary>
    public bool CollisionDetectEstablished { get; init; }

    /// <summary>Null: a third of the negotiated hold time. The smaller of the two is used.</summary>
    public TimeSpan? KeepaliveInterval { get; init; }

    public IReadOnlyList<BgpFamily> Families { get; init; } = [BgpFamily.Ipv4Unicast];

    /// <summary>Accept AS_SET and AS_CONFED_SET, which RFC 9774 §3 has a receiver refuse unless it is told otherwise.</summary>
    public bool AcceptAsSets { get; init; }

    /// <summary>Accept confederation segments from an external peer, against RFC 5065 §5.</summary>
    public bool AcceptConfederationSegments { get; init; }

    /// <summary>Give up one family, not the session, where RFC 7606 leaves the choice.</summary>
    public bool DisableFamilyOnError { get; init; }

    /// <summary>Offer to take messages of up to 65535 octets (RFC 8654).</summary>
    public bool ExtendedMessages { get; init; } = true;

    /// <summary>What is offered of graceful restart (RFC 4724), without the R bit; null: nothing.</summary>
    public GracefulRestartCapability? GracefulRestart { get; init; }

    /// <summary>Have the session wait for BFD where the peer wants that too (draft-ietf-idr-bgp-bfd-strict-mode).</summary>
    public bool BfdStrict { get; init; }

    /// <summary>How long BFD is waited for without a hold timer: the draft's default.</summary>
    public TimeSpan BfdHoldTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Dial the peer.</summary>
    public bool Active { get; init; } = true;

    /// <summary>Accept connections from the peer.</summary>
    public bool Passive { get; init; } = true;

    /// <summary>How long an opened connection waits for the OPEN: RFC 4271 §8 suggests a large value.</summary>
    public TimeSpan OpenHoldTime { get; init; } = TimeSpan.FromMinutes(4);

    public TimeSpan InitialRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The ceiling while the peer is silent, refuses, or accepts and closes.</summary>
    public TimeSpan MaximumRetry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The ceiling after a NOTIFICATION that says the configuration is wrong: OPEN errors and Cease/5, either way.</summary>
    public TimeSpan MaximumRetryMisconfigured { get; init; } = TimeSpan.FromSeconds(60);
}
