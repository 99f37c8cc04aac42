using System.Net;
using BgpSharp.Fsm;
using BgpSharp.Wire;

namespace BgpSharp;

/// <summary>One established session, and what both sides agreed on. Immutable; a new one is made each time.</summary>
public sealed class BgpSession
{
    internal BgpSession(long id, BgpConnection connection, BgpIdentifier localIdentifier, bool isInternal, NegotiatedSession negotiated, DateTimeOffset establishedAt)
    {
        Id = id;
        LocalEndPoint = connection.LocalEndPoint;
        RemoteEndPoint = connection.RemoteEndPoint;
        LocalIdentifier = localIdentifier;
        IsInternal = isInternal;
        EstablishedAt = establishedAt;
        RemoteAsn = negotiated.RemoteAsn;
        RemoteIdentifier = negotiated.RemoteIdentifier;
        HoldTime = negotiated.HoldTime;
        KeepaliveInterval = negotiated.KeepaliveInterval;
        Families = negotiated.Families;
        RouteRefresh = negotiated.RouteRefresh;
        RemoteRestart = negotiated.RemoteRestart;
        FourOctetAsn = negotiated.Wire.FourOctetAsn;
        MaximumMessageLength = negotiated.Wire.MaximumMessageLength;
        RemoteCapabilities = negotiated.RemoteCapabilities;
    }

    /// <summary>A number that no other session of the same speaker has.</summary>
    public long Id { get; }

    /// <summary>Our end of the connection; its address is the next hop of routes of its family that name none.</summary>
    public IPEndPoint LocalEndPoint { get; }

    /// <summary>The peer's end of the connection.</summary>
    public IPEndPoint RemoteEndPoint { get; }

    /// <summary>Our identifier in this session.</summary>
    public BgpIdentifier LocalIdentifier { get; }

    /// <summary>The peer's identifier.</summary>
    public BgpIdentifier RemoteIdentifier { get; }

    /// <summary>The peer's AS.</summary>
    public Asn RemoteAsn { get; }

    /// <summary>Whether the peer is in our AS.</summary>
    public bool IsInternal { get; }

    /// <summary>The hold time agreed on; zero: none.</summary>
    public TimeSpan HoldTime { get; }

    /// <summary>The interval at which we send KEEPALIVEs, as it was configured when the session began; zero: none are sent.</summary>
    public TimeSpan KeepaliveInterval { get; }

    /// <summary>The families both sides offered.</summary>
    public IReadOnlyList<BgpFamily> Families { get; }

    /// <summary>Whether both sides can refresh routes (RFC 2918).</summary>
    public bool RouteRefresh { get; }

    /// <summary>Whether both sides offered graceful restart (RFC 4724).</summary>
    public bool GracefulRestart => RemoteRestart is not null;

    internal GracefulRestartCapability? RemoteRestart { get; }

    /// <summary>Whether AS numbers have four octets (RFC 6793).</summary>
    public bool FourOctetAsn { get; }

    /// <summary>The longest message we send, in octets: 4096, or 65535 when both sides offered that (RFC 8654).</summary>
    public int MaximumMessageLength { get; }

    /// <summary>Every capability the peer sent, in its order.</summary>
    public IReadOnlyList<BgpCapability> RemoteCapabilities { get; }

    /// <summary>When the session was established.</summary>
    public DateTimeOffset EstablishedAt { get; }

    /// <summary>The peer and what was agreed, in short.</summary>
    /// <returns>For example <c>198.51.100.9:179 AS 65001 (ipv4-unicast, hold 9 s)</c>.</returns>
    public override string ToString() =>
        $"{RemoteEndPoint} AS {RemoteAsn} ({string.Join(' ', Families)}, hold {HoldTime.TotalSeconds:0} s)";
}
