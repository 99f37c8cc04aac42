using System.Net;
using System.Net.Sockets;
using BgpSharp.VipAdvertiser.Http;
using BgpSharp.VipAdvertiser.Network;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>
/// Watches the end of a listening socket by the kernel's news of it. Where there are none, by a connection that is held
/// and never used: it ends with the process that listens, though not when that only stops listening.
/// </summary>
/// <param name="port">The port that is checked.</param>
/// <param name="open">Opens the kernel's news of the port.</param>
/// <param name="held">The address of this node to hold a connection to; null while none is known to answer.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears which of the two it is.</param>
internal sealed partial class ListenerWatch(
    ushort port, Func<ushort, ListenerEnds> open, Func<IPEndPoint?> held, TimeProvider time, ILogger<ListenerWatch> logger) : IListenerWatch
{
    public static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromSeconds(32);

    /// <summary>What somebody opens and closes all the time must not make us check all the time.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(Action ended, CancellationToken cancellationToken)
    {
        ListenerEnds ends;
        try
        {
            ends = open(port);
        }
        catch (Exception e) when (e is NetlinkException or SocketException)
        {
            LogHolding(port, e.Message);
            await HoldAsync(ended, cancellationToken);
            return;
        }

        using (ends)
        {
            LogListening(port);
            while (true)
            {
                await ends.WaitAsync(cancellationToken);
                ended();
                await Task.Delay(Gap, time, cancellationToken);
            }
        }
    }

    /// <summary>How long to wait before the next connection, when the last one was held for a time after another wait.</summary>
    public static TimeSpan NextWait(TimeSpan wait, TimeSpan heldFor) =>
        heldFor >= LongestWait ? ShortestWait : TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, LongestWait.Ticks));

    private async Task HoldAsync(Action ended, CancellationToken cancellationToken)
    {
        var wait = ShortestWait;
        while (true)
        {
            if (held() is { } target)
            {
                var started = time.GetTimestamp();
                if (await HoldAsync(target, cancellationToken))
                {
                    ended();
                }

                wait = NextWait(wait, time.GetElapsedTime(started));
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>Holds one connection until it ends; false when there is none to make, which the checks find too.</summary>
    private static async Task<bool> HoldAsync(IPEndPoint target, CancellationToken cancellationToken)
    {
        Socket socket;
        try
        {
            socket = await TcpConnection.OpenAsync(target, cancellationToken);
        }
        catch (SocketException)
        {
            return false;
        }

        using (socket)
        {
            try
            {
                var ignored = new byte[256];
                while (await socket.ReceiveAsync(ignored, cancellationToken) > 0)
                {
                    // A server that speaks first.
                }
            }
            catch (SocketException)
            {
                // Reset: an end like others.
            }

            return true;
        }
    }
}
