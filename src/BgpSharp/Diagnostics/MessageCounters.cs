using BgpSharp.Wire;

namespace BgpSharp.Diagnostics;

/// <summary>One peer's counters. Each is written by one loop at a time and read by anyone.</summary>
internal sealed class MessageCounters
{
    private readonly long[] _received = new long[6];
    private readonly long[] _sent = new long[6];
    private long _prefixesReceived;
    private long _prefixesWithdrawn;
    private long _prefixesDiscarded;
    private long _sessionsEstablished;
    private long _sessionsLost;

    public long PrefixesReceived => Interlocked.Read(ref _prefixesReceived);

    public long PrefixesWithdrawn => Interlocked.Read(ref _prefixesWithdrawn);

    public long PrefixesDiscarded => Interlocked.Read(ref _prefixesDiscarded);

    public long SessionsEstablished => Interlocked.Read(ref _sessionsEstablished);

    public long SessionsLost => Interlocked.Read(ref _sessionsLost);

    public void CountReceived(MessageType type, int messages = 1) => Interlocked.Add(ref _received[(int)type], messages);

    public void CountSent(MessageType type, int messages = 1) => Interlocked.Add(ref _sent[(int)type], messages);

    public void CountPrefixes(int announced, int withdrawn)
    {
        Interlocked.Add(ref _prefixesReceived, announced);
        Interlocked.Add(ref _prefixesWithdrawn, withdrawn);
    }

    public void CountDiscarded(int prefixes) => Interlocked.Add(ref _prefixesDiscarded, prefixes);

    public void CountEstablished() => Interlocked.Increment(ref _sessionsEstablished);

    public void CountLost() => Interlocked.Increment(ref _sessionsLost);

    public long Received(MessageType type) => Interlocked.Read(ref _received[(int)type]);

    public long Sent(MessageType type) => Interlocked.Read(ref _sent[(int)type]);

    public long AllReceived() => Sum(_received);

    public long AllSent() => Sum(_sent);

    private static long Sum(long[] counters)
    {
        var sum = 0L;
        for (var i = 0; i < counters.Length; i++)
        {
            sum += Interlocked.Read(ref counters[i]);
        }

        return sum;
    }
}
