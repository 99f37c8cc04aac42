using BenchmarkDotNet.Attributes;
using BgpSharp.Wire;

namespace BgpSharp.Benchmarks.Codec;

/// <summary>Reads message bodies. UPDATEs are judged, then every attribute, AS number and prefix is touched.</summary>
[MemoryDiagnoser]
public class CodecDecodeBenchmarks
{
    private readonly byte[] _open = BenchmarkMessages.EncodedOpen()[WireLimits.HeaderLength..];
    private readonly byte[] _one = BenchmarkMessages.EncodedUpdate(BenchmarkMessages.OnePrefix)[WireLimits.HeaderLength..];
    private readonly byte[] _full = BenchmarkMessages.EncodedUpdate(BenchmarkMessages.ManyPrefixes)[WireLimits.HeaderLength..];

    [Benchmark(Description = "OPEN, four capabilities")]
    public int Open()
    {
        OpenCodec.TryDecode(_open, out var open, out _);
        return open!.Capabilities.Count;
    }

    [Benchmark(Description = "UPDATE, one prefix")]
    public long OnePrefix() => Update(_one);

    [Benchmark(Description = "UPDATE, 4096 octets of /32")]
    public long Full() => Update(_full);

    [Benchmark(Description = "UPDATE, one prefix, to an object")]
    public BgpUpdate OnePrefixToObject()
    {
        UpdateDecoder.Decode(_one, BenchmarkMessages.Context, out var view, out _);
        return view.ToUpdate();
    }

    private static long Update(byte[] body)
    {
        UpdateDecoder.Decode(body, BenchmarkMessages.Context, out var view, out _);
        var sum = (long)view.Origin!;
        foreach (var segment in view.AsPath)
        {
            foreach (var asn in segment)
            {
                sum += asn.Value;
            }
        }

        foreach (var attribute in view.Attributes)
        {
            sum += attribute.Type;
        }

        foreach (var prefix in view.AnnouncedPrefixes)
        {
            sum += prefix.Length;
        }

        return sum;
    }
}
