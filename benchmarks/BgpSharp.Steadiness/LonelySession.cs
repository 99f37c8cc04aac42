using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using BgpSharp.Bfd;

namespace BgpSharp.Steadiness;

/// <summary>One BFD session in a process that has a large heap of small objects and replaces them, until SIGTERM.</summary>
internal static class LonelySession
{
    private const int ObjectLength = 64;

    /// <summary>Between the objects that are replaced.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    public static async Task RunAsync(string address, TimeSpan interval, int heap, bool blocking)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.TrySetResult();
        });
        var objects = Fill(heap * 1024L * 1024);
        await using var engine = new BfdEngine();
        await using var session = engine.AddSession(new BfdSessionOptions
        {
            Address = IPAddress.Parse(address),
            Bfd = new BfdOptions { TransmitInterval = interval, ReceiveInterval = interval },
            Changed = (_, status) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss.fff} {status}")),
        });
        Collector.Start(blocking ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(100), blocking);
        await ReplaceAsync(objects, stop.Task);

        var statistics = session.GetStatistics();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"end: downs={statistics.TimesDown} delay={engine.LongestDelay.TotalMilliseconds:0} interval={session.Status.TransmitInterval.TotalMilliseconds:0} "
            + $"collections={Collector.Count} pause={MostPaused().TotalMilliseconds:0} heap={GC.GetTotalMemory(false) / 1048576}"));
    }

    private static byte[][] Fill(long length)
    {
        var objects = new byte[length / (ObjectLength + 32)][];
        for (var i = 0; i < objects.Length; i++)
        {
            objects[i] = new byte[ObjectLength];
        }

        return objects;
    }

    private static async Task ReplaceAsync(byte[][] objects, Task stop)
    {
        while (!stop.IsCompleted)
        {
            for (var i = 0; i < 1000; i++)
            {
                objects[Random.Shared.Next(objects.Length)] = new byte[ObjectLength];
            }

            await Task.WhenAny(stop, Task.Delay(Pace));
        }
    }

    /// <summary>Of the last collections of each kind.</summary>
    private static TimeSpan MostPaused() =>
        new[] { GCKind.Background, GCKind.FullBlocking, GCKind.Ephemeral }.SelectMany(kind => GC.GetGCMemoryInfo(kind).PauseDurations.ToArray()).Max();
}
