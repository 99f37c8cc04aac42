namespace BgpSharp.Transport;

/// <summary>
/// A connection that can leave a short message where the system keeps it rather than wake its reader, until somebody looks:
/// a thousand sessions at rest cost little more than the look.
/// </summary>
internal interface IQuietInput
{
    /// <summary>
    /// Has the reader woken by this many octets or more from now on, or by the end of the stream. For the reader alone, before
    /// it reads; with more than one it must have handed on all it has read.
    /// </summary>
    void WakeFor(int octets);

    /// <summary>
    /// Takes what lies there, as far as it repeats a message, if the reader is asleep; for anything else it is woken.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="age">How long ago the last octet arrived.</param>
    /// <returns>How many there were.</returns>
    int TakeRepeats(ReadOnlySpan<byte> message, out TimeSpan age);
}
