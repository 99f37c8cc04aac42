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
        FrameReader.TryRead(new ReadOnlySequence<byte>(_output.WrittenMemory), 4096, out _, out _).Should().Be(FrameStatus.Frame);
    }

    [Fact]
    public void A_ROUTE_REFRESH_is_a_family_with_an_octet_in_between()
    {
        var message = new RouteRefreshMessage(BgpFamily.Ipv6Unicast, 2);
        RouteRefreshCodec.Encode(message, _output);

        _output.WrittenSpan.ToArray().Should().Equal(Hex.Bytes("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0017 05 0002 02 01"));
        RouteRefreshCodec.TryDecode(_output.WrittenSpan[19..], out var again, out _).Should().BeTrue();
        again.Should().Be(message);
    }

    [Fact]
    public void A_ROUTE_REFRESH_of_another_length_is_a_Bad_Message_Length()
    {
        RouteRefreshCodec.TryDecode([0, 1, 0], out _, out var error).Should().BeFalse();

        (error.Code, error.Subcode).Should().Be((BgpErrorCode.MessageHeader, (byte)2));
        error.Data.ToArray().Should().Equal(0, 22);
    }
}
