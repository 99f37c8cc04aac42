using System.Net;
using BgpSharp.Bfd;
using BgpSharp.Fsm;

namespace BgpSharp.Sessions;

/// <summary>
/// The BFD session beside the peer (RFC 5882 §10). It begins when BGP is first Established, or waits for it, with the addresses of
/// that connection, outlives it, and ends with the peer. Between two BGP sessions it is held down: FRR's bgpd gives BFD its source
/// address when BGP is Established, and with that begins it anew; one that is Up before ends the BGP session that has just begun.
/// </summary>
internal sealed partial class PeerDriver
{
    // A peer with BFD answers within a second or two.
    private static readonly TimeSpan BfdPatience = TimeSpan.FromSeconds(5);

    private Task _bfdTurn = Task.CompletedTask;
    private BfdSession? _bfd;
    private PeerTimer? _bfdTimer;
    private bool _isBfdEnded;
    private bool _isBfdHeld;
    private bool _isBfdStrict;
    private volatile bool _isBfdUp;
    private volatile bool _isBfdMissingTold;

    /// <summary>The BFD session; null: there is none.</summary>
    public BfdSession? Bfd => Volatile.Read(ref _bfd);

    private void BeginBfd(bool isStrict)
    {
        _isBfdStrict = isStrict;
        ApplyBfd();
    }

    private void AwaitBfd(PeerConnection connection)
    {
        ApplyBfd(connection);
        if (MayLog())
        {
            LogBfdAwaited(Options.Address);
        }
    }

    /// <summary>Puts the BFD options in force, over the path of the BGP session or of the connection that is to become it.</summary>
    private void ApplyBfd(PeerConnection? awaiting = null)
    {
        var options = Options.Bfd;
        if (options is null && Bfd is null)
        {
            return;
        }

        var local = (awaiting ?? Established)?.Transport.LocalEndPoint.Address;
        lock (_gate)
        {
            _isBfdHeld &= local is null;
            if (!_isBfdEnded)
            {
                _bfdTurn = RenewBfdAsync(_bfdTurn, options, local is { IsIPv4MappedToIPv6: true } ? local.MapToIPv4() : local, _isBfdHeld);
            }

            if (options is not null && local is not null && awaiting is null)
            {
                _bfdTimer ??= new PeerTimer(TellIfBfdIsMissing);
                _services.Timers.Set(_bfdTimer, Now + BfdPatience);
            }
        }
    }

    /// <summary>Not where BFD may have to come up first, nor where its end would take routes that either side keeps (RFC 5882 §4.3).</summary>
    private void HoldBfd(BgpDownReason reason)
    {
        lock (_gate)
        {
            // After a stop of our own BFD ends anyway, once BGP has: the other way round it would look like a failure.
            _isBfdHeld = !_isBfdStrict && reason.FamiliesKept.Count == 0 && Options.GracefulRestart is null
                && reason.Kind is not (BgpDownKind.Stopped or BgpDownKind.PeerRemoved);
        }

        ApplyBfd();
    }

    /// <summary>Tells the peer that BFD ends on purpose. The Cease has gone before, so that this moves no traffic.</summary>
    private async Task EndBfdAsync()
    {
        Task turn;
        lock (_gate)
        {
            _isBfdEnded = true;
            if (Bfd is null && _bfdTurn.IsCompleted)
            {
                return;
            }

            turn = _bfdTurn = RenewBfdAsync(_bfdTurn, null, null, isHeld: false);
            if (_bfdTimer is not null)
            {
                _services.Timers.Cancel(_bfdTimer);
            }
        }

        await turn.ConfigureAwait(false);
    }

    private async Task RenewBfdAsync(Task before, BfdOptions? options, IPAddress? local, bool isHeld)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        try
        {
            if (Bfd is { } current)
            {
                var stays = options?.Multihop == current.Options.Bfd.Multihop && (local is null || local.Equals(current.Options.LocalAddress));
                if (options is not null && stays)
                {
                    current.Update(options);
                    current.IsHeld = isHeld;
                    return;
                }

                if (options is not null)
                {
                    current.IsHeld = true; // Another one follows: the end of this one does not mean that nobody waits for BFD (strict).
                }

                Volatile.Write(ref _bfd, null);
                _isBfdUp = false;
                await current.DisposeAsync().ConfigureAwait(false);
                Post(Event(FsmEventKind.BfdDown));
            }

            if (options is not null && local is not null)
            {
                Volatile.Write(ref _bfd, _services.BfdEngine.AddSession(new BfdSessionOptions
                {
                    Address = Options.Address,
                    LocalAddress = local,
                    Bfd = options,
                    Changed = BfdChanged,
                }));
            }
        }
        catch (Exception exception)
        {
            LogBfdUnavailable(Options.Address, options is { Strict: true } ? "does not begin where the peer is strict too" : "goes on without", exception.Message);
        }
    }

    private void BfdChanged(BfdSession session, BfdSessionStatus status)
    {
        var wasUp = _isBfdUp;
        _isBfdUp = status.State == BfdState.Up;
        // On purpose is no failure of the path, and no reason to wait for it either.
        var isClear = _isBfdUp || (!session.IsHeld && (status.State == BfdState.AdminDown || status.IsPeerAdminDown));
        Post(Event(isClear ? FsmEventKind.BfdUp : FsmEventKind.BfdDown));
        if (_isBfdUp)
        {
            _isBfdMissingTold = false;
            return;
        }

        if (!wasUp || status.State == BfdState.AdminDown || Established is not { } connection)
        {
            return;
        }

        if (status.IsPeerAdminDown)
        {
            // It says nothing about the path (RFC 5882 §3.2).
            LogBfdAdminDown(Options.Address);
            return;
        }

        var notification = new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.BfdDown);
        Post(Event(FsmEventKind.AutomaticStop, connection.Id) with
        {
            Notification = notification,
            Reason = new BgpDownReason(BgpDownKind.BfdDown, notification, detail: $"BFD is {status}"),
        });
    }

    private void TellIfBfdIsMissing()
    {
        if (Established is not null && !_isBfdUp && !_isBfdMissingTold && Bfd is { } session)
        {
            _isBfdMissingTold = true;
            LogBfdMissing(Options.Address, session.Status);
        }
    }
}
