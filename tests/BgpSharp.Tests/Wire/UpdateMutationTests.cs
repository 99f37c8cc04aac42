using BgpSharp.Wire;
using static BgpSharp.Tests.Wire.UpdateVectors;

namespace BgpSharp.Tests.Wire;

/// <summary>
/// Each attribute of a good UPDATE damaged in each of the ways that RFC 7606 knows, against a table written from the RFCs;
/// then the same without an announcement, and two such attributes at once.
/// </summary>
public sealed class UpdateMutationTests
{
    private const string Nlri = "18 CB0071";

    /// <summary>
    /// The attribute, on which sessions (E external, I internal, both of four-octet AS numbers; T external, two-octet ones),
    /// and the verdicts (A accept, D discard, W treat as withdrawn, R reset) when it is as written; the Optional bit is
    /// flipped; the Transitive bit is; the value has an octet less; one more, FF; none.
    /// </summary>
    private static readonly (string Sessions, string Attribute, string Verdicts)[] s_table =
    [
        // RFC 7606 §7.1 to §7.4; of these only AS_PATH may be empty (§4).
        ("EIT", Origin, "AWWWWW"),
        ("EI", Via65000, "AWWWWA"),
        ("T", "40 02 04 02 01 FDE8", "AWWWWA"),
        ("EIT", NextHop, "AWWWWW"),
        ("EIT", "80 04 04 00000001", "AWWWWW"),

        // §7.5, §7.9, §7.10: from another AS they are dropped unseen.
        ("ET", LocalPref, "DDDDDD"),
        ("I", LocalPref, "AWWWWW"),
        ("ET", "80 09 04 C633640B", "DDDDDD"),
        ("I", "80 09 04 C633640B", "AWWWWW"),
        ("ET", "80 0A 04 C633640B", "DDDDDD"),
        ("I", "80 0A 04 C633640B", "AWWWWW"),

        // §7.6, §7.7.
        ("EIT", "40 06 00", "AWW-DA"),
        ("EI", "C0 07 08 0000FDE8 C633640B", "AWWDDD"),
        ("T", "C0 07 06 FDE8 C633640B", "AWWDDD"),

        // §7.8, §7.14, §7.15; RFC 8092 §6; RFC 9234 §5.
        ("EIT", "C0 08 04 FDE80064", "AWWWWW"),
        ("EIT", "C0 10 08 0002FDE800000064", "AWWWWW"),
        ("EIT", "C0 19 14 0002 20010DB8000000000000000000000001 0064", "AWWWWW"),
        ("EIT", "C0 20 0C 0000FDE8 00000001 00000002", "AWWWWW"),
        ("EIT", "C0 23 04 0000FDE8", "AWWWWW"),

        // §5.3, §7.11: wrong flags too leave it open what the prefixes are. FF is the length of no prefix.
        ("EIT", MpReach, "ARRRRR"),
        ("EIT", MpUnreach, "ARRRRR"),

        // RFC 6793 §4.1: a four-octet speaker has no business with them; §6 for others.
        ("EI", "C0 11 06 02 01 0000FDE8", "DDDDDD"),
        ("T", "C0 11 06 02 01 0000FDE8", "AWWDDD"),
        ("EI", "C0 12 08 0000FDE8 C633640B", "DDDDDD"),
        ("T", "C0 12 08 0000FDE8 C633640B", "AWWDDD"),

        // RFC 7311 §3.2.
        ("EIT", "80 1A 0B 01 000B 0000000000000064", "ADDDDD"),

        // Unknown ones: without the Optional bit nobody may not know them (RFC 4271 §6.3), and any length is right.
        ("EIT", "C0 63 02 ABCD", "ARAAAA"),
        ("EIT", "80 64 02 ABCD", "ARAAAA"),
    ];

    [Theory]
    [InlineData('E')]
    [InlineData('I')]
    [InlineData('T')]
    public void Each_attribute_damaged_in_each_way_has_the_verdict_of_the_table(char session)
    {
        foreach (var (attribute, expected) in Mutants(session))
        {
            Decode(session, [attribute], Nlri, out var problem).Should().Be(expected, Say(session, attribute));

            (problem.AttributeType == attribute[1]).Should().Be(expected != UpdateVerdict.Accept, "the attribute at fault is named");
        }
    }

    [Theory]
    [InlineData('E')]
    [InlineData('I')]
    [InlineData('T')]
    public void Where_nothing_is_announced_what_would_withdraw_resets(char session)
    {
        foreach (var (attribute, expected) in Mutants(session).Where(mutant => mutant.Attribute[1] != AttributeType.MpReach))
        {
            Decode(session, [attribute], "", out _).Should().Be(
                expected == UpdateVerdict.TreatAsWithdraw ? UpdateVerdict.Reset : expected, $"RFC 7606 §5.2: {Say(session, attribute)}");
        }
    }

    [Theory]
    [InlineData('E')]
    [InlineData('I')]
    [InlineData('T')]
    public void Of_two_attributes_at_fault_the_stronger_action_counts(char session)
    {
        var mutants = Mutants(session);
        foreach (var (first, ofFirst) in mutants)
        {
            foreach (var (second, ofSecond) in mutants.Where(mutant => mutant.Attribute[1] != first[1]))
            {
                Decode(session, [first, second], Nlri, out _).Should().Be(
                    ofFirst > ofSecond ? ofFirst : ofSecond, $"RFC 7606 §3 (h): {Say(session, first)}, {Say(session, second)}");
            }
        }
    }

    [Theory]
    [InlineData('E')]
    [InlineData('I')]
    [InlineData('T')]
    public void A_second_attribute_of_a_type_does_not_count_whatever_is_wrong_with_it(char session)
    {
        var goods = Mutants(session).GroupBy(mutant => mutant.Attribute[1]).ToDictionary(group => group.Key, group => group.First());
        foreach (var (attribute, _) in Mutants(session))
        {
            var (good, expected) = goods[attribute[1]];
            Decode(session, [good, attribute], Nlri, out _).Should().Be(
                attribute[1] is AttributeType.MpReach or AttributeType.MpUnreach ? UpdateVerdict.Reset : expected,
                $"RFC 7606 §3 (g): {Say(session, attribute)}");
        }
    }

    [Theory]
    [InlineData('E')]
    [InlineData('I')]
    [InlineData('T')]
    public void An_attribute_that_runs_over_the_end_is_at_least_a_withdrawal(char session)
    {
        foreach (var (attribute, _) in Mutants(session).Where(mutant => (mutant.Attribute[0] & AttributeFlags.ExtendedLength) == 0))
        {
            foreach (var length in new[] { attribute[2] + 1, byte.MaxValue })
            {
                var longer = attribute.ToArray();
                longer[2] = (byte)length;

                Decode(session, [longer], Nlri, out var problem).Should().Be(
                    attribute[1] is AttributeType.MpReach or AttributeType.MpUnreach ? UpdateVerdict.Reset : UpdateVerdict.TreatAsWithdraw,
                    $"RFC 7606 §4: {Say(session, longer)}");
                (problem.Rule, problem.AttributeType).Should().Be((UpdateRule.AttributeOverrun, attribute[1]));
            }
        }
    }

    /// <summary>Every attribute in every way, as it was first.</summary>
    private static List<(byte[] Attribute, UpdateVerdict Expected)> Mutants(char session)
    {
        List<(byte[] Attribute, UpdateVerdict Expected)> all = [];
        foreach (var (_, attribute, verdicts) in s_table.Where(row => row.Sessions.Contains(session, StringComparison.Ordinal)))
        {
            var good = Hex.Bytes(attribute);
            byte[][] mutants =
            [
                good,
                [(byte)(good[0] ^ AttributeFlags.Optional), .. good[1..]],
                [(byte)(good[0] ^ AttributeFlags.Transitive), .. good[1..]],
                good.Length == 3 ? [] : [good[0], good[1], (byte)(good[2] - 1), .. good[3..^1]],
                [good[0], good[1], (byte)(good[2] + 1), .. good[3..], 0xFF],
                [good[0], good[1], 0],
            ];
            all.AddRange(mutants.Zip(verdicts, (mutant, verdict) => (mutant, Verdict(verdict))).Where(pair => pair.mutant.Length > 0));
        }

        return all;
    }

    /// <summary>The attributes at the end of a message that has all it needs besides.</summary>
    private static UpdateVerdict Decode(char session, byte[][] attributes, string nlri, out UpdateProblem problem)
    {
        var context = session switch { 'E' => External, 'I' => Internal, _ => TwoOctet };
        string[] needed = [Origin, session == 'T' ? "40 02 04 02 01 FDE8" : Via65000, NextHop, .. session == 'I' ? [LocalPref] : Array.Empty<string>()];
        var others = needed.Select(Hex.Bytes).Where(one => attributes.All(attribute => attribute[1] != one[1]));
        var body = Body("18 C63364", Convert.ToHexString([.. others.Concat(attributes).SelectMany(octets => octets)]), nlri);
        return UpdateDecoder.Decode(body, context, out _, out problem);
    }

    private static UpdateVerdict Verdict(char letter) => letter switch
    {
        'A' => UpdateVerdict.Accept,
        'D' => UpdateVerdict.DiscardAttributes,
        'W' => UpdateVerdict.TreatAsWithdraw,
        'R' => UpdateVerdict.Reset,
        _ => default,
    };

    private static string Say(char session, byte[] attribute) => $"{session} {Convert.ToHexString(attribute)}";
}
