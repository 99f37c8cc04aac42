using System.Buffers;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Wire;

public sealed class FrameReaderTests
{
    private static readonly byte[] s_keepalive = Hex.Message(4);
    private static readonly byte[] s_routeRefresh = Hex.Message(5, 0, 1, 0, 1);
    private static readonly byte[] s_stream = [.. s_keepalive, .. s_routeRefresh, .. s_keepalive];

    public static TheoryData<string, byte, string> BadHeaders => new()
    {
        // The 19 octets, the subcode, the data. Each has a good twin above or in GoodLengths.
        { "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFE 0013 04", 1, "" },
        { "00FFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0013 04", 1, "" },
        { "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0012 04", 2, "0012" },
        { "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0000 04", 2, "0000" },
        { "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 1001 02", 2, "1001" },
        { "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF FFFF 02", 2, "FFFF" },
        { "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 001C 01", 2, "001C" },
        { "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0016 02", 2, "0016" },
        { "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0014 03", 2, "0014" },
        { "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0014 04", 2, "0014" },
        { "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0013 00", 3, "00" },
        { "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0013 06", 3, "06" },
        { "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0013 FF", 3, "FF" },
    };

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public void A_bad_header_is_refused_as_soon_as_it_is_whole(string header, byte subcode, string data)
    {
        var octets = Hex.Bytes(header);

        FrameReader.Read(new ReadOnlySequence<byte>(octets, 0, 18), 4096, out _, out _)
            .Should().Be(FrameStatus.NeedMore, "a header is judged when all 19 octets are there");
        foreach (var buffer in Variants(octets))
        {
            FrameReader.Read(buffer, 4096, out _, out var error).Should().Be(FrameStatus.Error);
            error.Code.Should().Be(BgpErrorCode.MessageHeader);
            FrameReader.Read(octets, 4096, out FrameView _, out var again).Should().Be(FrameStatus.Error);
            again.Should().Be(error, "a span is judged as a sequence is");
            error.Subcode.Should().Be(subcode);
            Convert.ToHexString(error.Data.Span).Should().Be(data, "RFC 4271 §6.1 says what the data is");
        }
    }

    [Theory]
    [InlineData(1, 29)]
    [InlineData(1, 4096)]
    [InlineData(2, 23)]
    [InlineData(2, 4096)]
    [InlineData(3, 21)]
    [InlineData(4, 19)]
    [InlineData(5, 19)]
    [InlineData(5, 4096)]
    public void The_smallest_and_the_longest_message_of_each_type_is_read(byte type, int length)
    {
        var octets = Hex.Message(type, new byte[length - 19]);

        FrameReader.Read(new ReadOnlySequence<byte>(octets), 4096, out var frame, out _).Should().Be(FrameStatus.Frame);
        ((byte)frame.Type).Should().Be(type);
        frame.Body.Length.Should().Be(length - 19);
    }

    [Fact]
    public void Longer_messages_are_read_where_they_were_agreed_but_never_a_longer_OPEN()
    {
        foreach (var type in new byte[] { 2, 3, 5 })
        {
            FrameReader.Read(new ReadOnlySequence<byte>(Hex.Message(type, new byte[65516])), 65535, out _, out _).Should().Be(FrameStatus.Frame);
            FrameReader.Read(new ReadOnlySequence<byte>(Hex.Message(type, new byte[4078])), 4096, out _, out _).Should().Be(FrameStatus.Error);
        }

        FrameReader.Read(new ReadOnlySequence<byte>(Hex.Message(1, new byte[5000])), 65535, out _, out var error).Should().Be(FrameStatus.Error);
        error.Subcode.Should().Be(2, "an OPEN stays within 4096 octets (RFC 8654 §3)");
    }

    [Fact]
    public void Messages_are_found_whole_however_the_stream_was_cut()
    {
        foreach (var stream in Variants(s_stream))
        {
            var rest = stream;
            foreach (var (type, bodyLength) in new[] { (MessageType.Keepalive, 0), (MessageType.RouteRefresh, 4), (MessageType.Keepalive, 0) })
            {
                FrameReader.Read(rest, 4096, out var frame, out _).Should().Be(FrameStatus.Frame);
                frame.Type.Should().Be(type);
                frame.Body.Length.Should().Be(bodyLength);
                if (bodyLength > 0)
                {
                    frame.Body.ToArray().Should().Equal(0, 1, 0, 1);
                }

                rest = rest.Slice(frame.End);
            }

            rest.IsEmpty.Should().BeTrue("the frames consume exactly what was there");
            FrameReader.Read(rest, 4096, out _, out _).Should().Be(FrameStatus.NeedMore);
        }
    }

    [Fact]
    public void Messages_of_a_span_follow_each_other()
    {
        ReadOnlySpan<byte> rest = s_stream;
        List<string> found = [];
        while (FrameReader.Read(rest, 4096, out var frame, out _) == FrameStatus.Frame)
        {
            found.Add($"{frame.Type} {Convert.ToHexString(frame.Body)} {frame.Length}");
            rest = rest[frame.Length..];
        }

        found.Should().Equal("Keepalive  19", "RouteRefresh 00010001 23", "Keepalive  19");
        rest.IsEmpty.Should().BeTrue("the frames consume exactly what was there");
    }

    [Fact]
    public void A_message_that_is_cut_short_anywhere_waits_for_more()
    {
        for (var length = 0; length < s_routeRefresh.Length; length++)
        {
            FrameReader.Read(s_routeRefresh.AsSpan(0, length), 4096, out FrameView _, out _).Should().Be(FrameStatus.NeedMore);
            foreach (var buffer in Variants(s_routeRefresh[..length]))
            {
                FrameReader.Read(buffer, 4096, out _, out _).Should().Be(FrameStatus.NeedMore, "only {0} of 23 octets are there", length);
            }
        }
    }

    // Whole, cut in two at every position, and one octet a segment.
    private static IEnumerable<ReadOnlySequence<byte>> Variants(byte[] octets)
    {
        yield return new ReadOnlySequence<byte>(octets);
        for (var cut = 1; cut < octets.Length; cut++)
        {
            yield return SegmentedBuffer.Of(octets[..cut], octets[cut..]);
        }

        if (octets.Length > 0)
        {
            yield return SegmentedBuffer.Of([.. octets.Select(octet => new[] { octet })]);
        }
    }
}
