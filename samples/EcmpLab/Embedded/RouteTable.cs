using System.Net;
using BgpSharp;

namespace EcmpLab.Embedded;

/// <summary>
/// The routes of all peers. All paths to a prefix are equal here, so its next hops are those of every peer that announces
/// it. Thread-safe.
/// </summary>
internal sealed class RouteTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(IPAddress Peer, IpPrefix Prefix), IPAddress> _nextHops = [];
    private TaskCompletionSource _changed = NewSignal();

    public void Set(IPAddress peer, IpPrefix prefix, IPAddress nextHop) => Change(prefix, () => _nextHops[(peer, prefix)] = nextHop);

    public void Remove(IPAddress peer, IpPrefix prefix) => Change(prefix, () => _nextHops.Remove((peer, prefix)));

    /// <summary>A session has ended, and its routes with it.</summary>
    public void RemoveAll(IPAddress peer)
    {
        IpPrefix[] prefixes;
        lock (_lock)
        {
            prefixes = [.. _nextHops.Keys.Where(key => key.Peer.Equals(peer)).Select(key => key.Prefix)];
        }

        foreach (var prefix in prefixes)
        {
            Remove(peer, prefix);
        }
    }

    public int CountFrom(IPAddress peer)
    {
        lock (_lock)
        {
            return _nextHops.Keys.Count(key => key.Peer.Equals(peer));
        }
    }

    public IReadOnlyCollection<IPAddress> NextHopsOf(IpPrefix prefix)
    {
        lock (_lock)
        {
            return Select(prefix);
        }
    }

    /// <inheritdoc cref="ILab.WaitForNextHopsAsync"/>
    public async Task<IReadOnlyCollection<IPAddress>> WaitForNextHopsAsync(IpPrefix prefix, IReadOnlyCollection<IPAddress> wanted, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        while (true)
        {
            IReadOnlyCollection<IPAddress> seen;
            Task changed;
            lock (_lock)
            {
                seen = Select(prefix);
                changed = _changed.Task;
            }

            if (wanted.ToHashSet().SetEquals(seen))
            {
                return seen;
            }

            try
            {
                await changed.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return seen;
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IPAddress[] Select(IpPrefix prefix) =>
        [.. _nextHops.Where(route => route.Key.Prefix == prefix).Select(route => route.Value).Distinct().OrderBy(address => address.ToString(), StringComparer.Ordinal)];

    private void Change(IpPrefix prefix, Action change)
    {
        lock (_lock)
        {
            var before = Select(prefix);
            change();
            var after = Select(prefix);
            if (!after.SequenceEqual(before))
            {
                Console.WriteLine($"  {prefix} has {after.Length switch { 0 => "no next hop", 1 => "1 next hop: ", var more => $"{more} next hops: " }}{string.Join(", ", after.AsEnumerable())}");
            }

            _changed.SetResult();
            _changed = NewSignal();
        }
    }
}
