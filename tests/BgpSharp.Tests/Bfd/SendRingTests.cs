using System.Net;
using System.Net.Sockets;
using BgpSharp.Bfd;

namespace BgpSharp.Tests.Bfd;

/// <summary>The kernel's part, on loopback.</summary>
public sealed class SendRingTests : IDisposable
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    private readonly Socket _receiver = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly BfdSender _sender;
    private readonly SendRing? _ring;

    public SendRingTests()
    {
        _receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _receiver.ReceiveTimeout = 30_000;
        _sender = BfdSender.To(IPAddress.Loopback, ((IPEndPoint)_receiver.LocalEndPoint!).Port);
        _ring = SendRing.TryOpen(out var error);
        Assert.SkipWhen(_ring is null, $"this system has no io_uring for us: error {error}");
    }

    [Fact]
    public void Packets_are_sent_when_they_are_due_without_us()
    {
        Add(BfdClock.Now);
        Add(BfdClock.Now + TimeSpan.FromMilliseconds(20));
        Add(BfdClock.Now + Never);
        _ring!.TrySubmit().Should().BeTrue("the kernel takes them");

        Receive().Should().Be(BfdState.Up);
        Receive().Should().Be(BfdState.Up);

        _receiver.Available.Should().Be(0, "the third is not due");
        _ring.TryTakeFailure(out _, out _).Should().BeFalse("what went well is not told");
        _ring.TryTakeBack().Should().BeTrue();
    }

    [Fact]
    public void What_was_taken_back_is_not_sent()
    {
        for (var i = 0; i < 200; i++)
        {
            Add(BfdClock.Now + Never);
        }

        _ring!.TrySubmit().Should().BeTrue("the kernel takes more than fit into the ring at once");

        _ring.TryTakeBack().Should().BeTrue();

        Failures().Should().HaveCountGreaterThanOrEqualTo(200, "each ended").And.OnlyContain(error => error == SendRing.Cancelled, "none was sent");
        _receiver.Available.Should().Be(0, "a packet whose time was taken from it is not sent at once");
    }

    [Fact]
    public void Taking_back_nothing_is_no_failure()
    {
        _ring!.TryTakeBack().Should().BeTrue();
        Failures().Should().BeEmpty("any would end the ring");
    }

    [Fact]
    public void A_packet_that_could_not_be_sent_is_told()
    {
        using var sender = BfdSender.To(IPAddress.Parse("255.255.255.255"), 9);
        sender.Prepare(Packet(BfdState.Up));
        sender.TrySendAt(_ring!, BfdClock.Now).Should().BeTrue();
        _ring!.TrySubmit().Should().BeTrue();

        bool isSend;
        int error;
        while (!_ring.TryTakeFailure(out isSend, out error))
        {
            Thread.Yield();
        }

        isSend.Should().BeTrue("its time came, and the sending failed");
        error.Should().Be(-13, "EACCES: a broadcast address was not asked for");
    }

    [Fact]
    public void Other_content_is_sent_after_the_old_was_taken_back()
    {
        Add(BfdClock.Now + Never);
        _ring!.TrySubmit().Should().BeTrue();
        _ring.TryTakeBack().Should().BeTrue();

        _sender.Prepare(Packet(BfdState.Down));
        _sender.TrySendAt(_ring, BfdClock.Now).Should().BeTrue();
        _ring.TrySubmit().Should().BeTrue();

        Receive().Should().Be(BfdState.Down);
    }

    public void Dispose()
    {
        _ring?.Dispose();
        _sender.Dispose();
        _receiver.Dispose();
    }

    private static BfdControlPacket Packet(BfdState state) => new() { State = state, DetectMultiplier = 3, MyDiscriminator = 7, YourDiscriminator = 9 };

    private void Add(TimeSpan at)
    {
        _sender.Prepare(Packet(BfdState.Up));
        _sender.TrySendAt(_ring!, at).Should().BeTrue();
    }

    private BfdState Receive()
    {
        var buffer = new byte[100];
        var length = _receiver.Receive(buffer);
        BfdControlPacket.TryDecode(buffer.AsSpan(0, length), out var packet).Should().Be(BfdPacketError.None);
        return packet.State;
    }

    private List<int> Failures()
    {
        List<int> errors = [];
        while (_ring!.TryTakeFailure(out _, out var error))
        {
            errors.Add(error);
        }

        return errors;
    }
}
