using BgpSharp.Bfd;

namespace BgpSharp.Tests.Bfd;

/// <summary>The codec (RFC 5880 §4.1), and the checks of §6.8.6 that need no session.</summary>
public sealed class BfdControlPacketTests
{
    private const string Good = "20C80318 00000001 00000002 0000C350 000186A0 00000000";

    [Fact]
    public void The_octets_are_those_of_the_format()
    {
        var packet = new BfdControlPacket
        {
            State = BfdState.Up,
            Diagnostic = BfdDiagnostic.NeighborSignaledSessionDown,
            Poll = true,
            DetectMultiplier = 3,
            MyDiscriminator = 0x01020304,
            YourDiscriminator = 0x05060708,
            DesiredMinTx = 50_000,
            RequiredMinRx = 100_000,
        };
        var output = new byte[BfdControlPacket.Length];
        packet.Encode(output);

        Convert.ToHexString(output).Should().Be("23E00318" + "01020304" + "05060708" + "0000C350" + "000186A0" + "00000000");
        BfdControlPacket.TryDecode(output, out var read).Should().Be(BfdPacketError.None);
        read.Should().Be(packet);
    }

    [Theory]
    [InlineData(Good, "None", "what follows is made from this")]
    [InlineData("20C80318 00000001 00000002 0000C350 000186A0 000000", "TooShort", "less than 24 octets")]
    [InlineData("", "TooShort", "nothing at all")]
    [InlineData("00C80318 00000001 00000002 0000C350 000186A0 00000000", "Version", "version 0")]
    [InlineData("40C80318 00000001 00000002 0000C350 000186A0 00000000", "Version", "version 2")]
    [InlineData("20C80317 00000001 00000002 0000C350 000186A0 00000000", "Length", "a length below 24")]
    [InlineData("20C80319 00000001 00000002 0000C350 000186A0 00000000", "Length", "a length beyond the datagram")]
    [InlineData("20C80018 00000001 00000002 0000C350 000186A0 00000000", "DetectMultiplier", "a multiplier of 0")]
    [InlineData("20C90318 00000001 00000002 0000C350 000186A0 00000000", "Multipoint", "the M bit")]
    [InlineData("20C80318 00000000 00000002 0000C350 000186A0 00000000", "MyDiscriminator", "no discriminator of its own")]
    [InlineData("20C80318 00000001 00000000 0000C350 000186A0 00000000", "YourDiscriminator", "Up without ours")]
    [InlineData("20880318 00000001 00000000 0000C350 000186A0 00000000", "YourDiscriminator", "Init without ours")]
    [InlineData("20480318 00000001 00000000 0000C350 000186A0 00000000", "None", "Down without ours")]
    [InlineData("20080318 00000001 00000000 0000C350 000186A0 00000000", "None", "AdminDown without ours")]
    [InlineData("20F80318 00000001 00000002 0000C350 000186A0 00000000", "PollAndFinal", "P and F, which §6.8.7 forbids")]
    [InlineData("20CC031C 00000001 00000002 0000C350 000186A0 00000000 01040161", "Authentication", "authentication that is not configured")]
    [InlineData("20C80318 00000001 00000002 0000C350 000186A0 00000000 FFFF", "None", "octets after the packet")]
    public void A_packet_is_checked(string hex, string expected, string because)
    {
        var input = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        BfdControlPacket.TryDecode(input, out _).ToString().Should().Be(expected, because);
    }

    [Fact]
    public void Whatever_the_octets_are_reading_them_does_not_throw()
    {
        var random = new Random(5880);
        var input = new byte[64];
        for (var i = 0; i < 100_000; i++)
        {
            random.NextBytes(input);
            input[0] = (byte)((input[0] & 0x1F) | 0x20);
            if (BfdControlPacket.TryDecode(input.AsSpan(0, random.Next(input.Length)), out var packet) == BfdPacketError.None)
            {
                packet.DetectMultiplier.Should().NotBe(0);
                packet.MyDiscriminator.Should().NotBe(0);
            }
        }
    }
}
