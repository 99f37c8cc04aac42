using System.Net;
using BgpSharp.Wire;

namespace BgpSharp.Yardstick;

/// <summary>Encodes one UPDATE from a route's attributes and prefixes, over and over.</summary>
internal static class Encoding
{
    private static readonly WireContext s_context = new() { FourOctetAsn = true };

    private static readonly BgpRouteAttributes s_attributes = new()
    {
        AsPath = new AsPath(65001, 65002, 4200000001),
        NextHop = IPAddress.Parse("198.51.100.1"),
        Med = 100,
        Communities = [new Community(65001, 100), new Community(65001, 200)],
    };

    public static int Run(int runs)
    {
        for (var run = 0; run < runs; run++)
        {
            Run(prefixCount: 1, messages: 2_000_000);
            Run(prefixCount: 800, messages: 50_000);
        }

        return 0;
    }

    private static void Run(int prefixCount, int messages)
    {
        var prefixes = new IpPrefix[prefixCount];
        for (var i = 0; i < prefixes.Length; i++)
        {
            prefixes[i] = IpPrefix.Host(new IPAddress([10, 0, (byte)(i >> 8), (byte)i]));
        }

        var message = new byte[4096];
        var length = 0;
        GC.Collect();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Environment.CpuUsage.UserTime;
        for (var i = 0; i < messages; i++)
        {
            length = UpdateWriter.WriteAnnouncements(message, BgpFamily.Ipv4Unicast, s_attributes, prefixes, s_context, out _);
        }

        var elapsed = Environment.CpuUsage.UserTime - start;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var sum = 0UL;
        foreach (var octet in message.AsSpan(0, length))
        {
            sum += octet;
        }

        Console.WriteLine(
            $"{elapsed.TotalNanoseconds / messages:F2} prefixes={prefixCount} checksum={sum:x16} allocated={allocated / messages}");
    }
}
