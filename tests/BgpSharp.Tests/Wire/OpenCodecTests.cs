using System.Buffers;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Wire;

public sealed class OpenCodecTests
{
    private const string Golden = """
        04          # version
        FDE8        # My Autonomous System 65000
        005A        # Hold Time 90
        C633640B    # BGP Identifier 198.51.100.11
        10          # Optional Parameters Length
        02 0E       # parameter Capabilities, 14 octets
        01 04 0001 00 01    # multiprotocol, IPv4 unicast
        02 00               # route refresh
        41 04 0000FDE8      # four-octet AS 65000
        """;

    private static readonly OpenMessage s_golden = new()
    {
        MyAutonomousSystem = 65000,
        HoldTime = 90,
        Identifier = BgpIdentifier.Parse("198.51.100.11"),
        Capabilities =
        [
            CapabilityCodec.Multiprotocol(BgpFamily.Ipv4Unicast),
            CapabilityCodec.RouteRefresh,
            CapabilityCodec.FourOctetAsn(65000),
        ],
    };

    [Fact]
    public void An_OPEN_is_read()
    {
        OpenCodec.TryDecode(Hex.Bytes(Golden), out var open, out _).Should().BeTrue();

        open.Should().BeEquivalentTo(s_golden);
    }

    [Fact]
    public void An_OPEN_is_written()
    {
        var output = new ArrayBufferWriter<byte>();
        OpenCodec.Encode(s_golden, output);

        output.WrittenSpan.ToArray().Should().Equal(Hex.Message(1, Hex.Bytes(Golden)));
    }

    [Fact]
    public void Capabilities_in_parameters_of_their_own_read_the_same()
    {
        var body = Hex.Bytes("""
            04 FDE8 005A C633640B
            14          # Optional Parameters Length
            02 06 01 04 0001 00 01
            02 02 02 00
            02 06 41 04 0000FDE8
            """);

        OpenCodec.TryDecode(body, out var open, out _).Should().BeTrue();

        open.Should().BeEquivalentTo(s_golden, "RFC 5492 §4 allows one Capabilities parameter for each");
    }

    [Fact]
    public void Unknown_capabilities_survive_a_round_trip()
    {
        var open = new OpenMessage
        {
            MyAutonomousSystem = 23456,
            HoldTime = 0,
            Identifier = new BgpIdentifier(1),
            Capabilities = [new BgpCapability(73, [0, 1, 2, 255]), new BgpCapability(240, []), CapabilityCodec.FourOctetAsn(4200000000)],
        };
        var output = new ArrayBufferWriter<byte>();
        OpenCodec.Encode(open, output);

        OpenCodec.TryDecode(output.WrittenSpan[19..], out var again, out _).Should().BeTrue();

        again.Should().BeEquivalentTo(open);
    }

    [Fact]
    public void An_OPEN_without_parameters_is_read()
    {
        OpenCodec.TryDecode(Hex.Bytes("04 FDE8 005A C633640B 00"), out var open, out _).Should().BeTrue();

        open!.Capabilities.Should().BeEmpty();
        open.UnsupportedParameter.Should().BeNull();
    }

    [Fact]
    public void Another_parameter_is_noted_with_its_type()
    {
        OpenCodec.TryDecode(Hex.Bytes("04 FDE8 005A C633640B 07  01 03 00AABB  02 00"), out var open, out _).Should().BeTrue();

        open!.UnsupportedParameter.Should().Be(1, "the old authentication parameter is no longer defined");
    }

    [Theory]
    [InlineData("03 FDE8 005A C633640B 00")]
    [InlineData("05 FDE8 005A C633640B 00")]
    [InlineData("03 FDE8 005A C633640B 05 02 09 00")]
    public void Another_version_is_refused_first_of_all_and_ours_is_named(string body)
    {
        OpenCodec.TryDecode(Hex.Bytes(body), out _, out var error).Should().BeFalse();

        (error.Code, error.Subcode).Should().Be((BgpErrorCode.OpenMessage, (byte)1));
        error.Data.ToArray().Should().Equal(0, 4);
    }

    [Theory]
    [InlineData("04 FDE8 005A C633640B 01", "the parameters are longer than the message")]
    [InlineData("04 FDE8 005A C633640B 00 02 00", "the parameters are shorter than the message")]
    [InlineData("04 FDE8 005A C633640B 01 02", "a parameter ends before its length")]
    [InlineData("04 FDE8 005A C633640B 04 02 03 0200", "a parameter ends before its value")]
    [InlineData("04 FDE8 005A C633640B 03 02 01 02", "a capability ends before its length")]
    [InlineData("04 FDE8 005A C633640B 06 02 04 0104 0001", "a capability ends before its value")]
    public void A_malformed_parameter_is_an_unspecific_OPEN_error(string body, string because)
    {
        OpenCodec.TryDecode(Hex.Bytes(body), out _, out var error).Should().BeFalse(because);

        (error.Code, error.Subcode, error.Data.Length).Should().Be((BgpErrorCode.OpenMessage, (byte)0, 0), because);
    }

    [Fact]
    public void An_OPEN_cut_off_anywhere_is_an_error_and_never_an_exception()
    {
        var body = Hex.Bytes(Golden);
        for (var length = 0; length < body.Length; length++)
        {
            OpenCodec.TryDecode(body.AsSpan(0, length), out _, out var error).Should().BeFalse();
            error.Code.Should().NotBe(default(BgpErrorCode));
        }
    }

    [Fact]
    public void More_capabilities_than_an_OPEN_holds_are_the_callers_mistake()
    {
        var open = new OpenMessage { Capabilities = [new BgpCapability(1, new byte[200]), new BgpCapability(2, new byte[52])] };

        var encode = () => OpenCodec.Encode(open, new ArrayBufferWriter<byte>());

        encode.Should().Throw<ArgumentException>().WithMessage("*255*");
    }
}
