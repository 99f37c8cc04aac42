using System.Net;
using System.Net.Sockets;
using BgpSharp.Bfd;

namespace BgpSharp.Tests.Bfd;

/// <summary>A session's packets, through the kernel to a socket on loopback.</summary>
public sealed class BfdTransmitterTests : IDisposable
{
    private readonly Chance _chance = new();
    private readonly Socket _receiver = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private BfdTransmitter? _transmitter;

    public BfdTransmitterTests()
    {
        _receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _receiver.ReceiveTimeout = 30_000;
    }

    [Fact]
    public void Packets_of_a_session_that_is_Up_go_without_us_and_are_counted()
    {
        var transmitter = Open(IPAddress.Loopback, Port);
        var machine = Up();

        transmitter.Extend(machine, BfdClock.Now, _chance);
        for (var i = 0; i < 3; i++)
        {
            Receive().State.Should().Be(BfdState.Up);
        }

        transmitter.Advance(ref machine, BfdClock.Now);
        transmitter.Sent.Should().BeGreaterThanOrEqualTo(3);
        machine.NextSend.Should().BeGreaterThan(machine.LastSent, "the machine knows what was sent for it");
        transmitter.UncoveredAt.Should().BeGreaterThan(BfdClock.Now + TimeSpan.FromSeconds(1), "seconds are in the kernel's hands");
    }

    [Fact]
    public void When_it_goes_Down_nothing_says_Up_any_more()
    {
        var transmitter = Open(IPAddress.Loopback, Port);
        var machine = Up();
        transmitter.Extend(machine, BfdClock.Now, _chance);
        Receive();

        var down = machine with { State = BfdState.Down };
        transmitter.Review(down);
        transmitter.Send(down.ToPacket(final: false));

        BfdControlPacket packet;
        while ((packet = Receive()).State == BfdState.Up)
        {
        }

        packet.State.Should().Be(BfdState.Down);
        transmitter.UncoveredAt.Should().BeNull("all was taken back");
        transmitter.Send(down.ToPacket(final: false));
        Receive().State.Should().Be(BfdState.Down, "nothing came between");
        transmitter.HasRing.Should().BeTrue("and the kernel is asked again when it is Up");
    }

    [Fact]
    public void What_the_kernel_could_not_send_is_an_error_of_sending_and_not_of_the_kernel()
    {
        // A broadcast address was not asked for: EACCES.
        var transmitter = Open(IPAddress.Broadcast, 9);
        var machine = Up();

        transmitter.Extend(machine, BfdClock.Now, _chance);
        SpinWait.SpinUntil(
            () =>
            {
                transmitter.Advance(ref machine, BfdClock.Now);
                return transmitter is { SendErrors: >= 3, Sent: 0 };
            },
            TimeSpan.FromSeconds(30)).Should().BeTrue("each is told, and none counted as sent");

        transmitter.HasRing.Should().BeTrue();
        transmitter.Failure.Should().Be(0);
    }

    [Fact]
    public void Without_a_ring_the_machine_sends_by_itself()
    {
        _transmitter = new BfdTransmitter(BfdSender.To(IPAddress.Loopback, Port), ring: null);
        var machine = Up();

        _transmitter.Extend(machine, BfdClock.Now, _chance);
        _transmitter.UncoveredAt.Should().BeNull();
        _transmitter.Send(machine.ToPacket(final: true));

        Receive().Final.Should().BeTrue();
        _transmitter.Sent.Should().Be(1);
    }

    public void Dispose()
    {
        _transmitter?.TakeBack();
        _transmitter?.Dispose();
        _receiver.Dispose();
    }

    private int Port => ((IPEndPoint)_receiver.LocalEndPoint!).Port;

    private BfdTransmitter Open(IPAddress address, int port)
    {
        var ring = SendRing.TryOpen(out var error);
        Assert.SkipWhen(ring is null, $"this system has no io_uring for us: error {error}");
        return _transmitter = new BfdTransmitter(BfdSender.To(address, port), ring);
    }

    private static BfdMachineState Up()
    {
        var rig = new BfdRig { Config = BfdRig.Default with { DesiredMinTx = TimeSpan.FromMilliseconds(10) } };
        rig.At(BfdClock.Now.TotalSeconds).Enter(BfdState.Up).Receive(BfdState.Up, requiredMinRx: 10_000);
        return rig.State;
    }

    private BfdControlPacket Receive()
    {
        var buffer = new byte[100];
        var length = _receiver.Receive(buffer);
        BfdControlPacket.TryDecode(buffer.AsSpan(0, length), out var packet).Should().Be(BfdPacketError.None);
        return packet;
    }
}
