namespace BgpSharp.Simulation.Bfd;

/// <summary>Mistakes made on purpose in a BFD machine, to see that the invariants find them. None exists outside this assembly.</summary>
public enum BfdMutation
{
    None,

    /// <summary>Silence is never judged.</summary>
    DetectionNeverExpires,

    /// <summary>Silence is judged one packet too early.</summary>
    DetectionTooShort,

    /// <summary>Silence is judged by our own multiplier.</summary>
    OwnMultiplier,

    /// <summary>Silence is judged by the peer's interval alone, though we asked for a longer one.</summary>
    OwnIntervalIgnored,

    /// <summary>A longer interval between our packets does not wait for the end of the poll.</summary>
    LongerTransmitAtOnce,

    /// <summary>A shorter interval that we ask for does not wait for the end of the poll.</summary>
    ShorterReceiveAtOnce,

    /// <summary>What the peer asks for is not looked at.</summary>
    PeerIntervalIgnored,

    /// <summary>A peer that takes more is not sent more before the next packet that was planned.</summary>
    ShorterIntervalNotHonoured,

    /// <summary>Polls are not answered.</summary>
    PollNotAnswered,

    /// <summary>A poll goes on after it was answered.</summary>
    PollNotEnded,

    /// <summary>The fast interval is used while Down.</summary>
    FastWhileDown,

    /// <summary>Packets are sent after the interval and a quarter, not before it.</summary>
    JitterUpwards,

    /// <summary>A peer that says Down is not believed.</summary>
    DownIgnored,

    /// <summary>A peer that holds the session down is not believed.</summary>
    AdminDownIgnored,

    /// <summary>A silent peer is not forgotten, so that it is sent its old discriminator.</summary>
    DiscriminatorKept,

    /// <summary>Changes of the state wait for the next periodic packet.</summary>
    NewsNotSent,

    /// <summary>Held down on purpose, the machine comes back by itself.</summary>
    AdminDownLeft,

    /// <summary>The interval configured is held to, however late the process is.</summary>
    PauseIgnored,

    /// <summary>Packets that were handed over before their time go out though they are not true any more.</summary>
    NothingTakenBack,
}
