using System.Buffers;
using System.Net;
using BgpSharp.Wire;

namespace BgpSharp.Benchmarks.Codec;

/// <summary>The messages the codec benchmarks read and write.</summary>
internal static class BenchmarkMessages
{
    public static readonly WireContext Context = new() { FourOctetAsn = true };

    public static readonly OpenMessage Open = new()
    {
        MyAutonomousSystem = 65000,
        HoldTime = 90,
        Identifier = BgpIdentifier.Parse("198.51.100.11"),
        Capabilities =
        [
            MultiprotocolCapability.Create(BgpFamily.Ipv4Unicast),
            MultiprotocolCapability.Create(BgpFamily.Ipv6Unicast),
            BgpCapability.RouteRefresh,
            FourOctetAsnCapability.Create(65000),
        ],
    };

    /// <summary>What a VIP is announced with: ORIGIN, AS_PATH of one AS, NEXT_HOP.</summary>
    public static readonly EncodedAttributes Attributes = EncodedAttributes.Encode(
        BgpFamily.Ipv4Unicast, new BgpRouteAttributes { AsPath = new AsPath(65000), NextHop = IPAddress.Parse("198.51.100.11") }, Context);

    public static readonly IpPrefix[] OnePrefix = [IpPrefix.Parse("203.0.113.10/32")];

    /// <summary>More /32 than one message of 4096 octets holds.</summary>
    public static readonly IpPrefix[] ManyPrefixes =
        [.. Enumerable.Range(0, 1000).Select(i => IpPrefix.Host(new IPAddress([203, 0, (byte)(i >> 8), (byte)i])))];

    public static byte[] EncodedOpen()
    {
        var output = new ArrayBufferWriter<byte>();
        OpenCodec.Encode(Open, output);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] EncodedUpdate(IpPrefix[] prefixes)
    {
        var destination = new byte[WireLimits.MaximumMessageLength];
        var length = UpdateWriter.WriteAnnouncements(destination, Attributes, prefixes, Context, out _);
        return destination[..length];
    }
}
