using System.Globalization;
using System.Text.Json;
using BgpSharp.Tests.Wire;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Vectors;

/// <summary>frr-aspath.jsonl, the reading half: AS_PATH values, and AS_PATH with AS4_PATH.</summary>
public sealed class FrrAsPathTests
{
    private const string File = "frr-aspath.jsonl";

    // FRR shows AS 0 in a path; RFC 7607 §2 has the routes withdrawn.
    private static readonly HashSet<string> s_hasAsZero = ["frr/aspath/segments/28", "frr/aspath/segments/32"];

    public static TheoryData<int, string> Paths => Corpus.Cases(File, vector => Kind(vector) == "path");

    public static TheoryData<int, string> Merges => Corpus.Cases(File, vector => Kind(vector) == "as4-merge");

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_path_is_read(int number, string id)
    {
        var vector = Corpus.Vector(File, number);
        var value = Corpus.Octets(vector, "value_hex")!;
        var attribute = $"50 02 {value.Length:X4} {Convert.ToHexString(value)}";
        var body = UpdateVectors.Body("", UpdateVectors.Origin + attribute + UpdateVectors.NextHop, "18 CB0071");

        var verdict = UpdateDecoder.Decode(body, UpdateVectors.TwoOctet, out var view, out var problem);

        if (s_hasAsZero.Contains(id))
        {
            (verdict, problem.Rule).Should().Be((UpdateVerdict.TreatAsWithdraw, UpdateRule.AsZero));
        }
        else if (vector.GetProperty("outcome").GetString() == "reject")
        {
            (verdict, problem.Rule).Should().Be((UpdateVerdict.TreatAsWithdraw, UpdateRule.AsPathMalformed));
        }
        else
        {
            verdict.Should().Be(UpdateVerdict.Accept, problem.ToString());
            Compare(view.AsPath, vector);
        }
    }

    [Theory]
    [MemberData(nameof(Merges))]
    public void AS_PATH_and_AS4_PATH_become_one(int number, string id)
    {
        var vector = Corpus.Vector(File, number);
        var path = Corpus.Octets(vector, "as_path_hex")!;
        var as4Path = Widen(Corpus.Octets(vector, "as4_path_as2_hex")!);
        var attributes = $"50 02 {path.Length:X4} {Convert.ToHexString(path)} D0 11 {as4Path.Length:X4} {Convert.ToHexString(as4Path)}";
        var body = UpdateVectors.Body("", UpdateVectors.Origin + attributes + UpdateVectors.NextHop, "18 CB0071");

        UpdateDecoder.Decode(body, UpdateVectors.TwoOctet, out var view, out var problem).Should().Be(UpdateVerdict.Accept, $"{id}: {problem}");

        Compare(view.AsPath, vector);
    }

    private static void Compare(AsPathView path, JsonElement vector)
    {
        Describe(path, vector.TryGetProperty("asn_notation", out _)).Should().Be(vector.GetProperty("text").GetString());
        path.Length.Should().Be(vector.GetProperty("hop_count").GetInt32());
        if (!path.IsEmpty)
        {
            path.Contains(vector.GetProperty("contains").GetUInt32()).Should().BeTrue();
        }

        path.Contains(vector.GetProperty("does_not_contain").GetUInt32()).Should().BeFalse();
    }

    // FRR sorts its sets, drops what is in them twice, and can write asdot+.
    private static string Describe(AsPathView path, bool isAsdot)
    {
        string Text(Asn asn) => isAsdot
            ? string.Create(CultureInfo.InvariantCulture, $"{asn.Value >> 16}.{asn.Value & 0xFFFF}")
            : asn.ToString();
        List<string> segments = [];
        foreach (var segment in path)
        {
            List<Asn> asns = [];
            foreach (var asn in segment)
            {
                asns.Add(asn);
            }

            segments.Add(segment.Type switch
            {
                AsPathSegmentType.Sequence => string.Join(' ', asns.Select(Text)),
                AsPathSegmentType.ConfedSequence => $"({string.Join(' ', asns.Select(Text))})",
                AsPathSegmentType.Set => $"{{{string.Join(',', asns.Distinct().Order().Select(Text))}}}",
                _ => $"[{string.Join(',', asns.Distinct().Order().Select(Text))}]",
            });
        }

        return string.Join(' ', segments);
    }

    // The same segments with four octets for each AS number.
    private static byte[] Widen(byte[] path)
    {
        List<byte> wide = [];
        foreach (var segment in new AsPathSegmentsView(path, fourOctetAsn: false))
        {
            wide.AddRange([(byte)segment.Type, (byte)segment.Count]);
            foreach (var asn in segment)
            {
                wide.AddRange([0, 0, (byte)(asn.Value >> 8), (byte)asn.Value]);
            }
        }

        return [.. wide];
    }

    private static string Kind(JsonElement vector) => vector.GetProperty("kind").GetString()!;
}
