using BgpSharp.Wire;
using static BgpSharp.Tests.Wire.UpdateVectors;

namespace BgpSharp.Tests.Wire;

/// <summary>What RFC 7606 makes of each mistake, as a table.</summary>
public sealed class UpdateErrorTests
{
    private const string Nlri = "18 CB0071";

    /// <summary>Attributes of an UPDATE that also announces 203.0.113.0/24; from an external four-octet speaker.</summary>
    public static TheoryData<string, string, string, int> Table => new()
    {
        { Mandatory, "Accept", "None", 0 },
        { "40 01 00" + Via65000 + NextHop, "TreatAsWithdraw", "AttributeLength", 1 },
        { "40 01 02 0000" + Via65000 + NextHop, "TreatAsWithdraw", "AttributeLength", 1 },
        { "40 01 01 03" + Via65000 + NextHop, "TreatAsWithdraw", "OriginValue", 1 },
        { "C0 01 01 00" + Via65000 + NextHop, "TreatAsWithdraw", "AttributeFlags", 1 },
        { "00 01 01 00" + Via65000 + NextHop, "TreatAsWithdraw", "AttributeFlags", 1 },
        { "50 01 0001 00" + Via65000 + NextHop, "Accept", "None", 0 },
        { "60 01 01 00" + Via65000 + NextHop, "Accept", "None", 0 },
        { Via65000 + NextHop, "TreatAsWithdraw", "MissingWellKnown", 1 },
        { Origin + NextHop, "TreatAsWithdraw", "MissingWellKnown", 2 },
        { Origin + Via65000, "TreatAsWithdraw", "MissingWellKnown", 3 },
        { Origin + "40 02 00" + NextHop, "Accept", "None", 0 },
        { Origin + "40 02 01 02" + NextHop, "TreatAsWithdraw", "AsPathMalformed", 2 },
        { Origin + "40 02 02 02 00" + NextHop, "TreatAsWithdraw", "AsPathMalformed", 2 },
        { Origin + "40 02 06 00 01 0000FDE8" + NextHop, "TreatAsWithdraw", "AsPathMalformed", 2 },
        { Origin + "40 02 06 05 01 0000FDE8" + NextHop, "TreatAsWithdraw", "AsPathMalformed", 2 },
        { Origin + "40 02 06 03 01 0000FDE8" + NextHop, "Accept", "None", 0 },
        { Origin + "40 02 06 02 02 0000FDE8" + NextHop, "TreatAsWithdraw", "AsPathMalformed", 2 },
        { Origin + "40 02 07 02 01 0000FDE8 02" + NextHop, "TreatAsWithdraw", "AsPathMalformed", 2 },
        { Origin + "40 02 0A 02 02 0000FDE8 00000000" + NextHop, "TreatAsWithdraw", "AsZero", 2 },
        { Origin + Via65000 + "40 03 03 C63364", "TreatAsWithdraw", "AttributeLength", 3 },
        { Origin + Via65000 + "40 03 04 00000000", "TreatAsWithdraw", "NextHopValue", 3 },
        { Origin + Via65000 + "40 03 04 E0000001", "TreatAsWithdraw", "NextHopValue", 3 },
        { Mandatory + "80 04 03 000000", "TreatAsWithdraw", "AttributeLength", 4 },
        { Mandatory + "C0 04 04 00000000", "TreatAsWithdraw", "AttributeFlags", 4 },
        { Mandatory + "40 05 04 00000064", "DiscardAttributes", "InternalOnly", 5 },
        { Mandatory + "40 05 01 00", "DiscardAttributes", "InternalOnly", 5 },
        { Mandatory + "40 06 00", "Accept", "None", 0 },
        { Mandatory + "40 06 01 00", "DiscardAttributes", "AttributeLength", 6 },
        { Mandatory + "C0 07 08 0000FDE8 C633640B", "Accept", "None", 0 },
        { Mandatory + "C0 07 06 FDE8 C633640B", "DiscardAttributes", "AttributeLength", 7 },
        { Mandatory + "C0 07 08 00000000 C633640B", "DiscardAttributes", "AsZero", 7 },
        { Mandatory + "C0 08 00", "TreatAsWithdraw", "AttributeLength", 8 },
        { Mandatory + "C0 08 06 FDE80064 FDE8", "TreatAsWithdraw", "AttributeLength", 8 },
        { Mandatory + "80 08 04 FDE80064", "TreatAsWithdraw", "AttributeFlags", 8 },
        { Mandatory + "80 09 04 C633640B", "DiscardAttributes", "InternalOnly", 9 },
        { Mandatory + "80 0A 04 C633640B", "DiscardAttributes", "InternalOnly", 10 },
        { Mandatory + "C0 11 06 02 01 0000FDE8", "DiscardAttributes", "TwoOctetOnly", 17 },
        { Mandatory + "C0 12 08 0000FDE8 C633640B", "DiscardAttributes", "TwoOctetOnly", 18 },
        { Mandatory + "C0 63 00", "Accept", "None", 0 },
        { Mandatory + "40 63 01 07", "Reset", "UnrecognizedWellKnown", 99 },
        { Mandatory + Origin, "Accept", "None", 0 },
        { Mandatory + "40 01 01 07", "Accept", "None", 0 },
        { MpReach + MpReach + Mandatory, "Reset", "MultiprotocolTwice", 14 },
        { MpUnreach + MpUnreach + Mandatory, "Reset", "MultiprotocolTwice", 15 },
        { "80 0E 04 0002 01 00" + Mandatory, "Reset", "MultiprotocolMalformed", 14 },
        { "80 0E 05 0002 01 00 00" + Mandatory, "Reset", "MultiprotocolMalformed", 14 },
        { "80 0E 15 0002 01 20 20010DB8000000000000000000000011 00" + Mandatory, "Reset", "MultiprotocolMalformed", 14 },
        { "80 0E 1A 0002 01 10 20010DB8000000000000000000000011 00 81 20010DB8" + Mandatory, "Reset", "MultiprotocolMalformed", 14 },
        { "80 0E 19 0002 01 10 20010DB8000000000000000000000011 00 20 20010D" + Mandatory, "Reset", "MultiprotocolMalformed", 14 },
        { "80 0F 02 0002" + Mandatory, "Reset", "MultiprotocolMalformed", 15 },
        { "80 0F 07 0002 01 20 20010D" + Mandatory, "Reset", "MultiprotocolMalformed", 15 },
        { "C0 0F 08 0002 01 20 20010DB8" + Mandatory, "Reset", "AttributeFlags", 15 },
        { Mandatory + "C0 63 05 0000", "TreatAsWithdraw", "AttributeOverrun", 99 },
        { Mandatory + "C0 63", "TreatAsWithdraw", "AttributeOverrun", 99 },
        { Mandatory + "D0 63 00", "TreatAsWithdraw", "AttributeOverrun", 99 },
        { Mandatory + "80 0E 40 0002 01", "Reset", "AttributeOverrun", 14 },
        { "40 01 01 03" + Via65000 + "40 03 00", "TreatAsWithdraw", "OriginValue", 1 },
        { Mandatory + "40 05 04 00000064" + "80 04 00", "TreatAsWithdraw", "AttributeLength", 4 },
        { "40 01 01 03" + Via65000 + NextHop + "40 63 01 07", "Reset", "UnrecognizedWellKnown", 99 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_mistake_has_its_verdict(string attributes, string verdict, string rule, int type)
    {
        var body = Body("18 C63364", attributes, Nlri);

        UpdateDecoder.Decode(body, External, out var view, out var problem).ToString().Should().Be(verdict, problem.ToString());

        (problem.Verdict.ToString(), problem.Rule.ToString(), (int)problem.AttributeType).Should().Be((verdict, rule, type));
        var prefix = IpPrefix.Parse("203.0.113.0/24");
        view.AnnouncedPrefixes.ToList().Contains(prefix).Should().Be(verdict is "Accept" or "DiscardAttributes");
        view.WithdrawnPrefixes.ToList().Contains(prefix).Should().Be(verdict == "TreatAsWithdraw", "treat-as-withdraw withdraws what was announced");
        view.WithdrawnPrefixes.ToList().Contains(IpPrefix.Parse("198.51.100.0/24")).Should().Be(verdict != "Reset");
        foreach (var attribute in view.Attributes)
        {
            (attribute.Type == type).Should().BeFalse("an attribute at fault is not shown");
        }
    }

    [Theory]
    [InlineData("40 05 04 00000064", UpdateVerdict.Accept, 0)]
    [InlineData("", UpdateVerdict.TreatAsWithdraw, 5)]
    [InlineData("40 05 03 000064", UpdateVerdict.TreatAsWithdraw, 5)]
    [InlineData("40 05 04 00000064 80 09 04 C633640B 80 0A 08 C633640B C633640C", UpdateVerdict.Accept, 0)]
    [InlineData("40 05 04 00000064 80 09 03 C63364", UpdateVerdict.TreatAsWithdraw, 9)]
    [InlineData("40 05 04 00000064 80 0A 05 C633640B C6", UpdateVerdict.TreatAsWithdraw, 10)]
    internal void An_internal_peer_is_judged_by_its_own_rules(string more, UpdateVerdict verdict, int type)
    {
        UpdateDecoder.Decode(Body("", Mandatory + more, Nlri), Internal, out _, out var problem).Should().Be(verdict, problem.ToString());
        ((int)problem.AttributeType).Should().Be(type);
    }

    [Theory]
    [InlineData("C0 11 04 02 01 FDE8", "AsPathMalformed")]
    [InlineData("C0 11 00", "AttributeLength")]
    [InlineData("C0 11 06 02 01 00000000", "AsZero")]
    [InlineData("C0 12 06 FDE8 C633640B", "AttributeLength")]
    public void What_only_a_two_octet_speaker_sends_is_discarded_when_malformed(string attribute, string rule)
    {
        var body = Body("", Origin + "40 02 04 02 01 FDE8" + NextHop + attribute, Nlri);

        UpdateDecoder.Decode(body, TwoOctet, out var view, out var problem).Should().Be(UpdateVerdict.DiscardAttributes);

        problem.Rule.ToString().Should().Be(rule);
        view.AsPath.ToString().Should().Be("65000");
    }

    [Theory]
    [InlineData("0000", 1, "the second length is missing")]
    [InlineData("0004 18CB0071", 1, "the second length is missing")]
    [InlineData("0005 18CB0071 0000", 1, "withdrawn routes run into the attributes' length")]
    [InlineData("0000 0001", 1, "attributes exceed the message")]
    [InlineData("0004 21CB0071 0000", 10, "a withdrawn IPv4 prefix has at most 32 bits")]
    [InlineData("0003 18CB00 0000", 10, "a withdrawn prefix is cut off")]
    [InlineData("0000 0000 21CB007100", 10, "an announced IPv4 prefix has at most 32 bits")]
    [InlineData("0000 0000 18CB0071 18", 10, "an announced prefix is cut off")]
    public void Fields_that_cannot_be_read_reset_the_session(string body, byte subcode, string because)
    {
        var octets = Hex.Bytes(body);
        UpdateDecoder.Decode(octets, External, out var view, out var problem).Should().Be(UpdateVerdict.Reset, because);

        var notification = problem.ToNotification(octets);
        (notification.Code, notification.Subcode, notification.Data.Length).Should().Be((BgpErrorCode.UpdateMessage, subcode, 0));
        view.WithdrawnPrefixes.IsEmpty.Should().BeTrue();
    }

    [Theory]
    [InlineData(Mandatory + "40 63 01 07", Nlri, 2, "40630107")]
    [InlineData("80 0E 04 0002 01 00" + Mandatory, Nlri, 9, "800E0400020100")]
    [InlineData(Mandatory + "80 0E 40 0002 01", Nlri, 5, "800E40000201")]
    [InlineData(MpUnreach + MpUnreach, "", 1, "")]
    [InlineData(Origin + "80 02 00", "", 4, "800200")]
    [InlineData(Origin + "80 04 01 00", "", 5, "80040100")]
    [InlineData("40 01 01 09", "", 6, "40010109")]
    [InlineData("40 03 04 00000000", "", 8, "40030400000000")]
    [InlineData("40 02 01 00", "", 11, "")]
    [InlineData(MpUnreach + "40 01 01 09", "", 6, "40010109")]
    public void A_reset_says_what_RFC_4271_wants_to_hear(string attributes, string nlri, byte subcode, string data)
    {
        var body = Body("", attributes, nlri);
        UpdateDecoder.Decode(body, External, out _, out var problem).Should().Be(UpdateVerdict.Reset);

        var notification = problem.ToNotification(body);
        (notification.Code, notification.Subcode).Should().Be((BgpErrorCode.UpdateMessage, subcode));
        Convert.ToHexString(notification.Data.Span).Should().Be(data);
    }

    [Fact]
    public void Attributes_without_any_announcement_need_not_be_complete()
    {
        UpdateDecoder.Decode(Body("", MpUnreach + Origin, ""), External, out _, out _).Should().Be(UpdateVerdict.Accept);
        UpdateDecoder.Decode(Body(Nlri, "40 05 04 00000064", ""), External, out _, out _).Should().Be(UpdateVerdict.DiscardAttributes);
    }

    [Fact]
    public void Treat_as_withdraw_covers_every_prefix_of_both_families()
    {
        var body = Body("18 C63364", MpReach.Replace("20 20010DB8", "20 20010DB9", StringComparison.Ordinal) + MpUnreach + "40 01 01 07" + Via65000 + NextHop, Nlri);

        UpdateDecoder.Decode(body, External, out var view, out _).Should().Be(UpdateVerdict.TreatAsWithdraw);

        view.AnnouncedPrefixes.IsEmpty.Should().BeTrue();
        view.IsEndOfRib(out _).Should().BeFalse();
        view.ToUpdate().Withdrawn.Select(prefix => prefix.ToString())
            .Should().BeEquivalentTo("198.51.100.0/24", "2001:db8::/32", "2001:db9::/32", "203.0.113.0/24");
    }

    [Fact]
    public void Of_a_repeated_attribute_the_first_counts()
    {
        UpdateDecoder.Decode(Body("", Mandatory + "40 01 01 02" + "80 04 04 00000001" + "80 04 04 00000002", Nlri), External, out var view, out _);

        view.Origin.Should().Be(BgpOrigin.Igp);
        view.Med.Should().Be(1);
        view.ToUpdate().Announced.Should().ContainSingle();
    }

    [Fact]
    public void A_body_cut_anywhere_gives_a_verdict_and_never_an_exception()
    {
        var body = Body("18 C63364", MpReach + MpUnreach + Mandatory + "C0 08 04 FDE80064" + "C0 63 05 0102030405", Nlri);
        for (var length = 0; length < body.Length; length++)
        {
            foreach (var context in new[] { External, Internal, TwoOctet })
            {
                UpdateDecoder.Decode(body.AsSpan(0, length), context, out var view, out _);
                view.ToUpdate().Should().NotBeNull();
            }
        }
    }

    [Fact]
    public void Any_octet_may_be_wrong_without_an_exception()
    {
        var good = Body("18 C63364", MpReach + MpUnreach + Mandatory + "C0 08 04 FDE80064" + "C0 63 05 0102030405", Nlri);
        for (var position = 0; position < good.Length; position++)
        {
            for (var value = 0; value < 256; value++)
            {
                var body = good.ToArray();
                body[position] = (byte)value;
                foreach (var context in new[] { External, Internal, TwoOctet })
                {
                    UpdateDecoder.Decode(body, context, out var view, out _);
                    _ = view.ToUpdate();
                }
            }
        }
    }
}
