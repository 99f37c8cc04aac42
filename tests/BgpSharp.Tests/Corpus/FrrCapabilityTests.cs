using System.Text.Json;
using BgpSharp.Tests.Wire;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Vectors;

/// <summary>frr-capability.jsonl: capabilities and optional parameters, good and bad.</summary>
public sealed class FrrCapabilityTests
{
    private const string File = "frr-capability.jsonl";

    // FRR ends the session for the content of a capability. No RFC says so: RFC 5492 §5 knows errors about capabilities that
    // are missing, and RFC 4271 §6.2 about the structure of a parameter, which is sound here. The content is as good as not
    // sent, and no reader takes it.
    private static readonly HashSet<string> s_contentOnly =
    [
        "frr/capability/test/3", // ORF (RFC 5291 §5) too short
        "frr/capability/misc/15", // multiprotocol (RFC 4760 §8) without a family
        "frr/capability/misc/17", // four-octet AS (RFC 6793 §3) without a number
        "frr/capability/misc/21", // role (RFC 9234 §4.1) of four octets
    ];

    // A message type of its own (draft-ietf-idr-dynamic-cap, expired) is not among those we frame.
    public static TheoryData<int, string> Cases =>
        Corpus.Cases(File, vector => vector.GetProperty("input").GetString() != "dynamic-capability-body");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parameters_are_accepted_or_refused(int number, string id)
    {
        var vector = Corpus.Vector(File, number);
        var octets = Corpus.Octets(vector, "hex")!;
        byte[] parameters = vector.GetProperty("input").GetString() == "capability-tlvs" ? [2, (byte)octets.Length, .. octets] : octets;
        var body = Hex.Bytes($"04 FDE8 005A C633640B {parameters.Length:X2} {Convert.ToHexString(parameters)}");

        var read = OpenCodec.TryDecode(body, out var open, out var error);

        var contentOnly = s_contentOnly.Contains(id);
        read.Should().Be(contentOnly || vector.GetProperty("outcome").GetString() == "accept", $"{id}: {error}");
        if (contentOnly)
        {
            var capability = open!.Capabilities.Should().ContainSingle().Subject;
            (MultiprotocolCapability.TryRead(capability, out _) || FourOctetAsnCapability.TryRead(capability, out _) || RoleCapability.TryRead(capability, out _))
                .Should().BeFalse();
        }
        else if (read)
        {
            (FourOctetAsnCapability.Find(open!.Capabilities)?.Value).Should().Be(Number(vector, "as4"));
            if (Number(vector, "afi") is { } afi)
            {
                // FRR's SAFI of labelled VPNs is the registry's 128; its vector says so, the octets may say otherwise.
                MultiprotocolCapability.TryRead(open.Capabilities[0], out var family).Should().BeTrue();
                family.Should().Be(new BgpFamily((ushort)(octets[2] << 8 | octets[3]), octets[5]));
                ((uint)family.Afi).Should().Be(afi);
            }
        }
        else
        {
            error.Should().Be(new WireError(BgpErrorCode.OpenMessage, 0), "RFC 4271 §6.2");
        }
    }

    private static uint? Number(JsonElement vector, string name) =>
        vector.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetUInt32() : null;
}
