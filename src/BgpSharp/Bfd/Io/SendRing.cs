using System.Runtime.InteropServices;

namespace BgpSharp.Bfd;

/// <summary>
/// Packets of one session that the kernel sends at their time without us (io_uring): each is a timeout with the send linked to it.
/// They are sent as work of the thread that handed them over: while it is stopped, or has no processor, they wait, and go together
/// after that. Used by one thread.
/// </summary>
internal sealed unsafe class SendRing : IDisposable
{
    /// <summary>ECANCELED, which a packet that was taken back ends with.</summary>
    public const int Cancelled = -125;

    private const int NoSuchEntry = -2;
    private const int Entries = 64;
    private const int SendMessage = 9;
    private const int Timeout = 11;
    private const int Cancel = 14;
    private const byte Link = 1 << 2;
    private const byte SkipSuccess = 1 << 6;
    private const uint AbsoluteTime = 1;
    private const uint TimeIsSuccess = 1 << 5;
    private const uint CancelAll = 1 << 0;
    private const uint CancelAny = 1 << 2;
    private const uint DontWait = 0x40;

    private readonly RingMemory _memory;
    private readonly LibC.TimeSpec* _times = (LibC.TimeSpec*)NativeMemory.AllocZeroed(Entries, (nuint)sizeof(LibC.TimeSpec));
    private int _filled;

    private SendRing(RingMemory memory) => _memory = memory;

    private enum Part : ulong
    {
        Cancel,
        Timeout,
        Send,
    }

    /// <summary>Null where the system does not have it, or does not permit it; <paramref name="error"/> says which.</summary>
    public static SendRing? TryOpen(out int error)
    {
        if (TimeNamespace.IsShifted)
        {
            // Before Linux 7.1 the kernel would take our times for those of the host.
            error = RingMemory.NotSupported;
            return null;
        }

        if (RingMemory.TryOpen(Entries, out error) is not { } memory)
        {
            return null;
        }

        var ring = new SendRing(memory);
        if (ring.CanTakeBack(out error))
        {
            return ring;
        }

        ring.Dispose();
        return null;
    }

    /// <summary>Adds a packet, whose memory stays as it is until it was sent or taken back.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="message">struct msghdr.</param>
    /// <param name="at">When, by the monotonic clock.</param>
    /// <returns>Whether the kernel is willing; packets are in its hands after <see cref="TrySubmit"/>.</returns>
    public bool TryAdd(int socket, LibC.MessageHeader* message, TimeSpan at)
    {
        if (_filled + 2 > Entries && !TrySubmit())
        {
            return false;
        }

        var time = &_times[_filled];
        time->Seconds = at.Ticks / TimeSpan.TicksPerSecond;
        time->Nanoseconds = at.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
        var timeout = Entry(Timeout, Part.Timeout);
        timeout->Flags = Link | SkipSuccess;
        timeout->Address = (ulong)time;
        timeout->Length = 1;
        timeout->OperationFlags = AbsoluteTime | TimeIsSuccess;
        var send = Entry(SendMessage, Part.Send);
        send->Flags = SkipSuccess;
        send->File = socket;
        send->Address = (ulong)message;
        send->Length = 1;
        send->OperationFlags = DontWait;
        return true;
    }

    public bool TrySubmit()
    {
        var isDone = _memory.Submit(_filled);
        _filled = 0;
        return isDone;
    }

    /// <summary>Takes back all packets that are not due yet; when it returns, no other is sent, but for one that is due as it does.</summary>
    public bool TryTakeBack()
    {
        // What was not submitted never will be.
        _filled = 0;
        var entry = Entry(Cancel, Part.Cancel);
        entry->Flags = SkipSuccess;
        entry->OperationFlags = CancelAll | CancelAny;
        return TrySubmit();
    }

    /// <summary>The next packet that was not sent, and the negative error; false: all went well, or waits.</summary>
    public bool TryTakeFailure(out bool isSend, out int error)
    {
        var isTaken = _memory.TryTake(out var userData, out error);
        isSend = (Part)userData == Part.Send;
        return isTaken;
    }

    public void Dispose()
    {
        _memory.Dispose();
        NativeMemory.Free(_times);
    }

    // A kernel that does not know how would let packets go that are not true any more.
    private bool CanTakeBack(out int error)
    {
        Entry(Cancel, Part.Cancel)->OperationFlags = CancelAll | CancelAny;
        if (!TrySubmit())
        {
            error = Marshal.GetLastPInvokeError();
            return false;
        }

        var isAnswered = _memory.TryTake(out _, out var result);
        error = isAnswered ? -result : RingMemory.NotSupported;
        return isAnswered && result is >= 0 or NoSuchEntry;
    }

    private RingMemory.SubmissionEntry* Entry(byte operation, Part part)
    {
        var entry = _memory.Entry(_filled++);
        *entry = new RingMemory.SubmissionEntry { Operation = operation, File = -1, UserData = (ulong)part };
        return entry;
    }
}
