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

    /// <summary>The session's state, or the peer's, is another one.</summary>
    StateChanged = 4,
}
