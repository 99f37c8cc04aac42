using BgpSharp.Tests.Wire;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Vectors;

/// <summary>frr-attr-block.jsonl: whole blocks of attributes and what becomes of the message.</summary>
public sealed class FrrAttributeBlockTests
{
    private const string File = "frr-attr-block.jsonl";

    // FRR's own choices: what it expects, and what the RFCs say instead.
    private static readonly Dictionary<string, string> s_disputed = new()
    {
        // A confederation's segment has no place in AS4_PATH and is passed over, whatever the path (RFC 6793 §6).
        ["frr/aspath/attr/12"] = "proceed 8466 3 52737 4096",

        // LOCAL_PREF between parts of one administrative domain is a draft's; from an external peer it is discarded (RFC 7606 §7.5).
        ["frr/attr_parse/local-pref-len-0-ebgp-oad"] = "proceed",
    };

    public static TheoryData<int, string> Cases => Corpus.Cases(File);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_block_has_its_verdict(int number, string id)
    {
        var vector = Corpus.Vector(File, number);
        var context = new WireContext
        {
            FourOctetAsn = vector.GetProperty("as_size").GetInt32() == 4,
            IsInternal = vector.TryGetProperty("peer", out var peer) && peer.GetString() == "ibgp",
        };

        // FRR looks at the attributes alone; without a route to withdraw the message would reset the session (RFC 7606 §5.2).
        var body = UpdateVectors.Body("", Convert.ToHexString(Corpus.Octets(vector, "attributes_hex")!), "18 CB0071");
        var verdict = UpdateDecoder.Decode(body, context, out var view, out var problem);

        var outcome = verdict switch
        {
            UpdateVerdict.Accept or UpdateVerdict.DiscardAttributes => "proceed",
            UpdateVerdict.TreatAsWithdraw => "treat-as-withdraw",
            _ => "session-reset",
        };
        var path = vector.TryGetProperty("as_path_text", out var text) && text.GetString() is { } ? " " + view.AsPath.ToString() : "";
        var expected = s_disputed.GetValueOrDefault(id) ?? $"{vector.GetProperty("outcome")} {text}".TrimEnd();
        (outcome + path).Should().Be(expected, $"{id}: {problem}");
    }
}
