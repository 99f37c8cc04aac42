using System.Buffers;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Wire;

/// <summary>KEEPALIVE, NOTIFICATION and ROUTE-REFRESH.</summary>
public sealed class SmallMessageTests
{
    private readonly ArrayBufferWriter<byte> _output = new();

    [Fact]
    public void A_KEEPALIVE_is_a_bare_header()
    {
        KeepaliveCodec.Encode(_output);

        _output.WrittenSpan.ToArray().Should().Equal(Hex.Bytes("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0013 04"));
    }

    [Fact]
    public void A_NOTIFICATION_is_code_subcode_and_data()
    {
        NotificationCodec.Encode(new BgpNotification(BgpErrorCode.MessageHeader, 2, [0xFF, 0xFF]), _output);

        _output.WrittenSpan.ToArray().Should().Equal(Hex.Bytes("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0017 03 01 02 FFFF"));
    }

    [Theory]
    [InlineData("0602", 6, 2, "")]
    [InlineData("0602 03414243", 6, 2, "03414243")]
    [InlineData("FFFE 00", 255, 254, "00")]
    public void A_NOTIFICATION_is_read_whatever_it_says(string body, byte code, byte subcode, string data)
    {
        var notification = NotificationCodec.Decode(Hex.Bytes(body));

        ((byte)notification.Code, notification.Subcode).Should().Be((code, subcode));
        Convert.ToHexString(notification.Data.Span).Should().Be(data);
        NotificationCodec.Encode(notification, _output);
        _output.WrittenSpan[19..].ToArray().Should().Equal(Hex.Bytes(body));
    }

    [Fact]
    public void A_NOTIFICATION_with_more_data_than_a_message_holds_still_goes_out()
    {
        NotificationCodec.Encode(new BgpNotification(BgpErrorCode.UpdateMessage, 9, new byte[60000]), _output);

        _output.WrittenCount.Should().Be(4096);
        FrameReader.Read(new ReadOnlySequence<byte>(_output.WrittenMemory), 4096, out _, out _).Should().Be(FrameStatus.Frame);
    }

    [Theory]
    [InlineData("0002 00 01", RouteRefreshSubtype.Request, "request ipv6-unicast")]
    [InlineData("0002 01 01", RouteRefreshSubtype.Begin, "begin ipv6-unicast")]
    [InlineData("0002 02 01", RouteRefreshSubtype.End, "end ipv6-unicast")]
    [InlineData("0002 03 01", (RouteRefreshSubtype)3, "subtype-3 ipv6-unicast")]
    [InlineData("0002 FF 01", (RouteRefreshSubtype)255, "subtype-255 ipv6-unicast")]
    public void A_ROUTE_REFRESH_is_a_family_with_a_subtype_in_between(string body, RouteRefreshSubtype subtype, string text)
    {
        RouteRefreshCodec.Encode(new RouteRefreshMessage(BgpFamily.Ipv6Unicast, subtype), _output);

        _output.WrittenSpan.ToArray().Should().Equal(Hex.Message(5, Hex.Bytes(body)));
        RouteRefreshCodec.TryDecode(_output.WrittenSpan[19..], out var again, out _).Should().BeTrue();
        (again!.Family, again.Subtype, again.OutboundFilters.Length).Should().Be((BgpFamily.Ipv6Unicast, subtype, 0));
        again.ToString().Should().Be(text);
    }

    [Fact]
    public void Outbound_filters_after_a_request_are_kept_as_they_are()
    {
        // Immediate refresh; ORF type 64, 12 octets: an ADD of a prefix list entry (RFC 5291 §4, RFC 5292 §2).
        var body = Hex.Bytes("0001 00 01  01 40 000C  00 00000005 00 18 18 CB0071 00");

        RouteRefreshCodec.TryDecode(body, out var message, out _).Should().BeTrue();

        message!.OutboundFilters.ToArray().Should().Equal(body[4..]);
        message.ToString().Should().Be("request ipv4-unicast, 16 octets of outbound filters");
        RouteRefreshCodec.Encode(message, _output);
        _output.WrittenSpan.ToArray().Should().Equal(Hex.Message(5, body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0001 00")]
    [InlineData("0001 03")]
    public void A_ROUTE_REFRESH_that_is_too_short_is_a_Bad_Message_Length(string body)
    {
        RouteRefreshCodec.TryDecode(Hex.Bytes(body), out _, out var error).Should().BeFalse();

        error.Should().Be(new WireError(BgpErrorCode.MessageHeader, 2, [0, (byte)(19 + Hex.Bytes(body).Length)]));
    }

    [Theory]
    [InlineData("0001 01")]
    [InlineData("0001 02")]
    [InlineData("0001 01 01 00")]
    [InlineData("0001 02 01 0000")]
    public void The_begin_or_end_of_a_refresh_with_another_length_is_an_Invalid_Message_Length(string body)
    {
        RouteRefreshCodec.TryDecode(Hex.Bytes(body), out _, out var error).Should().BeFalse();

        error.Should().Be(
            new WireError(BgpErrorCode.RouteRefreshMessage, 1, Hex.Message(5, Hex.Bytes(body))), "RFC 7313 §5: the data is the whole message");
    }
}
