using BgpSharp.Wire;
using static BgpSharp.Tests.Wire.UpdateVectors;

namespace BgpSharp.Tests.Wire;

/// <summary>Attribute by attribute: each fault it can have, from whom, and what RFC 7606 and the attribute's own RFC make of it.</summary>
public sealed class UpdateRuleTableTests
{
    private const string Accept = nameof(UpdateVerdict.Accept);
    private const string Discard = nameof(UpdateVerdict.DiscardAttributes);
    private const string Withdraw = nameof(UpdateVerdict.TreatAsWithdraw);
    private const string Reset = nameof(UpdateVerdict.Reset);
    private const string Flags = nameof(UpdateRule.AttributeFlags);
    private const string Length = nameof(UpdateRule.AttributeLength);
    private const string Path = nameof(UpdateRule.AsPathMalformed);
    private const string InternalOnly = nameof(UpdateRule.InternalOnly);
    private const string AsZero = nameof(UpdateRule.AsZero);
    private const string Multiprotocol = nameof(UpdateRule.MultiprotocolMalformed);

    /// <summary>E: external, I: internal, both of four-octet AS numbers; 2: external, of two-octet ones. Then the attribute at the end of a good message.</summary>
    public static TheoryData<string, string, string, string> Table => new()
    {
        // MULTI_EXIT_DISC: RFC 7606 §7.4.
        { "EI2", "80 04 04 00000001", Accept, "None" },
        { "EI2", "80 04 00", Withdraw, Length },
        { "EI2", "80 04 05 0000000001", Withdraw, Length },
        { "EI2", "40 04 04 00000001", Withdraw, Flags },

        // LOCAL_PREF: §7.5.
        { "E2", "40 05 04 00000064", Discard, InternalOnly },
        { "E2", "40 05 00", Discard, InternalOnly },
        { "E2", "C0 05 04 00000064", Discard, InternalOnly },

        // ATOMIC_AGGREGATE and AGGREGATOR: §7.6, §7.7, RFC 7607.
        { "EI2", "40 06 00", Accept, "None" },
        { "EI2", "40 06 01 00", Discard, Length },
        { "EI2", "C0 06 00", Withdraw, Flags },
        { "EI", "C0 07 08 0000FDE8 C633640B", Accept, "None" },
        { "EI", "C0 07 06 FDE8 C633640B", Discard, Length },
        { "EI", "C0 07 08 00000000 C633640B", Discard, AsZero },
        { "EI", "80 07 08 0000FDE8 C633640B", Withdraw, Flags },
        { "EI", "80 07 06 FDE8 C633640B", Withdraw, Flags },
        { "2", "C0 07 06 FDE8 C633640B", Accept, "None" },
        { "2", "C0 07 08 0000FDE8 C633640B", Discard, Length },
        { "2", "C0 07 06 0000 C633640B", Discard, AsZero },

        // COMMUNITIES: §7.8.
        { "EI2", "C0 08 04 FDE80064", Accept, "None" },
        { "EI2", "E0 08 04 FDE80064", Accept, "None" },
        { "EI2", "C0 08 00", Withdraw, Length },
        { "EI2", "C0 08 05 FDE8006400", Withdraw, Length },
        { "EI2", "80 08 04 FDE80064", Withdraw, Flags },

        // ORIGINATOR_ID and CLUSTER_LIST: §7.9, §7.10.
        { "I", "80 09 04 C633640B", Accept, "None" },
        { "I", "80 09 05 C633640B00", Withdraw, Length },
        { "I", "C0 09 04 C633640B", Withdraw, Flags },
        { "E2", "80 09 05 C633640B00", Discard, InternalOnly },
        { "I", "80 0A 08 C633640B C633640C", Accept, "None" },
        { "I", "80 0A 00", Withdraw, Length },
        { "I", "80 0A 06 C633640B C633", Withdraw, Length },
        { "E2", "80 0A 00", Discard, InternalOnly },

        // MP_REACH_NLRI and MP_UNREACH_NLRI: §5.3, §7.11, §7.12, RFC 8950 §3.
        { "EI2", "80 0E 0D 0001 01 04 C633640B 00 18 CB0072", Accept, "None" },
        { "EI2", "80 0E 19 0001 01 10 20010DB8000000000000000000000011 00 18 CB0072", Accept, "None" },
        { "EI2", "80 0E 05 0001 01 00 00", Reset, Multiprotocol },
        { "EI2", "80 0E 09 0002 01 04 C633640B 00", Reset, Multiprotocol },
        { "EI2", "80 0E 04 0002 01 01", Reset, Multiprotocol },
        { "EI2", "80 0E 0D 0001 01 04 C633640B 00 21 CB0072", Reset, Multiprotocol },
        { "EI2", "80 0E 00", Reset, Multiprotocol },
        { "EI2", "C0 0E 0D 0001 01 04 C633640B 00 18 CB0072", Reset, Flags },
        { "EI2", "40 0E 0D 0001 01 04 C633640B 00 18 CB0072", Reset, Flags },
        { "EI2", "80 0E 0D 0001 01 04 E0000001 00 18 CB0072", Withdraw, nameof(UpdateRule.NextHopValue) },
        { "EI2", "C0 0E 0D 0001 01 04 E0000001 00 18 CB0072", Reset, Flags },
        { "EI2", "C0 0E 00", Reset, Multiprotocol },
        { "EI2", "80 0E 07 0019 46 01 00 00 01", Accept, "None" },
        { "EI2", "80 0E 07 0019 46 03 00 00 01", Reset, Multiprotocol },
        { "EI2", "80 0F 03 0002 01", Accept, "None" },
        { "EI2", "80 0F 00", Reset, Multiprotocol },
        { "EI2", "C0 0F 03 0002 01", Reset, Flags },
        { "EI2", "80 0F 04 0001 01 18", Reset, Multiprotocol },
        { "EI2", "80 0F 04 0019 46 FF", Accept, "None" },

        // EXTENDED COMMUNITIES: §7.14; those of IPv6: §7.15.
        { "EI2", "C0 10 08 0002FDE800000064", Accept, "None" },
        { "EI2", "C0 10 00", Withdraw, Length },
        { "EI2", "C0 10 0C 0002FDE800000064 00000000", Withdraw, Length },
        { "EI2", "80 10 08 0002FDE800000064", Withdraw, Flags },
        { "EI2", "C0 19 14 0002 20010DB8000000000000000000000001 0064", Accept, "None" },
        { "EI2", "C0 19 00", Withdraw, Length },
        { "EI2", "C0 19 08 0002FDE800000064", Withdraw, Length },

        // AS4_PATH and AS4_AGGREGATOR: RFC 6793 §4.1, §6, RFC 7607.
        { "EI", "C0 11 06 02 01 0000FDE8", Discard, nameof(UpdateRule.TwoOctetOnly) },
        { "EI", "C0 11 01 02", Discard, nameof(UpdateRule.TwoOctetOnly) },
        { "EI", "C0 12 08 0000FDE8 C633640B", Discard, nameof(UpdateRule.TwoOctetOnly) },
        { "2", "C0 11 06 02 01 0000FDE8", Accept, "None" },
        { "2", "C0 11 00", Discard, Length },
        { "2", "C0 11 02 02 00", Discard, Path },
        { "2", "C0 11 06 05 01 0000FDE8", Discard, Path },
        { "2", "C0 11 07 02 01 0000FDE8 02", Discard, Path },
        { "2", "C0 11 06 02 01 00000000", Discard, AsZero },
        { "2", "80 11 06 02 01 0000FDE8", Withdraw, Flags },
        { "2", "C0 12 08 0000FDE8 C633640B", Accept, "None" },
        { "2", "C0 12 06 FDE8 C633640B", Discard, Length },
        { "2", "C0 12 08 00000000 C633640B", Discard, AsZero },

        // AIGP: RFC 7311 §3.
        { "EI2", "80 1A 0B 01 000B 0000000000000064", Accept, "None" },
        { "EI2", "80 1A 10 02 0005 ABCD 01 000B 0000000000000064", Accept, "None" },
        { "EI2", "80 1A 16 01 000B 0000000000000064 01 000B 0000000000000065", Accept, "None" },
        { "EI2", "80 1A 05 02 0005 ABCD", Accept, "None" },
        { "EI2", "80 1A 0B 01 000B FFFFFFFFFFFFFFFE", Accept, "None" },
        { "EI2", "80 1A 0B 01 000B FFFFFFFFFFFFFFFF", Discard, nameof(UpdateRule.AigpValue) },
        { "EI2", "80 1A 16 01 000B 0000000000000064 01 000B FFFFFFFFFFFFFFFF", Accept, "None" },
        { "EI2", "80 1A 00", Discard, Length },
        { "EI2", "80 1A 02 01 00", Discard, Length },
        { "EI2", "80 1A 03 02 0002", Discard, Length },
        { "EI2", "80 1A 04 02 0005 AB", Discard, Length },
        { "EI2", "80 1A 0A 01 000A 00000000000064", Discard, Length },
        { "EI2", "C0 1A 0B 01 000B 0000000000000064", Discard, Flags },

        // LARGE_COMMUNITY: RFC 8092 §6. ONLY_TO_CUSTOMER: RFC 9234 §5.
        { "EI2", "C0 20 0C 0000FDE8 00000001 00000002", Accept, "None" },
        { "EI2", "C0 20 00", Withdraw, Length },
        { "EI2", "C0 20 0D 0000FDE8 00000001 00000002 00", Withdraw, Length },
        { "EI2", "80 20 0C 0000FDE8 00000001 00000002", Withdraw, Flags },
        { "EI2", "C0 23 04 0000FDE8", Accept, "None" },
        { "EI2", "C0 23 03 00FDE8", Withdraw, Length },
        { "EI2", "40 23 04 0000FDE8", Withdraw, Flags },

        // Those nobody here knows: RFC 4271 §6.3, §9.
        { "EI2", "80 63 02 ABCD", Accept, "None" },
        { "EI2", "E0 FF 00", Accept, "None" },
        { "EI2", "40 63 00", Reset, nameof(UpdateRule.UnrecognizedWellKnown) },
        { "EI2", "00 FF 00", Reset, nameof(UpdateRule.UnrecognizedWellKnown) },

        // What goes beyond the attributes: RFC 7606 §4.
        { "EI2", "C0 08 05 FDE80064", Withdraw, nameof(UpdateRule.AttributeOverrun) },
        { "EI2", "D0 08 00", Withdraw, nameof(UpdateRule.AttributeOverrun) },
        { "EI2", "80", Withdraw, nameof(UpdateRule.AttributeOverrun) },
        { "EI2", "80 0F 09 0002 01", Reset, nameof(UpdateRule.AttributeOverrun) },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_fault_has_its_verdict_its_rule_and_its_place(string sessions, string attribute, string verdict, string rule)
    {
        foreach (var session in sessions)
        {
            var (context, good) = Session(session);
            var body = Body("18 C63364", good + attribute, "18 CB0071");

            UpdateDecoder.Decode(body, context, out var view, out var problem).ToString().Should().Be(verdict, $"{session}: {problem}");

            var octets = Hex.Bytes(attribute);
            var (type, offset) = verdict == Accept ? (0, 0) : (octets.Length > 1 ? octets[1] : 0, 2 + 4 + 2 + Hex.Bytes(good).Length);
            (problem.Rule.ToString(), (int)problem.AttributeType, problem.Offset).Should().Be((rule, type, offset), $"{session}");
            view.IsTreatedAsWithdraw.Should().Be(verdict == Withdraw);
            view.Nlri.Count().Should().Be(verdict == Reset ? 0 : 1);
            Shows(view, octets.Length > 1 ? octets[1] : (byte)0).Should().Be(verdict == Accept, "what is at fault is not shown, and everything else is");
        }
    }

    [Theory]
    [InlineData("E2", "40 01 01 01", Accept, "None")]
    [InlineData("EI2", "40 01 00", Withdraw, Length)]
    [InlineData("EI2", "40 01 01 03", Withdraw, nameof(UpdateRule.OriginValue))]
    [InlineData("EI2", "80 01 01 00", Withdraw, Flags)]
    [InlineData("EI", "40 02 06 02 01 00000000", Withdraw, AsZero)]
    [InlineData("2", "40 02 04 02 01 0000", Withdraw, AsZero)]
    [InlineData("EI2", "40 02 02 02 00", Withdraw, Path)]
    [InlineData("EI2", "40 02 01 02", Withdraw, Path)]
    [InlineData("EI2", "40 02 03 02 01 00", Withdraw, Path)]
    [InlineData("EI2", "C0 02 00", Withdraw, Flags)]
    [InlineData("EI2", "40 03 00", Withdraw, Length)]
    [InlineData("EI2", "40 03 05 C633640B00", Withdraw, Length)]
    [InlineData("EI2", "40 03 04 FFFFFFFF", Withdraw, nameof(UpdateRule.NextHopValue))]
    [InlineData("EI2", "80 03 04 C633640B", Withdraw, Flags)]
    [InlineData("I", "40 05 02 0064", Withdraw, Length)]
    [InlineData("I", "C0 05 04 00000064", Withdraw, Flags)]
    public void A_mandatory_attribute_at_fault_has_its_verdict_its_rule_and_its_place(string sessions, string attribute, string verdict, string rule)
    {
        foreach (var session in sessions)
        {
            // In front of the good message, whose own attribute of this type is then a repetition that does not count.
            var (context, good) = Session(session);
            var body = Body("", attribute + good, "18 CB0071");

            UpdateDecoder.Decode(body, context, out _, out var problem).ToString().Should().Be(verdict, $"{session}: {problem}");

            var type = verdict == Accept ? 0 : Hex.Bytes(attribute)[1];
            (problem.Rule.ToString(), (int)problem.AttributeType, problem.Offset).Should().Be((rule, type, verdict == Accept ? 0 : 4));
        }
    }

    [Theory]
    [InlineData("EI2", AttributeType.Origin)]
    [InlineData("EI2", AttributeType.AsPath)]
    [InlineData("EI2", AttributeType.NextHop)]
    [InlineData("I", AttributeType.LocalPref)]
    public void A_missing_mandatory_attribute_is_named(string sessions, byte type)
    {
        foreach (var session in sessions)
        {
            var (context, good) = Session(session);
            var attributes = string.Concat(Split(good).Where(attribute => attribute[1] != type).Select(Convert.ToHexString));

            UpdateDecoder.Decode(Body("", attributes, "18 CB0071"), context, out _, out var problem).Should().Be(UpdateVerdict.TreatAsWithdraw);

            (problem.Rule, problem.AttributeType, problem.Offset).Should().Be((UpdateRule.MissingWellKnown, type, 4));
        }
    }

    [Theory]
    [InlineData("18 C63364 21 C6336400 00", "", 2 + 4)]
    [InlineData("18 C63364 18 C633", "", 2 + 4)]
    [InlineData("", "18 CB0071 20 CB0071", 4 + 4)]
    [InlineData("", "FF", 4)]
    public void A_prefix_that_cannot_be_read_resets_the_session_and_is_pointed_at(string withdrawn, string nlri, int offset)
    {
        UpdateDecoder.Decode(Body(withdrawn, "", nlri), External, out _, out var problem).Should().Be(UpdateVerdict.Reset);

        (problem.Rule, problem.Offset).Should().Be((UpdateRule.NetworkField, offset));
    }

    private static (WireContext Context, string Good) Session(char session) => session switch
    {
        'E' => (External, Mandatory),
        'I' => (Internal, Mandatory + LocalPref),
        _ => (TwoOctet, Origin + "40 02 04 02 01 FDE8" + NextHop),
    };

    private static bool Shows(in UpdateView view, byte type)
    {
        foreach (var attribute in view.Attributes)
        {
            if (attribute.Type == type)
            {
                return true;
            }
        }

        return false;
    }

    private static List<byte[]> Split(string attributes)
    {
        var octets = Hex.Bytes(attributes);
        List<byte[]> all = [];
        var enumerator = new PathAttributeBlock(octets).GetEnumerator();
        for (var start = 0; enumerator.MoveNext(); start = octets.Length - enumerator.Rest.Length)
        {
            all.Add(octets[start..^enumerator.Rest.Length]);
        }

        return all;
    }
}
