using BgpSharp.Wire;

namespace BgpSharp.Tests.Vectors;

/// <summary>exabgp-unicast.jsonl: every attribute, prefix, path identifier and next hop of exabgp's own messages.</summary>
public sealed class ExabgpUnicastTests
{
    private const string File = "exabgp-unicast.jsonl";

    // Expectations that record what one program prints, where the RFCs say something else.
    private static readonly Dictionary<string, (UpdateVerdict Verdict, UpdateRule Rule)> s_disputed = new()
    {
        // An unrecognized well-known attribute has to be refused (RFC 4271 §6.3).
        ["exabgp/encoding/conf-generic-attribute.ci/1"] = (UpdateVerdict.Reset, UpdateRule.UnrecognizedWellKnown),

        // IPv6 unicast has next hops of 16 or 32 octets, never of 4 (RFC 2545 §3).
        ["exabgp/encoding/extended-nexthop.ci/1"] = (UpdateVerdict.Reset, UpdateRule.MultiprotocolMalformed),

        // 255.255.255.255 is no host's address (RFC 4271 §6.3).
        ["exabgp/encoding/conf-attributes.ci/2"] = (UpdateVerdict.TreatAsWithdraw, UpdateRule.NextHopValue),
    };

    public static TheoryData<int, string> Cases => Corpus.Cases(File);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_message_is_read_as_expected(int number, string id)
    {
        var vector = Corpus.Vector(File, number);

        var verdict = UpdateDecoder.Decode(ExabgpVector.Body(vector), ExabgpVector.Context(vector), out var view, out var problem);

        if (s_disputed.TryGetValue(id, out var ours))
        {
            (verdict, problem.Rule).Should().Be(ours, "the expectation is disputed");
            return;
        }

        verdict.Should().Be(UpdateVerdict.Accept, problem.ToString());
        ExabgpVector.Read(view, vector).Should().Equal(ExabgpVector.Expected(vector));
        var hasEndOfRib = vector.GetProperty("expected").TryGetProperty("end_of_rib", out var endOfRib) && endOfRib.ValueKind != System.Text.Json.JsonValueKind.Null;
        view.IsEndOfRib(out _).Should().Be(hasEndOfRib);
    }
}
