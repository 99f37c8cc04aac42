namespace BgpSharp.Bfd;

/// <summary>The state variables of a session (RFC 5880 §6.8.1). A value: a step makes another of it, without memory.</summary>
internal readonly record struct BfdMachineState
{
    public BfdState State { get; init; }

    public BfdDiagnostic Diagnostic { get; init; }

    public uint LocalDiscriminator { get; init; }

    /// <summary>0: the peer is not heard.</summary>
    public uint RemoteDiscriminator { get; init; }

    public BfdState RemoteState { get; init; }

    public BfdDiagnostic RemoteDiagnostic { get; init; }

    public bool RemoteDemand { get; init; }

    public byte RemoteMultiplier { get; init; }

    public TimeSpan RemoteMinTx { get; init; }

    public TimeSpan RemoteMinRx { get; init; }

    public byte DetectMultiplier { get; init; }

    /// <summary>Whether we mean to send more slowly than configured, since this process could not keep that.</summary>
    public bool IsSlowed { get; init; }

    /// <summary>What our packets say.</summary>
    public TimeSpan DesiredMinTx { get; init; }

    public TimeSpan RequiredMinRx { get; init; }

    /// <summary>What we do: while a poll is under way, not more slowly than the peer may still expect, nor more strictly (§6.8.3).</summary>
    public TimeSpan TxInForce { get; init; }

    public TimeSpan RxInForce { get; init; }

    /// <summary>A Poll Sequence is under way; since when, and how often P was sent.</summary>
    public bool Polling { get; init; }

    public TimeSpan PollBegan { get; init; }

    public int PollsSent { get; init; }

    /// <summary>Until then an F may still be the answer to the poll before (§6.5).</summary>
    public TimeSpan NextPollAt { get; init; }

    /// <summary>When the peer was last heard; null: not within a detection time.</summary>
    public TimeSpan? LastReceived { get; init; }

    public TimeSpan LastSent { get; init; }

    public TimeSpan NextSend { get; init; }

    /// <summary>The interval between our packets, before jitter (§6.8.7).</summary>
    public TimeSpan TransmitInterval => TxInForce > RemoteMinRx ? TxInForce : RemoteMinRx;

    /// <summary>How long a silence means that the peer is gone (§6.8.4); zero: the peer has not been heard.</summary>
    public TimeSpan DetectionTime => RemoteMultiplier * (RxInForce > RemoteMinTx ? RxInForce : RemoteMinTx);

    /// <summary>When silence is judged; null: nothing was heard.</summary>
    public TimeSpan? DetectionDeadline => LastReceived + DetectionTime;

    /// <summary>Whether periodic packets are sent: not to a peer that wants none, nor to one in demand mode but for polls (§6.8.7).</summary>
    public bool IsSending => RemoteMinRx > TimeSpan.Zero
        && (Polling || !(RemoteDemand && State == BfdState.Up && RemoteState == BfdState.Up));

    /// <summary>When the next timer event is due at the latest.</summary>
    public TimeSpan? NextDeadline
    {
        get
        {
            var next = DetectionDeadline;
            if (IsSending && !(next <= NextSend))
            {
                next = NextSend;
            }

            return next;
        }
    }

    /// <summary>The packet to send now.</summary>
    public BfdControlPacket ToPacket(bool final) => new()
    {
        State = State,
        Diagnostic = Diagnostic,
        Poll = Polling && !final,
        Final = final,
        DetectMultiplier = DetectMultiplier,
        MyDiscriminator = LocalDiscriminator,
        YourDiscriminator = RemoteDiscriminator,
        DesiredMinTx = Microseconds(DesiredMinTx),
        RequiredMinRx = Microseconds(RequiredMinRx),
    };

    private static uint Microseconds(TimeSpan interval) => (uint)(interval.Ticks / TimeSpan.TicksPerMicrosecond);
}
