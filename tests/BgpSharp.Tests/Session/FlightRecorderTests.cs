using System.Buffers;
using System.Net;
using BgpSharp.Mrt;
using BgpSharp.Sessions;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

/// <summary>The ring of last messages, and what is read back from it.</summary>
public sealed class FlightRecorderTests
{
    private static readonly IPAddress Local = IPAddress.Parse("198.51.100.11");
    private static readonly IPAddress Remote = IPAddress.Parse("198.51.100.9");
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void What_was_recorded_is_read_back_in_order_with_time_direction_and_width()
    {
        var recorder = new FlightRecorder(4096);
        recorder.StateChanged(Start, Local, BgpSessionState.OpenSent, BgpSessionState.Established);
        recorder.Sent(Start.AddMicroseconds(7), Local, fourOctetAsn: true, [.. Message(3, 1, 2), .. Message(4)]);
        recorder.Received(Start.AddSeconds(1), Local, fourOctetAsn: false, MessageType.Update, new ReadOnlySequence<byte>([9, 8, 7]));

        Read(recorder).Should().Equal(
            "03:04:05.000000 StateChangeAs4 OpenSent Established",
            "03:04:05.000007 MessageAs4Local 3 0102 65001 198.51.100.9 65000 198.51.100.11",
            "03:04:05.000007 MessageAs4Local 4  65001 198.51.100.9 65000 198.51.100.11",
            "03:04:06.000000 Message 2 090807 65001 198.51.100.9 65000 198.51.100.11");
    }

    [Fact]
    public void A_full_ring_drops_whole_messages_the_oldest_first_wherever_it_wraps()
    {
        for (var size = 1; size <= 200; size++)
        {
            var recorder = new FlightRecorder(500);
            for (var i = 0; i < 100; i++)
            {
                var body = new byte[size];
                body[0] = (byte)i;
                recorder.Received(Start, Local, true, MessageType.Update, new ReadOnlySequence<byte>(body));
            }

            var fit = 500 / (16 + 19 + size);
            Read(recorder).Select(line => Convert.FromHexString(line.Split(' ')[3])[0]).Should().Equal(
                Enumerable.Range(100 - fit, fit).Select(i => (byte)i), $"{fit} messages with a body of {size} octets fit into 500 octets");
        }
    }

    [Fact]
    public void A_message_longer_than_the_ring_is_left_out_and_drops_nothing()
    {
        var recorder = new FlightRecorder(100);
        recorder.Sent(Start, Local, true, Message(4));
        recorder.Received(Start, Local, true, MessageType.Update, new ReadOnlySequence<byte>(new byte[66]));

        Read(recorder).Should().ContainSingle().Which.Should().Contain("MessageAs4Local 4");
    }

    [Fact]
    public void More_local_addresses_than_it_can_number_begin_it_anew()
    {
        var recorder = new FlightRecorder(64 * 1024);
        for (var i = 0; i < 300; i++)
        {
            recorder.Sent(Start, IPAddress.Parse($"2001:db8::{i:x}"), true, Message(4));
        }

        Read(recorder).Should().HaveCount(300 - 255);
    }

    [Fact]
    public void Recording_allocates_nothing()
    {
        var recorder = new FlightRecorder(4096);
        var (message, body) = (Message(2, 1, 2, 3), new ReadOnlySequence<byte>(new byte[40]));

        Allocations.Least(() =>
        {
            recorder.Sent(Start, Local, true, message);
            recorder.Received(Start, Local, true, MessageType.Update, in body);
        }).Should().Be(0);
    }

    private static byte[] Message(byte type, params byte[] body)
    {
        byte[] message = [.. Enumerable.Repeat((byte)0xFF, 16), 0, (byte)(19 + body.Length), type, .. body];
        return message;
    }

    private static List<string> Read(FlightRecorder recorder)
    {
        var output = new ArrayBufferWriter<byte>();
        recorder.Write(output, 65001, Remote, 65000);
        var lines = new List<string>();
        for (var rest = output.WrittenSpan; !rest.IsEmpty;)
        {
            MrtRecord.TryRead(rest, out var record).Should().Be(MrtReadStatus.Record);
            record.IsExtended.Should().BeTrue();
            var head = $"{record.Time.UtcDateTime:HH:mm:ss.ffffff} {(Bgp4MpSubtype)record.Subtype}";
            lines.Add(
                MrtStateChange.TryRead(in record, out var change, out _) ? $"{head} {change.OldState} {change.NewState}"
                : MrtMessage.TryRead(in record, out var message, out _)
                    ? $"{head} {message.MessageType} {Convert.ToHexString(message.Body)} {message.PeerAsn} {message.PeerAddress} {message.LocalAsn} {message.LocalAddress}"
                : $"{head} cannot be read");
            rest = rest[record.Length..];
        }

        return lines;
    }
}
