using System.Runtime.InteropServices;

namespace BgpSharp.Bfd;

/// <summary>The memory that a ring of io_uring shares with the kernel, and its three system calls. The offsets are the kernel's ABI.</summary>
internal sealed unsafe class RingMemory : IDisposable
{
    public const int NotSupported = 95;

    private const int Interrupted = 4;
    private const uint GetEvents = 1;
    private const uint Overflown = 1 << 1;
    private const long EntriesOffset = 0x10000000;

    // One mapping, no completion lost, none for what went well, files looked up when their turn comes.
    private const uint Features = (1 << 0) | (1 << 1) | (1 << 11) | (1 << 12);

    private readonly int _handle;
    private readonly byte* _rings;
    private readonly nuint _ringsLength;
    private readonly SubmissionEntry* _entries;
    private readonly nuint _entriesLength;
    private readonly SetupParameters _parameters;
    private readonly uint _submissionMask;
    private readonly uint _completionMask;
    private uint _tail;

    private RingMemory(int handle, in SetupParameters parameters, byte* rings, nuint ringsLength, byte* entries, nuint entriesLength)
    {
        (_handle, _parameters, _ringsLength, _entriesLength) = (handle, parameters, ringsLength, entriesLength);
        _rings = rings;
        _entries = (SubmissionEntry*)entries;
        _submissionMask = *(uint*)(rings + parameters.SubmissionMask);
        _completionMask = *(uint*)(rings + parameters.CompletionMask);
        _tail = *(uint*)(rings + parameters.SubmissionTail);
        var array = (uint*)(rings + parameters.SubmissionArray);
        for (uint i = 0; i <= _submissionMask; i++)
        {
            array[i] = i;
        }
    }

    public static RingMemory? TryOpen(int entries, out int error)
    {
        SetupParameters parameters = default;
        var handle = LibC.SetupRing(LibC.IoUringSetup, (uint)entries, &parameters);
        if (handle < 0)
        {
            error = Marshal.GetLastPInvokeError();
            return null;
        }

        if ((parameters.Features & Features) != Features)
        {
            _ = LibC.Close(handle);
            error = NotSupported;
            return null;
        }

        var ringsLength = Math.Max(
            parameters.SubmissionArray + (parameters.SubmissionEntries * sizeof(uint)),
            parameters.Completions + (parameters.CompletionEntries * (uint)sizeof(Completion)));
        var entriesLength = parameters.SubmissionEntries * (uint)sizeof(SubmissionEntry);
        var rings = LibC.Map(handle, ringsLength, 0);
        var memory = rings is null ? null : LibC.Map(handle, entriesLength, EntriesOffset);
        error = Marshal.GetLastPInvokeError();
        if (memory is not null)
        {
            return new RingMemory(handle, parameters, rings, ringsLength, memory, entriesLength);
        }

        if (rings is not null)
        {
            _ = LibC.Unmap(rings, ringsLength);
        }

        _ = LibC.Close(handle);
        return null;
    }

    /// <summary>The entry that is <paramref name="index"/> after those submitted.</summary>
    public SubmissionEntry* Entry(int index) => &_entries[(_tail + (uint)index) & _submissionMask];

    /// <summary>Whether the kernel took all of them.</summary>
    public bool Submit(int count)
    {
        _tail += (uint)count;
        Volatile.Write(ref *(uint*)(_rings + _parameters.SubmissionTail), _tail);
        int taken;
        do
        {
            taken = LibC.EnterRing(LibC.IoUringEnter, _handle, (uint)count, 0, 0, 0, 0);
        }
        while (taken < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        return taken == count;
    }

    public bool TryTake(out ulong userData, out int result)
    {
        ref var head = ref *(uint*)(_rings + _parameters.CompletionHead);
        ref var tail = ref *(uint*)(_rings + _parameters.CompletionTail);
        if (head == Volatile.Read(ref tail) && (Volatile.Read(ref *(uint*)(_rings + _parameters.SubmissionFlags)) & Overflown) != 0)
        {
            // More than there was room for: the kernel kept the rest.
            _ = LibC.EnterRing(LibC.IoUringEnter, _handle, 0, 0, GetEvents, 0, 0);
        }

        if (head == Volatile.Read(ref tail))
        {
            (userData, result) = (0, 0);
            return false;
        }

        var completion = ((Completion*)(_rings + _parameters.Completions))[head & _completionMask];
        (userData, result) = (completion.UserData, completion.Result);
        Volatile.Write(ref head, head + 1);
        return true;
    }

    public void Dispose()
    {
        _ = LibC.Unmap(_rings, _ringsLength);
        _ = LibC.Unmap((byte*)_entries, _entriesLength);
        _ = LibC.Close(_handle);
    }

    /// <summary>struct io_uring_sqe.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    public struct SubmissionEntry
    {
        [FieldOffset(0)]
        public byte Operation;

        [FieldOffset(1)]
        public byte Flags;

        [FieldOffset(4)]
        public int File;

        [FieldOffset(16)]
        public ulong Address;

        [FieldOffset(24)]
        public uint Length;

        [FieldOffset(28)]
        public uint OperationFlags;

        [FieldOffset(32)]
        public ulong UserData;
    }

    /// <summary>struct io_uring_params.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 120)]
    internal struct SetupParameters
    {
        [FieldOffset(0)]
        public uint SubmissionEntries;

        [FieldOffset(4)]
        public uint CompletionEntries;

        [FieldOffset(20)]
        public uint Features;

        [FieldOffset(44)]
        public uint SubmissionTail;

        [FieldOffset(48)]
        public uint SubmissionMask;

        [FieldOffset(56)]
        public uint SubmissionFlags;

        [FieldOffset(64)]
        public uint SubmissionArray;

        [FieldOffset(80)]
        public uint CompletionHead;

        [FieldOffset(84)]
        public uint CompletionTail;

        [FieldOffset(88)]
        public uint CompletionMask;

        [FieldOffset(100)]
        public uint Completions;
    }

    /// <summary>struct io_uring_cqe.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Completion
    {
        public ulong UserData;
        public int Result;
        public uint Flags;
    }
}
