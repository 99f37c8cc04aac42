using System.Buffers;
using BgpSharp.Sessions;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

public sealed class ControlQueueTests
{
    [Fact]
    public void Messages_are_taken_in_the_order_they_were_queued_however_many_there_are()
    {
        var queue = new ControlQueue();
        var expected = new ArrayBufferWriter<byte>();
        for (var i = 0; i < 40; i++)
        {
            var notification = new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.AdministrativeReset, new byte[i]);
            NotificationCodec.Encode(notification, queue);
            NotificationCodec.Encode(notification, expected);
        }

        queue.Length.Should().Be(expected.WrittenCount);
        var taken = queue.Take(out var length);
        taken.AsSpan(0, length).SequenceEqual(expected.WrittenSpan).Should().BeTrue("every message is whole and in its place");
    }

    [Fact]
    public void What_was_taken_is_gone_and_no_buffer_is_kept()
    {
        var queue = new ControlQueue();
        KeepaliveCodec.Encode(queue);
        var first = queue.Take(out var length);
        length.Should().Be(WireLimits.HeaderLength);

        queue.Length.Should().Be(0);
        queue.Take(out length).Should().BeEmpty("a session at rest holds no buffer");
        length.Should().Be(0);
        KeepaliveCodec.Encode(queue);
        queue.Take(out _).Should().NotBeSameAs(first, "the first is still in use by whoever took it");
    }

    [Fact]
    public void A_writer_cannot_claim_more_than_it_was_given()
    {
        var queue = new ControlQueue();
        var room = queue.GetSpan(8).Length;
        var advance = () => queue.Advance(room + 1);
        advance.Should().Throw<ArgumentOutOfRangeException>();
    }
}
