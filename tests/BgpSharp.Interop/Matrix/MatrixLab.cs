using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Matrix;

/// <summary>One router for all tests of a class. Each test has a speaker of its own with one of the router's neighbors.</summary>
public abstract class MatrixLab : IAsyncDisposable
{
    private int _prefixes;

    internal Lab Lab { get; private set; } = null!;

    internal MatrixRouter Router { get; private set; } = null!;

    /// <summary>Starts everything at its first call: a fixture's constructor could not skip a test.</summary>
    internal async Task ReadyAsync()
    {
        if (Router is not null)
        {
            return;
        }
        Lab ??= await Lab.CreateAsync(MatrixPlan.Kinds.Count);
        await SetAddressAsync(Lab.RouterNs, MatrixPlan.RouterV6);
        foreach (var kind in MatrixPlan.Kinds)
        {
            await SetAddressAsync(Lab.MasterNs((int)kind), MatrixPlan.OurV6(kind));
        }
        var router = Create(Lab);
        await router.StartAsync();
        Router = router;
    }

    /// <summary>A prefix that no other test announces.</summary>
    internal IpPrefix NextPrefix() => IpPrefix.Parse($"203.0.113.{++_prefixes}/32");

    /// <inheritdoc cref="NextPrefix"/>
    internal IpPrefix NextPrefix6() => IpPrefix.Parse($"2001:db8:1::{++_prefixes:x}/128");

    private protected abstract MatrixRouter Create(Lab lab);

    private static Task SetAddressAsync(string ns, System.Net.IPAddress address) =>
        Ip.BatchAsync(ns, $"addr replace {address}/64 dev {LabTopology.Interface} nodad");

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Lab is not null)
        {
            await Lab.DisposeAsync();
        }
    }
}
