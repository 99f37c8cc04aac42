using System.Net;
using BgpSharp.Diagnostics;
using BgpSharp.Transport;
using BgpSharp.Wire;

namespace BgpSharp.Sessions;

/// <summary>What is remembered of a peer so that it can be explained.</summary>
internal sealed partial class PeerDriver
{
    private volatile OpenMessage? _lastOpen;
    private volatile BgpNotification? _lastSent;
    private volatile BgpNotification? _lastReceived;
    private volatile IPAddress? _lastLocal;
    private TcpMd5Counts? _md5Before;
    private long _stateSince;

    /// <summary>A connection is up; its local end is where this host is seen from.</summary>
    public void Connected(IPAddress local) => _lastLocal = local;

    public void OpenReceived(OpenMessage open) => _lastOpen = open;

    /// <summary>The peer at this moment. Asks the kernel only about a session that is not there.</summary>
    public PeerSnapshot Snapshot()
    {
        var (fsm, status, options, established) = (_fsm, Status.Current, Options, Established);
        var isUp = status.Session is not null;
        var isUnreached = status is { Session: null, LastDown: null or { Kind: BgpDownKind.ConnectFailed } };
        return new PeerSnapshot
        {
            Options = options,
            LocalAsn = _config.LocalAsn,
            Status = status,
            InState = Now - new TimeSpan(Volatile.Read(ref _stateSince)),
            IsStarted = fsm.Started,
            NextDial = (fsm.IdleHoldDeadline ?? fsm.ConnectRetryDeadline) - Now,
            TimeToLive = _services.TimeToLiveFor(options),
            IsOnLink = isUnreached ? InterfaceLookup.IsOnLink(options.Address) : null,
            LocalAddress = options.LocalAddress ?? _lastLocal,
            LastOpen = _lastOpen,
            Sent = _lastSent,
            Received = _lastReceived,
            Md5 = isUp ? null : _services.CountTcpMd5() - _md5Before,
            PrefixesAdvertised = established?.PrefixesAdvertised ?? 0,
            PrefixesWithheld = established?.PrefixesWithheld ?? 0,
            PrefixesReceived = established is null ? 0 : Counters.PrefixesReceived,
        };
    }
}
