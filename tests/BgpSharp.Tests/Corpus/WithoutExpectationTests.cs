using System.Buffers;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Vectors;

/// <summary>exabgp-no-expectation.jsonl: messages whose source says what they are, and no more.</summary>
public sealed class WithoutExpectationTests
{
    private const string File = "exabgp-no-expectation.jsonl";

    public static TheoryData<int, string> Cases => Corpus.Cases(File);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_message_is_what_its_source_says(int number, string id)
    {
        var vector = Corpus.Vector(File, number);
        var message = Corpus.Octets(vector, "hex")!;
        var type = vector.GetProperty("type").GetString()!.Replace("_", "", StringComparison.Ordinal);

        FrameReader.Read(message, WireLimits.MaximumMessageLength, out FrameView frame, out _).Should().Be(FrameStatus.Frame);

        frame.Type.ToString().Should().BeEquivalentTo(type, id);
        frame.Length.Should().Be(message.Length);
        if (frame.Type == MessageType.RouteRefresh)
        {
            RouteRefreshCodec.TryDecode(frame.Body, out var refresh, out _).Should().BeTrue();
            refresh!.Family.Should().Be(BgpFamily.Ipv4Unicast);
            var output = new ArrayBufferWriter<byte>();
            RouteRefreshCodec.Encode(refresh, output);
            output.WrittenSpan.ToArray().Should().Equal(message);
        }
    }
}
