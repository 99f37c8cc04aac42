using BgpSharp.Fsm;
using BgpSharp.Rib;

namespace BgpSharp.Sessions;

/// <summary>The lock around the originated routes, and the one place that tells sessions of a change.</summary>
internal sealed class RouteBook
{
    private readonly Lock _lock = new();
    private readonly LocalRoutes _routes = new();
    private readonly List<Action> _listeners = [];

    /// <summary>Rises with every change.</summary>
    public long Version
    {
        get
        {
            lock (_lock)
            {
                return _routes.Version;
            }
        }
    }

    /// <summary>Reads the table.</summary>
    public T Read<T>(Func<LocalRoutes, T> read)
    {
        lock (_lock)
        {
            return read(_routes);
        }
    }

    public RouteOwner CreateOwner()
    {
        lock (_lock)
        {
            return _routes.CreateOwner();
        }
    }

    public T Read<T>(RouteOwner owner, Func<LocalRoutes, RouteOwner, T> read)
    {
        lock (_lock)
        {
            return read(_routes, owner);
        }
    }

    public bool Edit(RouteOwner owner, Func<LocalRoutes, RouteOwner, bool> edit)
    {
        Action[] listeners;
        lock (_lock)
        {
            if (!edit(_routes, owner))
            {
                return false;
            }

            listeners = [.. _listeners];
        }

        foreach (var listener in listeners)
        {
            listener();
        }

        return true;
    }

    /// <summary>Opens an Adj-RIB-Out for a new session; <paramref name="changed"/> is called after each edit, on the editor's thread.</summary>
    public AdjRibOut Attach(OutboundPolicy policy, NegotiatedSession negotiated, Action changed)
    {
        lock (_lock)
        {
            _listeners.Add(changed);
            return _routes.Attach(policy, negotiated.Families, negotiated.Wire);
        }
    }

    public void Detach(AdjRibOut rib, Action changed)
    {
        lock (_lock)
        {
            _listeners.Remove(changed);
            _routes.Detach(rib);
        }
    }

    /// <summary>Does something with an Adj-RIB-Out under the lock.</summary>
    public T With<T>(AdjRibOut rib, Func<AdjRibOut, T> use)
    {
        lock (_lock)
        {
            return use(rib);
        }
    }

    public int Fill(AdjRibOut rib, Span<byte> destination, out int messages)
    {
        lock (_lock)
        {
            return rib.Fill(destination, out messages);
        }
    }
}
