using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BgpSharp.Transport;

/// <summary>
/// The receiving half of a socket, of which one reader sleeps in reads of zero octets. While it does, what is too short to wake
/// it may be taken from beside it.
/// </summary>
internal sealed partial class QuietStream(Socket socket) : NetworkStream(socket, ownsSocket: false), IQuietInput
{
    private const int SocketLevel = 1;
    private const int ReceiveLowWater = 18;
    private const int TcpLevel = 6;
    private const int TcpInfo = 11;
    private const int LastDataReceived = 52;
    private const int Peek = 2;
    private const int DontWait = 0x40;
    private const int MostRepeats = 8;

    private readonly Lock _lock = new();
    private int _octets = 1;
    private bool _asleep;

    /// <summary>Whether enough lies there to wake the reader.</summary>
    public bool HasEnough => Socket.Available >= _octets;

    public void WakeFor(int octets)
    {
        lock (_lock)
        {
            if (octets != _octets && OperatingSystem.IsLinux())
            {
                Socket.SetRawSocketOption(SocketLevel, ReceiveLowWater, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in octets)));
                _octets = octets;
            }
        }
    }

    public int TakeRepeats(ReadOnlySpan<byte> message, out TimeSpan age)
    {
        age = default;
        Span<byte> waiting = stackalloc byte[MostRepeats * message.Length];
        lock (_lock)
        {
            if (!_asleep || _octets == 1)
            {
                return 0;
            }

            var length = Receive(Socket.SafeHandle, waiting, waiting.Length, Peek | DontWait);
            var repeats = 0;
            while (repeats < length / message.Length && waiting.Slice(repeats * message.Length, message.Length).SequenceEqual(message))
            {
                repeats++;
            }

            if (length > repeats * message.Length)
            {
                // Something else, which is the reader's.
                WakeFor(1);
            }

            if (repeats == 0)
            {
                return 0;
            }

            Span<byte> info = stackalloc byte[LastDataReceived + sizeof(uint)];
            Socket.GetRawSocketOption(TcpLevel, TcpInfo, info);
            age = TimeSpan.FromMilliseconds(MemoryMarshal.Read<uint>(info[LastDataReceived..]));
            _ = Receive(Socket.SafeHandle, waiting, repeats * message.Length, DontWait);
            return repeats;
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        buffer.IsEmpty ? SleepAsync(cancellationToken) : base.ReadAsync(buffer, cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> SleepAsync(CancellationToken cancellationToken)
    {
        Fall(asleep: true);
        try
        {
            do
            {
                await base.ReadAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
            }
            while (!Wakes());

            return 0;
        }
        finally
        {
            Fall(asleep: false);
        }
    }

    private void Fall(bool asleep)
    {
        lock (_lock)
        {
            _asleep = asleep;
        }
    }

    /// <summary>
    /// What woke the reader may have been read before or taken meanwhile: a read would wait for the next, with a buffer in hand
    /// and nobody to look. The end of the stream is something to read too.
    /// </summary>
    private bool Wakes()
    {
        lock (_lock)
        {
            _asleep = Socket.Available == 0 && !Socket.Poll(0, SelectMode.SelectRead);
            return !_asleep;
        }
    }

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(SafeSocketHandle socket, Span<byte> buffer, nint length, int flags);
}
