using System.Buffers;
using System.Net;
using BenchmarkDotNet.Attributes;
using BgpSharp.Wire;

namespace BgpSharp.Benchmarks.Receive;

/// <summary>
/// From the stream to the handler on an established session: framing, decoding, RFC 7606 verdict, counting, dispatch. Figures
/// are for one message.
/// </summary>
[MemoryDiagnoser]
public class ReceiveBenchmarks
{
    private const int Messages = 100_000;
    private const int Batch = 500;

    private readonly CountingHandler _handler = new();
    private readonly ReplayConnection _connection = new();
    private BgpSpeaker? _speaker;
    private BgpPeer? _peer;
    private byte[] _keepalives = [];
    private byte[] _updates = [];

    /// <summary>The flight recorder; 0 is none.</summary>
    [Params(0, 16384)]
    public int RecordedOctets { get; set; }

    [GlobalSetup]
    public async Task EstablishAsync()
    {
        _keepalives = Repeat(Message(KeepaliveCodec.Encode));
        _updates = Repeat(OnePrefixUpdate());
        _speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = 65001,
            RouterId = BgpIdentifier.Parse("198.51.100.9"),
            Transport = new ReplayTransport(_connection),
        });
        _peer = _speaker.AddPeer(new BgpPeerOptions { Address = IPAddress.Parse("127.0.0.2"), RemoteAsn = 65000, Handler = _handler, RecordedOctets = RecordedOctets });
        await _speaker.StartAsync();
        _connection.Peer.Play([.. Message(output => OpenCodec.Encode(PeersOpen(), output)), .. Message(KeepaliveCodec.Encode)], 1);
        await _peer.WaitForEstablishedAsync();
    }

    [GlobalCleanup]
    public async Task StopAsync() => await _speaker!.DisposeAsync();

    [Benchmark(OperationsPerInvoke = Messages)]
    public void Keepalive()
    {
        var counters = _peer!.Driver.Counters;
        var expected = counters.Received(MessageType.Keepalive) + Messages;
        _connection.Peer.Play(_keepalives, Messages / Batch);
        while (counters.Received(MessageType.Keepalive) < expected)
        {
            Thread.Yield();
        }
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public void OnePrefixUpdateToHandler()
    {
        var expected = _handler.Prefixes + Messages;
        _connection.Peer.Play(_updates, Messages / Batch);
        while (_handler.Prefixes < expected)
        {
            Thread.Yield();
        }
    }

    private static OpenMessage PeersOpen() => new()
    {
        MyAutonomousSystem = 65000,
        HoldTime = 0,
        Identifier = BgpIdentifier.Parse("198.51.100.11"),
        Capabilities = [MultiprotocolCapability.Create(BgpFamily.Ipv4Unicast), FourOctetAsnCapability.Create(65000)],
    };

    private static byte[] OnePrefixUpdate()
    {
        var context = new WireContext { FourOctetAsn = true };
        var attributes = new BgpRouteAttributes { AsPath = new AsPath(65000), NextHop = IPAddress.Parse("198.51.100.11") };
        var buffer = new byte[4096];
        return buffer[..UpdateWriter.WriteAnnouncements(buffer, BgpFamily.Ipv4Unicast, attributes, [IpPrefix.Parse("203.0.113.10/32")], in context, out _)];
    }

    private static byte[] Repeat(byte[] message) => [.. Enumerable.Repeat(message, Batch).SelectMany(octets => octets)];

    private static byte[] Message(Action<IBufferWriter<byte>> encode)
    {
        var output = new ArrayBufferWriter<byte>();
        encode(output);
        return output.WrittenSpan.ToArray();
    }
}
