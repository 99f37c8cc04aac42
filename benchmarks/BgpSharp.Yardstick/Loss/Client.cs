using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BgpSharp.Yardstick.Loss;

/// <summary>
/// Opens connections at a steady rate, sends an octet on each and waits for it to come back. A line each is written: when it
/// was begun and ended (microseconds since 1970), how it ended, and the retransmitted SYNs. SIGTERM is the end of the opening.
/// </summary>
internal static class Client
{
    private const int TcpInfo = 11, RetransmissionsAt = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(IPEndPoint target, int rate, int seconds)
    {
        var connections = new List<Task<string>>();
        var isOver = false;
        using var over = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => (signal.Cancel, isOver) = (true, true));
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < rate * seconds && !Volatile.Read(ref isOver); i++)
        {
            // A late one is not made up for by a burst of them, but none is left out.
            var left = TimeSpan.FromSeconds((double)i / rate) - clock.Elapsed;
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left);
            }

            connections.Add(ConnectAsync(target));
        }

        foreach (var line in await Task.WhenAll(connections))
        {
            Console.WriteLine(line);
        }

        return 0;
    }

    /// <summary>One connection: 0 when the octet came back within a second.</summary>
    public static async Task<int> AskAsync(IPEndPoint target)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        return (await TryAsync(target, limit.Token)).Outcome == "ok" ? 0 : 1;
    }

    private static async Task<string> ConnectAsync(IPEndPoint target)
    {
        using var limit = new CancellationTokenSource(Patience);
        var begun = Microseconds();
        var (outcome, retransmitted) = await TryAsync(target, limit.Token);
        return string.Create(CultureInfo.InvariantCulture, $"{begun} {Microseconds()} {outcome} {retransmitted}");
    }

    private static async Task<(string Outcome, int Retransmitted)> TryAsync(IPEndPoint target, CancellationToken limit)
    {
        using var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var octet = new byte[] { 0x42 };
        var retransmitted = 0;
        try
        {
            await socket.ConnectAsync(target, limit);
            retransmitted = Retransmissions(socket);
            await socket.SendAsync(octet, limit);
            return (await socket.ReceiveAsync(octet, limit) == 1 ? "ok" : "closed", retransmitted);
        }
        catch (OperationCanceledException)
        {
            return ("timeout", retransmitted);
        }
        catch (SocketException e)
        {
            return (e.SocketErrorCode.ToString().ToLowerInvariant(), retransmitted);
        }
    }

    /// <summary>tcpi_total_retrans: as long as nothing else was sent, of the SYN.</summary>
    private static int Retransmissions(Socket socket)
    {
        Span<byte> info = stackalloc byte[128];
        var length = socket.GetRawSocketOption((int)ProtocolType.Tcp, TcpInfo, info);
        return length >= RetransmissionsAt + sizeof(uint) ? (int)BinaryPrimitives.ReadUInt32LittleEndian(info[RetransmissionsAt..]) : 0;
    }

    private static long Microseconds() => DateTime.UtcNow.Ticks / TimeSpan.TicksPerMicrosecond - DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond;
}
