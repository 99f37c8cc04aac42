using System.Buffers.Binary;
using System.Net;

namespace BgpSharp.Bfd;

/// <summary>
/// A session as the loop has it. The loop alone writes the state; others read a copy, and say what they want by replacing
/// an immutable value.
/// </summary>
internal sealed class BfdSlot
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile BfdMachineConfig _wanted;
    private volatile bool _isClosing;
    private BfdSlotSnapshot _snapshot;
    private int _version;

    public BfdSlot(BfdSessionOptions options, BfdReceiver receiver, BfdTransmitter transmitter, uint discriminator)
    {
        (Receiver, Transmitter, Discriminator) = (receiver, transmitter, discriminator);
        (AddressHigh, AddressLow) = Halves(options.Address);
        ScopeId = options.Address.IsIPv6LinkLocal ? (uint)options.Address.ScopeId : 0;
        _wanted = options.Bfd.ToConfig(adminDown: false);
        Machine = BfdMachine.Start(_wanted, discriminator, BfdClock.Now);
        Publish();
    }

    /// <summary>Set before the loop hears of the slot.</summary>
    public BfdSession Session { get; set; } = null!;

    public BfdReceiver Receiver { get; }

    public BfdTransmitter Transmitter { get; }

    public uint Discriminator { get; }

    public ulong AddressHigh { get; }

    public ulong AddressLow { get; }

    /// <summary>The interface of a link-local address; 0: any.</summary>
    public uint ScopeId { get; }

    public BfdMachineConfig Wanted
    {
        get => _wanted;
        set => _wanted = value;
    }

    /// <summary>The loop is to say good-bye and not to touch the slot any more.</summary>
    public bool IsClosing
    {
        get => _isClosing;
        set => _isClosing = value;
    }

    /// <summary>Completes when the loop has let go of the slot.</summary>
    public Task Closed => _closed.Task;

    // The loop's own, from here on.
    public BfdMachineState Machine;
    public BfdMachineConfig? InForce;
    public TimeSpan LeastInterval;
    public bool IsClosed;
    public TimeSpan? ClosingBegan;
    public bool IsUnreported;
    public bool IsToldAlone;
    public long Received;
    public long Discarded;
    public long FromAfar;
    public long TimesUp;
    public long TimesDown;

    public void CompleteClosing() => _closed.TrySetResult();

    public bool IsFrom(ulong high, ulong low, uint scopeId) =>
        AddressLow == low && AddressHigh == high && (ScopeId == 0 || ScopeId == scopeId);

    /// <summary>Shows the state to others; an odd version says that it is being written.</summary>
    public void Publish()
    {
        Volatile.Write(ref _version, _version + 1);
        Thread.MemoryBarrier();
        _snapshot = new BfdSlotSnapshot(Machine, Transmitter.Sent, Transmitter.SendErrors, Received, Discarded, FromAfar, TimesUp, TimesDown);
        Thread.MemoryBarrier();
        Volatile.Write(ref _version, _version + 1);
    }

    public BfdSlotSnapshot Snapshot()
    {
        var spin = new SpinWait();
        while (true)
        {
            var before = Volatile.Read(ref _version);
            Thread.MemoryBarrier();
            var copy = _snapshot;
            Thread.MemoryBarrier();
            if (before % 2 == 0 && Volatile.Read(ref _version) == before)
            {
                return copy;
            }

            spin.SpinOnce();
        }
    }

    private static (ulong High, ulong Low) Halves(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        octets.Clear();
        address.TryWriteBytes(octets, out _);
        return (BinaryPrimitives.ReadUInt64LittleEndian(octets), BinaryPrimitives.ReadUInt64LittleEndian(octets[8..]));
    }
}
