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
            MultiprotocolCapability.Create(BgpFamily.Ipv4Unicast),
            BgpCapability.RouteRefresh,
            FourOctetAsnCapability.Create(65000),
        ],
    };

    [Fact]
    public void An_OPEN_is_read()
    {
        OpenCodec.TryDecode(Hex.Bytes(Golden), out var open, out _).Should().BeTrue();

        open.Should().BeEquivalentTo(s_golden, options => options.ComparingByValue<OpenParameter>());
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

        open!.Capabilities.Should().Equal(s_golden.Capabilities, "RFC 5492 §4 allows one Capabilities parameter for each");
        open.Parameters.Should().HaveCount(3);
        Encode(open).Should().Equal(Hex.Message(1, body), "what was read is written with the same parameters");
    }

    [Fact]
    public void Unknown_capabilities_survive_a_round_trip()
    {
        var open = new OpenMessage
        {
            MyAutonomousSystem = 23456,
            HoldTime = 0,
            Identifier = new BgpIdentifier(1),
            Capabilities = [new BgpCapability(73, [0, 1, 2, 255]), new BgpCapability(240, []), FourOctetAsnCapability.Create(4200000000)],
        };
        var output = new ArrayBufferWriter<byte>();
        OpenCodec.Encode(open, output);

        OpenCodec.TryDecode(output.WrittenSpan[19..], out var again, out _).Should().BeTrue();

        again.Should().BeEquivalentTo(open, options => options.ComparingByValue<OpenParameter>());
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
        Encode(open).Should().Equal(Hex.Message(1, Hex.Bytes("04 FDE8 005A C633640B 07  01 03 00AABB  02 00")));
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
    [InlineData("04 FDE8 005A C633640B 00 FF 0005 02 0002 0200", "a length of zero means no parameters, so no extended ones either (RFC 9072 §2)")]
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

    [Theory]
    [InlineData("04 FDE8 005A C633640B  FF FF 0000", "")]
    [InlineData("04 FDE8 005A C633640B  FF FF 0005  02 0002 0200", "2")]
    [InlineData("04 FDE8 005A C633640B  FF FF 000E  02 0002 0200  63 0001 AA  02 0002 4600", "2 70")]
    public void Extended_parameters_of_any_length_are_read_and_written(string body, string codes)
    {
        OpenCodec.TryDecode(Hex.Bytes(body), out var open, out _).Should().BeTrue("RFC 9072 §2 asks to accept short ones too");

        open!.HasExtendedParameters.Should().BeTrue();
        string.Join(' ', open.Capabilities.Select(capability => capability.Code)).Should().Be(codes);
        Encode(open).Should().Equal(Hex.Message(1, Hex.Bytes(body)));
    }

    [Fact]
    public void The_length_octet_before_extended_parameters_has_no_meaning()
    {
        OpenCodec.TryDecode(Hex.Bytes("04 FDE8 005A C633640B  04 FF 0005  02 0002 0200"), out var open, out _).Should().BeTrue();

        open!.Capabilities.Should().Equal([BgpCapability.RouteRefresh], "RFC 9072 §2");
    }

    [Theory]
    [InlineData("04 FDE8 005A C633640B 06  02 02 0200  FF 00")]
    [InlineData("04 FDE8 005A C633640B 07  02 00  FF 03 000000")]
    [InlineData("04 FDE8 005A C633640B FF FF 0008  02 0002 0200  FF 0000")]
    [InlineData("04 FDE8 005A C633640B FF FF 0008  FF 0000  02 0002 0200")]
    public void Type_255_anywhere_but_in_front_is_a_parameter_nobody_knows(string body)
    {
        OpenCodec.TryDecode(Hex.Bytes(body), out var open, out _).Should().BeTrue();

        open!.UnsupportedParameter.Should().Be(255, "RFC 9072 §3 has it answered as RFC 4271 §6.2 says");
        Encode(open).Should().Equal(Hex.Message(1, Hex.Bytes(body)));
    }

    [Theory]
    [InlineData(251, false, "253 octets of parameters have one-octet lengths")]
    [InlineData(253, false, "255 octets are the most that have")]
    [InlineData(254, true, "256 octets need the extended form")]
    [InlineData(600, true, "one parameter may be longer than 255 octets then")]
    public void The_extended_form_is_used_where_it_is_needed(int capabilitiesLength, bool extended, string because)
    {
        var open = new OpenMessage { MyAutonomousSystem = 65000, Capabilities = [.. Capabilities(capabilitiesLength)] };

        var message = Encode(open);

        (message[29] == 0xFF).Should().Be(extended, because);
        message.Should().HaveCount(29 + (extended ? 6 : 2) + capabilitiesLength);
        OpenCodec.TryDecode(message.AsSpan(19), out var again, out _).Should().BeTrue();
        again!.HasExtendedParameters.Should().Be(extended);
        again.Capabilities.Should().Equal(open.Capabilities);
    }

    [Theory]
    [InlineData("04 FDE8 005A C633640B  FF FF", "the extended length is missing")]
    [InlineData("04 FDE8 005A C633640B  FF FF 00", "the extended length is cut off")]
    [InlineData("04 FDE8 005A C633640B  FF FF 0004  02 0002 0200", "the parameters are longer than they say")]
    [InlineData("04 FDE8 005A C633640B  FF FF 0006  02 0002 0200", "the parameters are shorter than they say")]
    [InlineData("04 FDE8 005A C633640B  FF FF 0002  02 00", "a parameter's length has two octets")]
    [InlineData("04 FDE8 005A C633640B  FF FF 0005  02 0003 0200", "a parameter ends before its value")]
    public void Malformed_extended_parameters_are_an_unspecific_OPEN_error(string body, string because)
    {
        OpenCodec.TryDecode(Hex.Bytes(body), out _, out var error).Should().BeFalse(because);

        error.Should().Be(new WireError(BgpErrorCode.OpenMessage, 0));
    }

    [Fact]
    public void An_OPEN_of_4096_octets_is_written_and_a_longer_one_is_the_callers_mistake()
    {
        const int Most = 4096 - 29 - 3 - 3;

        var message = Encode(new OpenMessage { Capabilities = [.. Capabilities(Most)] });
        message.Should().HaveCount(4096);
        FrameReader.Read(message, 4096, out FrameView frame, out _).Should().Be(FrameStatus.Frame);
        OpenCodec.TryDecode(frame.Body, out var open, out _).Should().BeTrue();
        open!.Capabilities.Sum(capability => 2 + capability.Value.Length).Should().Be(Most);

        var tooLong = () => Encode(new OpenMessage { Capabilities = [.. Capabilities(Most + 1)] });
        tooLong.Should().Throw<ArgumentException>().WithMessage("*4096*4097*");
    }

    [Fact]
    public void Parameters_made_by_hand_are_written_as_they_are()
    {
        var open = new OpenMessage
        {
            MyAutonomousSystem = 65000,
            HoldTime = 90,
            Identifier = BgpIdentifier.Parse("198.51.100.11"),
            Parameters = [new OpenParameter(2, Hex.Bytes("0200 4600")), new OpenParameter(99, [1])],
        };

        open.Capabilities.Should().Equal(BgpCapability.RouteRefresh, BgpCapability.EnhancedRouteRefresh);
        Encode(open).Should().Equal(Hex.Message(1, Hex.Bytes("04 FDE8 005A C633640B 09  02 04 0200 4600  63 01 01")));
        var broken = () => new OpenMessage { Parameters = [new OpenParameter(2, [65, 4, 0])] };
        broken.Should().Throw<ArgumentException>().WithMessage("*within a capability*");
    }

    private static byte[] Encode(OpenMessage open)
    {
        var output = new ArrayBufferWriter<byte>();
        OpenCodec.Encode(open, output);
        return output.WrittenSpan.ToArray();
    }

    // As many octets of capabilities, lengths included.
    private static IEnumerable<BgpCapability> Capabilities(int length)
    {
        for (; length > 257; length -= 202)
        {
            yield return new BgpCapability(240, Enumerable.Repeat((byte)length, 200).ToArray());
        }

        yield return new BgpCapability(241, new byte[length - 2]);
    }
}
