namespace BgpSharp.Bfd;

/// <summary>What the loop works on, replaced as a whole when a session comes or goes.</summary>
internal sealed class BfdPlan
{
    public BfdPlan(BfdSlot[] slots, BfdReceiver[] receivers, int wakeHandle)
    {
        (Slots, Receivers) = (slots, receivers);
        Polled = GC.AllocateArray<PollHandle>(receivers.Length + 1, pinned: true);
        Polled[0] = new PollHandle { Handle = wakeHandle, Events = PollHandle.Readable };
        for (var i = 0; i < receivers.Length; i++)
        {
            Polled[i + 1] = new PollHandle { Handle = receivers[i].Handle, Events = PollHandle.Readable };
        }
    }

    /// <summary>What the last wait found: whether the wake-up, or the receiver before <paramref name="index"/>, has something.</summary>
    public bool IsReadable(int index) => Polled[index].Returned != 0;

    public BfdSlot[] Slots { get; }

    public BfdReceiver[] Receivers { get; }

    /// <summary>The wake-up first, then the receivers.</summary>
    public PollHandle[] Polled { get; }
}
