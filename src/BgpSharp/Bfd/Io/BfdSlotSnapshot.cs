namespace BgpSharp.Bfd;

/// <summary>What others see of a slot.</summary>
internal readonly record struct BfdSlotSnapshot(
    BfdMachineState State, long Sent, long SendErrors, long Received, long Discarded, long FromAfar, long TimesUp, long TimesDown)
{
    public BfdStatistics ToStatistics() => new()
    {
        PacketsSent = Sent,
        SendErrors = SendErrors,
        PacketsReceived = Received,
        PacketsDiscarded = Discarded,
        PacketsFromAfar = FromAfar,
        TimesUp = TimesUp,
        TimesDown = TimesDown,
    };
}
