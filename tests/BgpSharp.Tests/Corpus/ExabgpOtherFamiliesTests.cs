using BgpSharp.Wire;

namespace BgpSharp.Tests.Vectors;

/// <summary>exabgp-other-families.jsonl: flow specification, VPNs, EVPN, BGP-LS ... The attributes are read, the routes are handed on raw.</summary>
public sealed class ExabgpOtherFamiliesTests
{
    private const string File = "exabgp-other-families.jsonl";

    public static TheoryData<int, string> Cases => Corpus.Cases(File);

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_attributes_are_read_and_the_routes_kept_octet_for_octet(int number, string id)
    {
        var vector = Corpus.Vector(File, number);
        var body = ExabgpVector.Body(vector);
        var context = ExabgpVector.Context(vector);

        UpdateDecoder.Decode(body, context, out var view, out var problem).Should().Be(UpdateVerdict.Accept, $"{id}: {problem}");

        ExabgpVector.Read(view, vector).Should().Equal(ExabgpVector.Expected(vector), id);
        UpdateReader.TryRead(body, context, out var update).Should().BeTrue();
        Describe(view.Attributes).Should().Equal(Describe(update.Attributes), "nothing is discarded and nothing changed");
        var routes = view.MpReachNlri.Octets.Length + view.MpUnreachNlri.Octets.Length;
        (routes > 0).Should().Be(!view.IsEndOfRib(out _), "these messages announce or withdraw in a multiprotocol attribute or end a table");
    }

    private static List<string> Describe(PathAttributesView attributes)
    {
        List<string> lines = [];
        foreach (var attribute in attributes)
        {
            lines.Add($"{attribute.Flags:X2} {attribute.Type} {Convert.ToHexString(attribute.Value)}");
        }

        return lines;
    }

    private static List<string> Describe(PathAttributeBlock attributes)
    {
        List<string> lines = [];
        foreach (var attribute in attributes)
        {
            lines.Add($"{attribute.Flags:X2} {attribute.Type} {Convert.ToHexString(attribute.Value)}");
        }

        return lines;
    }
}
