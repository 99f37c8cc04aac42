using BgpSharp.Rib;
using BgpSharp.Sessions;

namespace BgpSharp;

/// <summary>
/// A set of routes that one owner announces. What a peer is sent is the union of all sets; where two sets have the same
/// prefix the older set's route is used until it lets go. Editing never waits for a peer. Thread-safe.
/// </summary>
public sealed class BgpRouteSet : IDisposable
{
    private readonly RouteBook _book;
    private readonly RouteOwner _owner;
    private bool _disposed;

    internal BgpRouteSet(RouteBook book)
    {
        _book = book;
        _owner = book.CreateOwner();
    }

    /// <summary>How many routes the set has.</summary>
    public int Count => _book.Read(_owner, static (_, owner) => owner.Count);

    /// <summary>The routes of the set, a copy.</summary>
    /// <returns>The routes, in no particular order.</returns>
    public IReadOnlyList<BgpRoute> Snapshot() => _book.Read(_owner, static (routes, owner) => routes.Snapshot(owner));

    /// <summary>Looks whether a route could be announced, as <see cref="Announce(BgpRoute)"/> does.</summary>
    /// <param name="route">The route.</param>
    /// <returns>Why it could not, with what is allowed; null: it could.</returns>
    public static string? FindProblem(BgpRoute route) =>
        route.Prefix.IsNone ? "A route needs a prefix."
        : route.Attributes.NextHop is { } nextHop ? NextHopRule.Problem(route.Prefix.Family, nextHop)
        : null;

    /// <summary>Announces a route, or changes the attributes of one.</summary>
    /// <param name="route">The route.</param>
    /// <exception cref="ArgumentException">The route has no prefix, or a next hop that no peer could use.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed.</exception>
    public void Announce(BgpRoute route)
    {
        if (route.Prefix.IsNone)
        {
            throw new ArgumentException("A route needs a prefix.", nameof(route));
        }

        NextHopRule.ThrowIfUnusable(route, nameof(route));

        Edit((routes, owner) => routes.Announce(owner, route.Prefix, route.Attributes));
    }

    /// <summary>Announces prefixes that share their attributes, and so travel together.</summary>
    /// <param name="prefixes">The prefixes.</param>
    /// <param name="attributes">The attributes; null means <see cref="BgpRouteAttributes.Default"/>.</param>
    /// <exception cref="ArgumentException">One of them is no prefix, or the next hop is one no peer could use; nothing was announced.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed.</exception>
    public void Announce(IEnumerable<IpPrefix> prefixes, BgpRouteAttributes? attributes = null)
    {
        ArgumentNullException.ThrowIfNull(prefixes);
        BgpRoute[] added = [.. prefixes.Select(prefix => new BgpRoute(prefix, attributes))];
        foreach (var route in added)
        {
            NextHopRule.ThrowIfUnusable(route, nameof(attributes));
        }

        Edit((routes, owner) =>
        {
            var changed = false;
            foreach (var route in added)
            {
                changed |= routes.Announce(owner, route.Prefix, route.Attributes);
            }

            return changed;
        });
    }

    /// <summary>Withdraws a prefix.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <returns>Whether the set had it.</returns>
    /// <exception cref="ObjectDisposedException">The set was disposed.</exception>
    public bool Withdraw(IpPrefix prefix) => Edit((routes, owner) => routes.Withdraw(owner, prefix));

    /// <summary>Makes the set what is given, by the difference: peers hear only of what changes.</summary>
    /// <param name="desired">All routes of the set.</param>
    /// <exception cref="ArgumentException">One of them has no prefix, or a next hop that no peer could use; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed.</exception>
    public void Replace(IEnumerable<BgpRoute> desired)
    {
        ArgumentNullException.ThrowIfNull(desired);
        BgpRoute[] routesWanted = [.. desired];
        if (routesWanted.Any(route => route.Prefix.IsNone))
        {
            throw new ArgumentException("A route needs a prefix.", nameof(desired));
        }

        foreach (var route in routesWanted)
        {
            NextHopRule.ThrowIfUnusable(route, nameof(desired));
        }

        Edit((routes, owner) => routes.Replace(owner, routesWanted));
    }

    /// <summary>Withdraws all routes of the set and ends its use.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _book.Edit(_owner, static (routes, owner) => routes.Clear(owner));
        }
    }

    private bool Edit(Func<LocalRoutes, RouteOwner, bool> edit)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _book.Edit(_owner, edit);
    }
}
