using BgpSharp.Tests.Wire;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Vectors;

/// <summary>frr-mp-attr.jsonl: values of MP_REACH_NLRI, MP_UNREACH_NLRI and PREFIX_SID, good and bad.</summary>
public sealed class FrrMultiprotocolTests
{
    private const string File = "frr-mp-attr.jsonl";

    private static readonly HashSet<string> s_disputed =
    [
        // Routes of a VPN are not read here, only framed, so that what is wrong inside of them is their reader's to say.
        "frr/mp_attr/mp_reach/14",
        "frr/mp_attr/mp_reach/16",

        // All lengths fit, and no prefix follows: RFC 4760 §3 does not ask for one, and RFC 7606 §5.2 reckons with there being none.
        "frr/mp_attr/mp_reach/20",

        // PREFIX_SID is not read here, and RFC 8669 §6 has a malformed one discarded, not its routes withdrawn.
        "frr/mp_attr/prefix_sid/2",
        "frr/mp_attr/prefix_sid/4",
        "frr/mp_attr/prefix_sid/6",
    ];

    public static TheoryData<int, string> Cases => Corpus.Cases(File);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_value_is_accepted_or_refused(int number, string id)
    {
        var vector = Corpus.Vector(File, number);
        var type = vector.GetProperty("attribute").GetByte();
        var value = Corpus.Octets(vector, "value_hex")!;
        var flags = type is AttributeType.MpReach or AttributeType.MpUnreach ? "90" : "D0";
        var attribute = $"{flags} {type:X2} {value.Length:X4} {Convert.ToHexString(value)}";
        var body = UpdateVectors.Body("", UpdateVectors.Mandatory + attribute, "");

        var verdict = UpdateDecoder.Decode(body, UpdateVectors.External, out _, out var problem);

        var isRefused = vector.GetProperty("outcome").GetString() == "reject" && !s_disputed.Contains(id);
        verdict.Should().Be(isRefused ? UpdateVerdict.Reset : UpdateVerdict.Accept, $"{id}: {problem}");
        problem.Rule.Should().Be(isRefused ? UpdateRule.MultiprotocolMalformed : UpdateRule.None);
        ((int)problem.AttributeType).Should().Be(isRefused ? type : 0);
    }
}
