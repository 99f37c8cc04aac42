using BgpSharp.Tests.Wire;

namespace BgpSharp.Tests.Samples.Decode;

/// <summary>bgpsharp decode on path attributes: every one in its own words, and what is unusual about it.</summary>
public sealed class AttributeFormTests
{
    private const string Everyday = "40010100 400206 0201 0001000E 400304 C6336401 ";

    public static TheoryData<string, string, string> Attributes { get; } = new()
    {
        { "800404 00000064", "MULTI_EXIT_DISC      100", "\"med\":100" },
        { "400600", "ATOMIC_AGGREGATE", "\"atomic_aggregate\":true" },
        { "C00708 0001000E C6336409", "AGGREGATOR           65550 198.51.100.9", "\"aggregator\":{\"as\":65550,\"address\":\"198.51.100.9\"}" },
        { "C00808 FDE80064 FFFFFF01", "COMMUNITIES          65000:100 no-export", "\"communities\":[\"65000:100\",\"no-export\"]" },
        { "C01010 0002FDE800000064 4004FDE84B189680", "EXTENDED COMMUNITIES rt:65000:100 lb:65000:10000000", "\"extended_communities\":[\"rt:65000:100\",\"lb:65000:10000000\"]" },
        { "C01914 0002 20010DB8000000000000000000000001 0064", "IPv6 EXTENDED COMMUNITIES rt:[2001:db8::1]:100", "\"ipv6_extended_communities\":[\"rt:[2001:db8::1]:100\"]" },
        { "C0200C 0000FDE80000000100000002", "LARGE_COMMUNITY      65000:1:2", "\"large_communities\":[\"65000:1:2\"]" },
        { "801A0B 01000B 0000000000000064", "AIGP                 100", "\"aigp\":100" },
        { "C02304 0000FDE8", "ONLY_TO_CUSTOMER     65000", "\"only_to_customer\":65000" },
        { "C02803 010203", "PREFIX-SID (flags 0xC0) 010203", "\"others\":[{\"type\":40,\"name\":\"PREFIX-SID\",\"flags\":192,\"value\":\"010203\"}]" },
        { "C06303 010203", "attribute 99 (flags 0xC0) 010203", "\"others\":[{\"type\":99,\"name\":\"attribute 99\",\"flags\":192,\"value\":\"010203\"}]" },
        { "E00804 FDE80064", "COMMUNITIES (partial) 65000:100", "\"unusual_flags\":[{\"type\":8,\"name\":\"COMMUNITIES\",\"flags\":224}]" },
        { "D0080004 FDE80064", "COMMUNITIES          65000:100", "\"unusual_flags\":[]" },
        { "400404 00000064", "MULTI_EXIT_DISC (flags 0x40) 100", "\"unusual_flags\":[{\"type\":4,\"name\":\"MULTI_EXIT_DISC\",\"flags\":64}]" },
        { "C00803 FDE800", "COMMUNITIES          0xFDE800", "\"others\":[{\"type\":8,\"name\":\"COMMUNITIES\",\"flags\":192,\"value\":\"FDE800\"}]" },
        { "800E0B 0001 85 00 00 05012018CB00", "announced            ipv4-flowspec: 05012018CB00", "{\"family\":\"ipv4-flowspec\",\"next_hop\":null,\"link_local_next_hop\":null,\"prefixes\":[],\"undecoded\":\"05012018CB00\"}" },
        { "800E14 0001 80 0C 0000000000000000C6336402 00 010203", "announced            ipv4-vpn via 198.51.100.2: 010203", "{\"family\":\"ipv4-vpn\",\"next_hop\":\"198.51.100.2\"," },
        { "800E2A 0002 01 20 20010DB8000000000000000000000001 FE800000000000000000000000000001 00 2020010DB8", "announced            ipv6-unicast via 2001:db8::1 fe80::1: 2001:db8::/32", "\"next_hop\":\"2001:db8::1\",\"link_local_next_hop\":\"fe80::1\"" },
    };

    [Theory]
    [MemberData(nameof(Attributes))]
    public async Task Every_attribute_has_its_line_and_its_key(string attribute, string line, string json)
    {
        var octets = Hex.Bytes(Everyday + attribute);
        var message = Messages.ToHex(Hex.Message(2, [0, 0, 0, (byte)octets.Length, .. octets, .. Hex.Bytes("18 CB0071")]));

        (await DecodeCli.RunAsync(message)).Output.Split('\n').Should().Contain("  " + line);
        var result = await DecodeCli.RunAsync(message, "--json");
        result.Objects().Should().ContainSingle("it is one line of valid JSON");
        result.Output.Should().Contain(json);
    }

    [Fact]
    public async Task The_verdict_names_attribute_offset_and_rule()
    {
        var message = Messages.ToHex(Messages.Update("40 02 06 02 01 0001000E 40 05 04 00000064", "18 CB0071"));
        var update = (await DecodeCli.RunAsync(message, "--json")).Objects().Single();

        update.GetProperty("verdict").GetString().Should().Be("discard-attributes");
        update.GetProperty("problem").GetRawText().Should().Be(
            """{"rule":"internal-only","attribute":"LOCAL_PREF","attribute_type":5,"offset":17,"text":"LOCAL_PREF: not allowed from an external peer at offset 17: attribute discarded"}""");
    }
}
