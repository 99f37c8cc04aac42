namespace BgpSharp.Bfd;

/// <summary>What a step asks for. Packets carry the state after the step.</summary>
[Flags]
internal enum BfdActions
{
    None = 0,

    /// <summary>Send a packet: a periodic one, or one whose content is news.</summary>
    Send = 1,

    /// <summary>Answer a poll: send a packet with the F bit, whatever the timers say.</summary>
    SendFinal = 2,

    /// <summary>Others want to know: the state is another one, the intervals in force are, or the peer is or was held down on purpose.</summary>
    StateChanged = 4,
}
