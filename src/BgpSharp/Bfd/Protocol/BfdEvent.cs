namespace BgpSharp.Bfd;

/// <summary>An input of the state machine.</summary>
internal readonly record struct BfdEvent
{
    public BfdEventKind Kind { get; init; }

    /// <summary>Monotonic time, now.</summary>
    public TimeSpan At { get; init; }

    /// <summary>Of a packet: when the kernel had it. Silence is counted from there.</summary>
    public TimeSpan ArrivedAt { get; init; }

    /// <summary>Of a timer: everything that arrived until then was handed on. Silence is judged by it, not by the time it is now.</summary>
    public TimeSpan HeardUntil { get; init; }

    /// <summary>Chance, 0 to less than 1 (§6.8.7).</summary>
    public double Jitter { get; init; }

    /// <summary>The shortest interval to send at that this process can keep; zero: any.</summary>
    public TimeSpan LeastInterval { get; init; }

    public BfdControlPacket Packet { get; init; }

    public static BfdEvent Timer(TimeSpan now, TimeSpan heardUntil, double jitter) =>
        new() { Kind = BfdEventKind.Timer, At = now, HeardUntil = heardUntil, Jitter = jitter };

    public static BfdEvent Received(in BfdControlPacket packet, TimeSpan arrivedAt, TimeSpan now, double jitter) =>
        new() { Kind = BfdEventKind.Packet, At = now, ArrivedAt = arrivedAt, Packet = packet, Jitter = jitter };
}
