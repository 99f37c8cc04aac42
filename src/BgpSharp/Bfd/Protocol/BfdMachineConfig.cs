namespace BgpSharp.Bfd;

/// <summary>What the machine of a session is asked to do. Other values may be given at any step.</summary>
internal sealed record BfdMachineConfig
{
    /// <summary>The interval to send at, once Up.</summary>
    public required TimeSpan DesiredMinTx { get; init; }

    /// <summary>The least interval that the peer may send at.</summary>
    public required TimeSpan RequiredMinRx { get; init; }

    public required byte DetectMultiplier { get; init; }

    public bool AdminDown { get; init; }
}
