using BgpSharp.Wire;

namespace BgpSharp.Fsm;

/// <summary>What two OPENs agreed on. Immutable.</summary>
internal sealed class NegotiatedSession
{
    /// <summary>The smaller of both hold times; zero: no hold timer and no KEEPALIVEs (RFC 4271 §4.2).</summary>
    public required TimeSpan HoldTime { get; init; }

    /// <summary>By what was configured then (<see cref="KeepaliveTimer.Interval"/> tells what is by now).</summary>
    public required TimeSpan KeepaliveInterval { get; init; }

    public required Asn RemoteAsn { get; init; }

    public required BgpIdentifier RemoteIdentifier { get; init; }

    /// <summary>Families both sides speak; IPv4 unicast alone when the peer sent no multiprotocol capability (RFC 4760 §8).</summary>
    public required IReadOnlyList<BgpFamily> Families { get; init; }

    public required bool RouteRefresh { get; init; }

    /// <summary>The peer's graceful restart capability (RFC 4724) when we sent one too; null: there is no graceful restart.</summary>
    public GracefulRestartCapability? RemoteRestart { get; init; }

    /// <summary>Whether both sides keep routes through NOTIFICATIONs other than Hard Reset too (the N bit, RFC 8538).</summary>
    public bool RestartCoversNotifications { get; init; }

    /// <summary>Whether both sides want BFD to be Up before the session is (draft-ietf-idr-bgp-bfd-strict-mode).</summary>
    public bool BfdStrict { get; init; }

    public required WireContext Wire { get; init; }

    public required IReadOnlyList<BgpCapability> RemoteCapabilities { get; init; }
}
