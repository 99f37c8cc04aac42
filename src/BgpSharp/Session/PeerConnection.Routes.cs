using BgpSharp.Fsm;
using BgpSharp.Rib;

namespace BgpSharp.Sessions;

/// <summary>The routes of the session: when they begin, end, and are sent again.</summary>
internal sealed partial class PeerConnection
{
    public void WithdrawRoutes()
    {
        lock (_lock)
        {
            if (_rib is { } rib)
            {
                _driver.Routes.With(rib, static rib =>
                {
                    rib.WithdrawAll();
                    return true;
                });
            }
        }

        _writeSignal.Set();
    }

    /// <summary>Sends the routes as the driver now wants them, with GRACEFUL_SHUTDOWN or without it.</summary>
    public void ApplyGracefulShutdown()
    {
        lock (_lock)
        {
            if (_rib is { } rib)
            {
                ApplyGracefulShutdown(rib);
            }
        }

        _writeSignal.Set();
    }

    /// <summary>Sends the routes again by the driver's present export rule.</summary>
    public void ApplyExport()
    {
        lock (_lock)
        {
            if (_rib is { } rib && _session is { } session)
            {
                var policy = _driver.PolicyFor(session, Transport);
                _driver.Routes.With(rib, rib =>
                {
                    rib.SetPolicy(policy);
                    return true;
                });
            }
        }

        _writeSignal.Set();
    }

    private void ApplyGracefulShutdown(AdjRibOut rib) => _driver.Routes.With(rib, rib =>
    {
        rib.SetLeaving(_driver.Leaving);
        return true;
    });

    private void AttachRoutes(BgpSession session, NegotiatedSession negotiated)
    {
        _routesChanged = () => _writeSignal.Set();
        var policy = _driver.PolicyFor(session, Transport);
        lock (_lock)
        {
            _rib = _driver.Routes.Attach(policy, negotiated, _routesChanged);
            ApplyGracefulShutdown(_rib);
        }

        _writeSignal.Set();
    }

    private void DetachRoutes()
    {
        lock (_lock)
        {
            if (_rib is { } rib)
            {
                _rib = null;
                _driver.Routes.Detach(rib, _routesChanged!);
                _progress?.TrySetResult();
                _progress = null;
            }
        }
    }

    private void ResendRoutes(BgpFamily family, bool marked)
    {
        lock (_lock)
        {
            if (_rib is { } rib)
            {
                _driver.Routes.With(rib, rib =>
                {
                    rib.Resend(family, marked);
                    return true;
                });
            }
        }

        _writeSignal.Set();
    }
}
