namespace BgpSharp.Bfd;

/// <summary>How a BFD session is timed (RFC 5880), and over what it runs: RFC 5881, or RFC 5883 for several hops.</summary>
public sealed class BfdOptions
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The interval to send at, once Up, when the peer takes as many: 10 ms to 60 s in whole microseconds. While the session is
    /// not Up, it is one second at least. Default: 300 ms.
    /// </summary>
    public TimeSpan TransmitInterval { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The shortest interval that the peer may send at: 10 ms to 60 s in whole microseconds. Default: 300 ms.</summary>
    public TimeSpan ReceiveInterval { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How many of our packets in a row the peer has to miss before it takes us for gone: 1 to 255. Default: 3.</summary>
    public int DetectMultiplier { get; init; } = 3;

    /// <summary>
    /// Whether the peer may be more than one hop away (port 4784). Default: false, and only what comes with a TTL or hop limit
    /// of 255 is taken (port 3784). Both sides have to agree.
    /// </summary>
    public bool Multihop { get; init; }

    /// <summary>
    /// Of a BGP peer: whether its BGP session waits for BFD to be Up, where the peer wants the same
    /// (draft-ietf-idr-bgp-bfd-strict-mode). With a peer that does not, nothing changes. The wait is bounded by the hold time, and by
    /// 30 s where there is none. Another value takes effect with the next BGP session. Default: false.
    /// </summary>
    public bool Strict { get; init; }

    /// <summary>Looks for everything that is wrong with the options.</summary>
    /// <returns>A line for each problem, which names the option, its value and what is allowed; empty: none.</returns>
    public IReadOnlyList<string> FindProblems()
    {
        List<string> problems = [];
        AddProblem(problems, nameof(TransmitInterval), TransmitInterval);
        AddProblem(problems, nameof(ReceiveInterval), ReceiveInterval);
        if (DetectMultiplier is < 1 or > byte.MaxValue)
        {
            problems.Add($"DetectMultiplier is {DetectMultiplier}; allowed: 1 to 255.");
        }

        return problems;
    }

    internal BfdMachineConfig ToConfig(bool adminDown) => new()
    {
        DesiredMinTx = TransmitInterval,
        RequiredMinRx = ReceiveInterval,
        DetectMultiplier = (byte)DetectMultiplier,
        AdminDown = adminDown,
    };

    private static void AddProblem(List<string> problems, string name, TimeSpan interval)
    {
        if (interval < ShortestInterval || interval > LongestInterval || interval.Ticks % TimeSpan.TicksPerMicrosecond != 0)
        {
            problems.Add($"{name} is {interval}; allowed: 10 milliseconds to 60 seconds, in whole microseconds.");
        }
    }
}
