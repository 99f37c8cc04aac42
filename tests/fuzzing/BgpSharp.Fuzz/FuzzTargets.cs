using BgpSharp.Wire;

namespace BgpSharp.Fuzz;

/// <summary>
/// What is promised about any input: a typed outcome, no exception, an end, bounded memory; and what was read can be
/// written and read again. The first octet of an input chooses the target, the second one sets what was agreed.
/// </summary>
public static class FuzzTargets
{
    private const int MemoryFactor = 16;
    private const int MemoryConstant = 4096;

    internal delegate void Target(ReadOnlySpan<byte> input, in WireContext context);

    private static readonly Target[] s_targets =
    [
        UpdateTarget.Judge,
        UpdateTarget.Walk,
        MessageTargets.Open,
        MessageTargets.Notification,
        MessageTargets.RouteRefresh,
        MessageTargets.Frames,
        MrtTarget.Read,
        TextTarget.Parse,
    ];

    /// <summary>Runs one input.</summary>
    /// <param name="input">Any octets.</param>
    /// <exception cref="BrokenPromiseException">A promise was broken.</exception>
    public static void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < 2)
        {
            return;
        }

        var bits = input[1];
        var context = new WireContext
        {
            FourOctetAsn = (bits & 1) != 0,
            IsInternal = (bits & 2) != 0,
            AddPathIpv4Unicast = (bits & 4) != 0,
            AddPathIpv6Unicast = (bits & 8) != 0,
            MaximumMessageLength = (bits & 16) != 0 ? ushort.MaxValue : WireLimits.MaximumMessageLength,
        };
        Run(s_targets[input[0] % s_targets.Length], input[2..], context);
    }

    /// <summary>Runs a target; what breaks a promise must break it twice.</summary>
    internal static void Run(Target target, ReadOnlySpan<byte> input, in WireContext context)
    {
        try
        {
            target(input, context);
        }
        catch (BrokenPromiseException)
        {
            // What a first call sets up once is not the input's doing: it has to break the promise again.
            target(input, context);
        }
    }

    /// <summary>Fails when more was allocated than an input of this length may cost.</summary>
    internal static void CheckAllocated(long before, int inputLength, string what)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > ((long)MemoryFactor * inputLength) + MemoryConstant)
        {
            throw new BrokenPromiseException($"{what}: {inputLength} octets cost {allocated} octets of memory");
        }
    }

    internal static void Check(bool holds, string promise)
    {
        if (!holds)
        {
            throw new BrokenPromiseException(promise);
        }
    }
}
