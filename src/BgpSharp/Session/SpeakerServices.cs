using System.Net.Sockets;
using BgpSharp.Bfd;
using BgpSharp.Diagnostics;
using BgpSharp.Fsm;
using BgpSharp.Rib;
using BgpSharp.Transport;
using BgpSharp.Wire;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Sessions;

/// <summary>What all peers of one speaker share.</summary>
internal sealed class SpeakerServices(BgpSpeakerOptions options, ILoggerFactory loggerFactory, BgpTransport transport, BgpMetrics metrics)
{
    private const int ExternalTimeToLive = 1;
    private const int InternalTimeToLive = 64;
    private const int MaximumTimeToLive = 255;
    private static readonly TimeSpan Md5CountsAge = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private BfdEngine? _ownBfdEngine;
    private long _lastSessionId;
    private volatile bool _gracefulShutdown;
    private TcpMd5Counts? _md5Counts;
    private TimeSpan? _md5CountedAt;

    public TimeProvider Time => options.TimeProvider;

    /// <summary>The peers' clock and what they have it do, the same for all.</summary>
    public PeerTimers Timers { get; } = new(options.TimeProvider);

    public BgpTransport Transport => transport;

    public BgpMetrics Metrics => metrics;

    /// <summary>The engine of the peers' BFD sessions: the one that was given, or one of the speaker's own.</summary>
    public BfdEngine BfdEngine
    {
        get
        {
            lock (_lock)
            {
                return options.BfdEngine ?? (_ownBfdEngine ??= new BfdEngine(loggerFactory));
            }
        }
    }

    public RouteBook Routes { get; } = new();

    /// <summary>All peers' routes carry GRACEFUL_SHUTDOWN.</summary>
    public bool GracefulShutdown
    {
        get => _gracefulShutdown;
        set => _gracefulShutdown = value;
    }

    /// <summary>Ends the engine of the speaker's own, where there is one.</summary>
    public async Task EndBfdAsync()
    {
        BfdEngine? engine;
        lock (_lock)
        {
            engine = _ownBfdEngine;
        }

        if (engine is not null)
        {
            await engine.DisposeAsync().ConfigureAwait(false);
        }
    }

    public ILogger CreateLogger(string category) => new GuardedLogger(loggerFactory.CreateLogger(category));

    public long NextSessionId() => Interlocked.Increment(ref _lastSessionId);

    /// <summary>What the kernel dropped for TCP-MD5, a second old at most: a thousand sessions that come up ask at the same time.</summary>
    public TcpMd5Counts? CountTcpMd5()
    {
        lock (_lock)
        {
            if (_md5CountedAt is not { } at || Timers.Now - at >= Md5CountsAge)
            {
                (_md5Counts, _md5CountedAt) = (Transport.CountTcpMd5(), Timers.Now);
            }

            return _md5Counts;
        }
    }

    public int TimeToLiveFor(BgpPeerOptions peer) =>
        peer.TtlSecurityHops is not null ? MaximumTimeToLive
        : peer.TimeToLive ?? (peer.RemoteAsn == options.LocalAsn ? InternalTimeToLive : ExternalTimeToLive);

    /// <summary>The least TTL to accept from the peer (RFC 5082 §3); null: any.</summary>
    public static int? MinimumTimeToLiveFor(BgpPeerOptions peer) => MaximumTimeToLive + 1 - peer.TtlSecurityHops;

    public OutboundPolicy PolicyFor(
        BgpPeerOptions peer,
        BgpSession session,
        BgpInterfaceAddresses? addresses,
        Func<BgpExportContext, BgpRouteAttributes?>? export,
        Action<BgpFamily, string> nextHopMissing)
    {
        var local = session.LocalEndPoint.Address;
        var isIpv4 = local.AddressFamily == AddressFamily.InterNetwork || local.IsIPv4MappedToIPv6;
        return new()
        {
            LocalAsn = options.LocalAsn,
            RemoteAsn = session.RemoteAsn,
            LocalAddress = local,
            PeerAddress = peer.Address,
            InterfaceAddress = isIpv4 || local.IsIPv6LinkLocal ? addresses?.Ipv6 : addresses?.Ipv4,
            LinkLocalAddress = addresses?.LinkLocal,
            NextHopMissing = nextHopMissing,
            Export = export,
        };
    }

    public PeerFsmConfig FsmConfigFor(BgpPeerOptions peer) => new()
    {
        LocalAsn = options.LocalAsn,
        LocalIdentifier = options.RouterId,
        RemoteAsn = peer.RemoteAsn,
        HoldTime = peer.HoldTime,
        MinimumHoldTime = peer.MinimumHoldTime,
        SendHoldTime = peer.SendHoldTime,
        KeepaliveInterval = peer.KeepaliveInterval,
        DelayOpenTime = peer.DelayOpenTime,
        CollisionDetectEstablished = peer.CollisionDetectEstablished,
        Families = peer.Families,
        AcceptAsSets = peer.AcceptAsSets,
        AcceptConfederationSegments = peer.AcceptConfederationSegments,
        DisableFamilyOnError = peer.DisableFamilyOnError,
        ExtendedMessages = peer.ExtendedMessages,
        GracefulRestart = peer.GracefulRestart is { } restart
            ? new GracefulRestartCapability(
                (int)restart.RestartTime.TotalSeconds,
                peer.Families.Select(family => new GracefulRestartFamily(family, restart.ForwardingPreserved)))
            { CoversNotifications = restart.CoversNotifications }
            : null,
        BfdStrict = peer.Bfd is { Strict: true },
        Active = peer.ConnectMode != BgpConnectMode.Passive,
        Passive = peer.ConnectMode != BgpConnectMode.Active,
    };
}
