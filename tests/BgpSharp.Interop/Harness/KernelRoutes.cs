using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace BgpSharp.Interop.Harness;

/// <summary>The kernel's IPv4 routes in a namespace. Waiting is woken by rtnetlink, and reads the table with <c>ip -j route</c>.</summary>
internal sealed class KernelRoutes : IDisposable
{
    private const int RawCloseOnExec = 3 | 0x80000;
    private const uint Ipv4Routes = 0x40;
    // RTNLGRP_NEXTHOP: FRR may change a next hop group without touching the route.
    private const uint NextHopGroups = 0x80000000;
    // How .NET reports ENOBUFS: messages were lost, so something has changed.
    private const int Overflow = -131074;

    private readonly string _ns;
    private readonly Func<Task<string>> _explain;
    private readonly Socket _netlink;
    private readonly ChangeSignal _changed = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    private KernelRoutes(string ns, Func<Task<string>> explain)
    {
        _ns = ns;
        _explain = explain;
        _netlink = NetNs.Run(ns, OpenNetlink);
        _netlink.Bind(new NetlinkEndPoint(Ipv4Routes | NextHopGroups));
        _reading = ReadAsync();
    }

    /// <param name="ns">The namespace.</param>
    /// <param name="explain">Makes the text a failed wait adds to the routes it saw.</param>
    public static KernelRoutes Watch(string ns, Func<Task<string>> explain) => new(ns, explain);

    /// <summary>All routes of exactly this prefix; the kernel may have several of different metric.</summary>
    public async Task<IReadOnlyList<KernelRoute>> GetAsync(string prefix)
    {
        using var json = JsonDocument.Parse(await ShowJsonAsync(prefix));
        return [.. json.RootElement.EnumerateArray().Select(KernelRoute.Parse)];
    }

    /// <summary>The next hops of BGP's route to the prefix; empty when there is none.</summary>
    public async Task<IReadOnlyList<IPAddress>> NextHopsAsync(string prefix) =>
        (await GetAsync(prefix)).SingleOrDefault(r => r.Protocol == "bgp")?.NextHops ?? [];

    /// <summary>Waits until BGP's route to the prefix has exactly these next hops, in any order. None means: until it is gone.</summary>
    /// <exception cref="TimeoutException">With the routes there were.</exception>
    public Task WaitForNextHopsAsync(string prefix, IReadOnlyCollection<IPAddress> expected, TimeSpan? deadline = null) =>
        WaitAsync(prefix,
            routes => routes.Count(r => r.Protocol == "bgp") == (expected.Count == 0 ? 0 : 1)
                && routes.Where(r => r.Protocol == "bgp").SelectMany(r => r.NextHops).ToHashSet().SetEquals(expected),
            $"next hops [{string.Join(", ", expected)}]",
            deadline);

    /// <summary>Waits until the routes of the prefix are as wanted.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="wanted">Judges the routes of exactly this prefix.</param>
    /// <param name="what">Names the wish in the failure message.</param>
    /// <param name="deadline">30 s by default.</param>
    /// <exception cref="TimeoutException">With the routes there were.</exception>
    public async Task WaitAsync(string prefix, Func<IReadOnlyList<KernelRoute>, bool> wanted, string what, TimeSpan? deadline = null)
    {
        using var limit = new Deadline(deadline);
        while (true)
        {
            var changed = _changed.Next;
            if (wanted(await GetAsync(prefix)))
            {
                return;
            }
            try
            {
                await await Task.WhenAny(changed, _reading).WaitAsync(limit.Token);
                ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            }
            catch (OperationCanceledException) when (limit.Passed)
            {
                throw new TimeoutException($"no route to {prefix} with {what} within {limit.Limit.TotalSeconds} s; the kernel has\n"
                    + $"{await ShowAsync(prefix)}\n{await _explain()}");
            }
        }
    }

    /// <summary>The kernel's routes to the prefix as an operator sees them.</summary>
    public Task<string> ShowAsync(string prefix) => Ip.RunAsync(_ns, "route", "show", prefix);

    /// <summary>The output of <c>ip -j route show PREFIX</c>.</summary>
    public async Task<string> ShowJsonAsync(string prefix)
    {
        var json = await Ip.RunAsync(_ns, "-j", "route", "show", prefix);
        return string.IsNullOrWhiteSpace(json) ? "[]" : json;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _netlink.Dispose();
        _stop.Dispose();
    }

    private static Socket OpenNetlink()
    {
        const int Route = 0;
        var descriptor = Native.OpenSocket(NetlinkEndPoint.Family, RawCloseOnExec, Route);
        return descriptor >= 0
            ? new Socket(new SafeSocketHandle(descriptor, ownsHandle: true))
            : throw new Win32Exception(Marshal.GetLastPInvokeError(), "no rtnetlink socket");
    }

    /// <summary>Only that something changed is of interest: what, <c>ip</c> tells better.</summary>
    private async Task ReadAsync()
    {
        var buffer = new byte[65536];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _netlink.ReceiveAsync(buffer, SocketFlags.None, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException e) when (e.NativeErrorCode == Overflow)
            {
            }
            _changed.Raise();
        }
    }
}
