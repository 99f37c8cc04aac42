using System.Buffers;
using System.Net;
using BenchmarkDotNet.Attributes;
using BgpSharp.Wire;

namespace BgpSharp.Benchmarks.Codec;

/// <summary>Writes whole messages into memory that is there already.</summary>
[MemoryDiagnoser]
public class CodecEncodeBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(WireLimits.MaximumMessageLength);
    private readonly byte[] _destination = new byte[WireLimits.MaximumMessageLength];

    private readonly BgpRouteAttributes _attributes = new() { AsPath = new AsPath(65000), NextHop = IPAddress.Parse("198.51.100.11") };

    [Benchmark(Description = "OPEN, four capabilities")]
    public int Open()
    {
        _output.ResetWrittenCount();
        OpenCodec.Encode(BenchmarkMessages.Open, _output);
        return _output.WrittenCount;
    }

    [Benchmark(Description = "UPDATE, one prefix")]
    public int OnePrefix() => UpdateWriter.WriteAnnouncements(
        _destination, BgpFamily.Ipv4Unicast, _attributes, BenchmarkMessages.OnePrefix, BenchmarkMessages.Context, out _);

    [Benchmark(Description = "UPDATE, 4096 octets of /32")]
    public int Full() => UpdateWriter.WriteAnnouncements(
        _destination, BgpFamily.Ipv4Unicast, _attributes, BenchmarkMessages.ManyPrefixes, BenchmarkMessages.Context, out _);

    [Benchmark(Description = "attributes, once a session")]
    public object Attributes() => EncodedAttributes.Encode(BgpFamily.Ipv4Unicast, _attributes, BenchmarkMessages.Context);
}
