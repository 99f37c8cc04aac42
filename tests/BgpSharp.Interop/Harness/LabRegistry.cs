using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace BgpSharp.Interop.Harness;

/// <summary>The labs that are up, so that none outlives the test process: at its exit and on Ctrl+C they are torn down.</summary>
internal static class LabRegistry
{
    private static readonly ConcurrentDictionary<Lab, bool> Labs = new();
    private static int _last;

    // Kept alive for the life of the process; the signals' default action, or the test runner's, still follows.
    // SIGTERM too: from .NET 10 on it no longer leads to ProcessExit by itself.
    private static readonly PosixSignalRegistration[] Signals =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(s => PosixSignalRegistration.Create(s, _ => TearDownAll()))];

    static LabRegistry() => AppDomain.CurrentDomain.ProcessExit += (_, _) => TearDownAll();

    /// <summary>A name no other lab on this machine has, short enough for socket paths under /run/NAME.</summary>
    public static string NextName() => $"bgp{Environment.ProcessId}-{Interlocked.Increment(ref _last)}";

    public static void Add(Lab lab) => Labs[lab] = true;

    public static void Remove(Lab lab) => Labs.TryRemove(lab, out _);

    private static void TearDownAll() =>
        Task.WhenAll(Labs.Keys.Select(lab => lab.DisposeAsync().AsTask())).WaitAsync(Deadline.Default).GetAwaiter().GetResult();
}
