using System.Runtime.InteropServices;

namespace BgpSharp.Bfd;

/// <summary>
/// Packets that the kernel sends at their time without us (io_uring, Linux 6.0): each is a timeout with the send linked to it. A
/// process that is stopped, or that ended, sends none. Of one thread, which also made it.
/// </summary>
internal sealed unsafe class SendRing : IDisposable
{
    /// <summary>ECANCELED, which a packet that was taken back ends with.</summary>
    public const int Cancelled = -125;

    private const int Entries = 64;
    private const int SendMessage = 9;
    private const int Timeout = 11;
    private const int Cancel = 14;
    private const byte Link = 1 << 2;
    private const byte SkipSuccess = 1 << 6;
    private const uint AbsoluteTime = 1;
    private const uint TimeIsSuccess = 1 << 5;
    private const uint CancelAll = 1;
    private const uint DontWait = 0x40;

    private readonly RingMemory _memory;
    private readonly LibC.TimeSpec* _times = (LibC.TimeSpec*)NativeMemory.AllocZeroed(Entries, (nuint)sizeof(LibC.TimeSpec));
    private int _filled;

    private SendRing(RingMemory memory) => _memory = memory;

    /// <summary>Null where the system does not have it, or does not permit it; <paramref name="error"/> says which.</summary>
    public static SendRing? TryOpen(out int error) => RingMemory.TryOpen(Entries, out error) is { } memory ? new SendRing(memory) : null;

    /// <summary>Adds a packet, whose memory stays as it is until it was sent or taken back.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="message">struct msghdr.</param>
    /// <param name="at">When, by the monotonic clock.</param>
    /// <param name="tag">Whose it is: not 0.</param>
    /// <returns>Whether the kernel is willing; packets are in its hands after <see cref="TrySubmit"/>.</returns>
    public bool TryAdd(int socket, LibC.MessageHeader* message, TimeSpan at, uint tag)
    {
        if (_filled + 2 > Entries && !TrySubmit())
        {
            return false;
        }

        var time = &_times[_filled];
        time->Seconds = at.Ticks / TimeSpan.TicksPerSecond;
        time->Nanoseconds = at.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
        var timeout = Entry(Timeout, tag, isSend: false);
        timeout->Flags = Link | SkipSuccess;
        timeout->Address = (ulong)time;
        timeout->Length = 1;
        timeout->OperationFlags = AbsoluteTime | TimeIsSuccess;
        var send = Entry(SendMessage, tag, isSend: true);
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

    /// <summary>Takes back all packets of <paramref name="tag"/> that were not due yet; when it returns, none of them will be sent.</summary>
    public bool TryTakeBack(uint tag)
    {
        if (_filled == Entries && !TrySubmit())
        {
            return false;
        }

        var entry = Entry(Cancel, 0, isSend: false);
        entry->Flags = SkipSuccess;
        entry->Address = UserData(tag, isSend: false);
        entry->OperationFlags = CancelAll;
        return TrySubmit();
    }

    /// <summary>The next packet that was not sent, and the negative error; false: all went well, or waits.</summary>
    public bool TryTakeFailure(out uint tag, out bool isSend, out int error)
    {
        if (!_memory.TryTake(out var userData, out error))
        {
            (tag, isSend) = (0, false);
            return false;
        }

        (tag, isSend) = ((uint)(userData >> 1), (userData & 1) != 0);
        return true;
    }

    public void Dispose()
    {
        _memory.Dispose();
        NativeMemory.Free(_times);
    }

    private static ulong UserData(uint tag, bool isSend) => ((ulong)tag << 1) | (isSend ? 1UL : 0);

    private RingMemory.SubmissionEntry* Entry(byte operation, uint tag, bool isSend)
    {
        var entry = _memory.Entry(_filled++);
        *entry = new RingMemory.SubmissionEntry { Operation = operation, File = -1, UserData = UserData(tag, isSend) };
        return entry;
    }
}
