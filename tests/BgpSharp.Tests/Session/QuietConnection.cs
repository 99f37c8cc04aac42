using BgpSharp.Transport;

namespace BgpSharp.Tests.Session;

/// <summary>A connection beside whose reader a test lays messages.</summary>
internal sealed class QuietConnection(BgpConnection inner) : WrappedConnection(inner), IQuietInput
{
    /// <summary>What wakes the reader.</summary>
    public int WakesFor { get; private set; } = 1;

    /// <summary>How many messages lie there, and since when; a look takes them.</summary>
    public (int Messages, TimeSpan Age) Lying { get; set; }

    /// <summary>How often somebody looked.</summary>
    public int Looks { get; private set; }

    /// <summary>Thrown by a look; null: nothing is.</summary>
    public Exception? OnLook { get; set; }

    public void WakeFor(int octets) => WakesFor = octets;

    public int TakeRepeats(ReadOnlySpan<byte> message, out TimeSpan age)
    {
        Looks++;
        if (OnLook is { } exception)
        {
            throw exception;
        }

        (var messages, age) = Lying;
        Lying = default;
        return messages;
    }
}
