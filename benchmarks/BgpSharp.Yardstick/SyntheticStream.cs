using System.Buffers;
using System.Net;
using BgpSharp.Mrt;
using BgpSharp.Wire;

namespace BgpSharp.Yardstick;

/// <summary>An MRT file of made-up UPDATEs, for machines without a real one.</summary>
internal static class SyntheticStream
{
    private const int PrefixesPerUpdate = 3;
    private const int DistinctPaths = 50;

    private static readonly MrtPeering s_peering =
        new(65001, IPAddress.Parse("198.51.100.1"), 65000, IPAddress.Parse("198.51.100.2"));

    public static int Write(Stream output, int updates)
    {
        var attributes = Enumerable.Range(0, DistinctPaths).Select(Attributes).ToArray();
        var context = new WireContext { FourOctetAsn = true };
        var message = new byte[WireLimits.MaximumMessageLength];
        var record = new ArrayBufferWriter<byte>();
        var prefixes = new IpPrefix[PrefixesPerUpdate];
        for (var i = 0; i < updates; i++)
        {
            for (var p = 0; p < prefixes.Length; p++)
            {
                prefixes[p] = IpPrefix.Create(new IPAddress([10, (byte)(i >> 8), (byte)i, (byte)(p << 6)]), 26);
            }

            var length = UpdateWriter.WriteAnnouncements(
                message, BgpFamily.Ipv4Unicast, attributes[i % attributes.Length], prefixes, context, out _);
            record.ResetWrittenCount();
            MrtWriter.Write(record, s_peering, DateTimeOffset.UnixEpoch.AddSeconds(i), message.AsSpan(0, length));
            output.Write(record.WrittenSpan);
        }

        output.Flush();
        return 0;
    }

    private static BgpRouteAttributes Attributes(int i) => new()
    {
        AsPath = new AsPath(Enumerable.Range(0, 2 + (i % 5)).Select(hop => new Asn((uint)(65001 + hop)))),
        NextHop = IPAddress.Parse("198.51.100.1"),
        Med = i % 2 == 0 ? (uint)i : null,
        Communities = [.. Enumerable.Range(0, i % 7).Select(c => new Community(65001, (ushort)c))],
    };
}
