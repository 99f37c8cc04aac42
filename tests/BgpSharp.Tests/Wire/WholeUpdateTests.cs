using System.Buffers;
using BgpSharp.Wire;
using static BgpSharp.Tests.Wire.UpdateVectors;

namespace BgpSharp.Tests.Wire;

/// <summary>A received UPDATE written again, whole.</summary>
public sealed class WholeUpdateTests
{
    private const string Vpn = "80 0E 0D 0001 80 04 C6336401 00 AABBCCDD";
    private const string VpnGone = "80 0F 05 0001 80 AABB";
    private const string Ipv4Gone = "18 CB0071";

    [Theory]
    [InlineData("18 CB0071", "", "", "routes withdrawn")]
    [InlineData("", Mandatory, "18 CB0071 20 CB00710A", "routes announced")]
    [InlineData("", "", "", "an End-of-RIB")]
    [InlineData("", "80 0F 03 0002 01", "", "an End-of-RIB of IPv6")]
    [InlineData("", "80 0F 03 0001 80", "", "an End-of-RIB of a family not read")]
    [InlineData("", "90 0F 0008 0002 01 20 20010DB8", "", "IPv6 routes withdrawn")]
    [InlineData("", VpnGone, "", "routes withdrawn of a family not read")]
    [InlineData("", Vpn + Origin + Via65000, "", "routes announced of a family not read")]
    public void One_part_is_the_same_message_again(string withdrawn, string attributes, string nlri, string what)
    {
        var body = Body(withdrawn, attributes, nlri);
        Written(body, External).Should().ContainSingle(what).Which.Should().Equal(body, what);
    }

    [Fact]
    public void Each_part_has_a_message_of_its_own() =>
        Written(Body(Ipv4Gone, MpUnreach + MpReach + Mandatory, "20 CB00710A"), External).Select(Convert.ToHexString).Should().Equal(
            [
                Convert.ToHexString(Body(Ipv4Gone, "", "")),
                Convert.ToHexString(Body("", "90 0F 0008 0002 01 20 20010DB8", "")),
                Convert.ToHexString(Body("", "90 0E 001A 0002 01 10 20010DB8000000000000000000000011 00 20 20010DB8" + Origin + Via65000, "")),
                Convert.ToHexString(Body("", Mandatory, "20 CB00710A")),
            ],
            "RFC 7606 §5.1");

    [Theory]
    [InlineData(Mandatory, "attributes of no route")]
    [InlineData(Origin + "80 0F 03 0001 80", "no route withdrawn, and no End-of-RIB as there is more")]
    public void What_changes_nothing_has_no_message(string attributes, string what) =>
        Written(Body("", attributes, ""), External).Should().BeEmpty(what);

    [Fact]
    public void IPv4_routes_in_multiprotocol_attributes_go_into_their_fields() =>
        Written(Body("", "80 0F 07 0001 01 18 CB0072" + "80 0E 0D 0001 01 04 C633640B 00 18 CB0071" + Origin + Via65000, ""), External)
            .Select(Convert.ToHexString).Should().Equal(Convert.ToHexString(Body("18 CB0072", "", "")), Convert.ToHexString(Body("", Mandatory, "18 CB0071")));

    [Fact]
    public void An_IPv4_next_hop_in_MP_REACH_NLRI_is_a_hosts_as_well()
    {
        var body = Body("", "80 0E 0D 0001 01 04 E0000001 00 18 CB0071" + Origin + Via65000, "");
        UpdateDecoder.Decode(body, External, out var view, out var problem).Should().Be(UpdateVerdict.TreatAsWithdraw, "224.0.0.1 is no host's address");
        (problem.Rule, problem.AttributeType).Should().Be((UpdateRule.NextHopValue, AttributeType.MpReach));
        view.ToUpdate().Withdrawn.Should().Equal(new BgpPath(IpPrefix.Parse("203.0.113.0/24")));
    }

    [Fact]
    public void What_was_treated_as_withdrawn_is_written_as_withdrawn() =>
        Written(Body("", "40 01 01 07" + Via65000 + NextHop, Ipv4Gone), External).Should().ContainSingle().Which.Should().Equal(Body(Ipv4Gone, "", ""));

    [Fact]
    public void What_is_too_much_for_a_message_goes_into_the_next()
    {
        var many = string.Concat(Enumerable.Range(0, 2000).Select(i => $"20 CB00{i:X4}"));
        var update = Read(Body("", Mandatory, many), External);

        var messages = Written(update, External);

        messages.Should().HaveCount(3, "10,000 octets of prefixes need three messages of 4,096");
        messages.SelectMany(body => Read(body, External).Announced).Should().Equal(update.Announced);
        Written(update, External with { MaximumMessageLength = 65535 }).Should().ContainSingle("extended messages hold it");
    }

    [Theory]
    [InlineData(Mandatory, "18 CB0071")]
    [InlineData(Vpn + Origin + Via65000, "")]
    public void Attributes_that_fill_a_message_are_not_written(string attributes, string nlri)
    {
        var update = Read(Body("", attributes + "D0 63 1000" + new string('0', 2 * 4096), nlri), External);
        UpdateWriter.TryWrite(new ArrayBufferWriter<byte>(), update, External).Should().BeFalse("4,096 octets have no room for them");
        UpdateWriter.TryWrite(new ArrayBufferWriter<byte>(), update, External with { MaximumMessageLength = 65535 }).Should().BeTrue();
    }

    [Fact]
    public void UPDATEs_are_equal_when_they_change_the_same()
    {
        string[] bodies =
        [
            Hexadecimal(Body(Ipv4Gone, "", "")), Hexadecimal(Body("18 CB0072", "", "")), Hexadecimal(Body("", Mandatory, Ipv4Gone)),
            Hexadecimal(Body("", Mandatory + "80 04 04 00000001", Ipv4Gone)), Hexadecimal(Body("", MpReach + Mandatory, Ipv4Gone)),
            Hexadecimal(Body("", MpReach + Origin + Via65000, "")), Hexadecimal(Body("", "", "")), Hexadecimal(Body("", MpUnreach, "")),
            Hexadecimal(Body("", "80 0F 03 0002 01", "")), Hexadecimal(Body("", Vpn + Origin + Via65000, "")), Hexadecimal(Body("", VpnGone, "")),
        ];

        var read = bodies.Select(body => Read(Convert.FromHexString(body), External)).ToArray();
        var again = bodies.Select(body => Read(Convert.FromHexString(body), External)).ToArray();

        read.Should().Equal(again);
        read.Select(update => update.GetHashCode()).Should().Equal(again.Select(update => update.GetHashCode()));
        read.Distinct().Should().HaveCount(bodies.Length, "no two of them change the same");
    }

    private static string Hexadecimal(byte[] octets) => Convert.ToHexString(octets);

    private static List<byte[]> Written(byte[] body, WireContext context) => Written(Read(body, context), context);

    private static List<byte[]> Written(BgpUpdate update, WireContext context)
    {
        var output = new ArrayBufferWriter<byte>();
        UpdateWriter.TryWrite(output, update, context).Should().BeTrue();
        List<byte[]> bodies = [];
        for (var rest = output.WrittenSpan; !rest.IsEmpty;)
        {
            FrameReader.Read(rest, context.MaximumMessageLength, out FrameView frame, out _).Should().Be(FrameStatus.Frame);
            frame.Type.Should().Be(MessageType.Update);
            bodies.Add(frame.Body.ToArray());
            rest = rest[frame.Length..];
        }

        return bodies;
    }
}
