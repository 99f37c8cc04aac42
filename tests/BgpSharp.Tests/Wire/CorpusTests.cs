using System.Net;
using System.Text.Json;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Wire;

/// <summary>
/// Messages of many origins, in a folder outside the project: ../shared/data, or what BGP_CORPUS names. Skipped where
/// there is none. Not BGPSHARP_...: those are settings of the VIP host, whose tests run in this process.
/// </summary>
public sealed class CorpusTests
{
    // Expectations that record what one program prints, where the RFCs say something else.
    private static readonly HashSet<string> s_disputed =
    [
        // An unrecognized well-known attribute has to be refused (RFC 4271 §6.3).
        "exabgp/encoding/conf-generic-attribute.ci/1",

        // IPv6 unicast has next hops of 16 or 32 octets, never of 4 (RFC 2545 §3).
        "exabgp/encoding/extended-nexthop.ci/1",

        // 255.255.255.255 is no host's address (RFC 4271 §6.3).
        "exabgp/encoding/conf-attributes.ci/2",
    ];

    [Fact]
    public void Every_message_of_the_corpus_gives_a_typed_outcome()
    {
        var counts = new Dictionary<UpdateVerdict, int>();
        foreach (var file in Directory.EnumerateFiles(Corpus.PathOf("vectors"), "*.jsonl"))
        {
            foreach (var vector in Corpus.Vectors(file))
            {
                foreach (var body in UpdateBodies(vector))
                {
                    foreach (var context in new[] { UpdateVectors.External, UpdateVectors.Internal, UpdateVectors.TwoOctet })
                    {
                        var verdict = UpdateDecoder.Decode(body, context, out var view, out _);
                        _ = view.ToUpdate();
                        counts[verdict] = counts.GetValueOrDefault(verdict) + 1;
                    }
                }
            }
        }

        counts.Values.Sum().Should().BeGreaterThan(100, "the corpus has hundreds of UPDATEs");
        counts.Should().ContainKey(UpdateVerdict.Accept).And.ContainKey(UpdateVerdict.Reset);
    }

    [Fact]
    public void The_prefixes_and_next_hops_of_the_corpus_are_read_as_expected()
    {
        var compared = 0;
        var differences = new List<string>();
        foreach (var vector in Corpus.Vectors("exabgp-unicast.jsonl"))
        {
            var expected = vector.GetProperty("expected");
            if (s_disputed.Contains(vector.GetProperty("id").GetString()!)
                || vector.GetProperty("type").GetString() != "UPDATE" || vector.GetProperty("context").GetProperty("add_path").GetArrayLength() > 0)
            {
                continue;
            }

            var context = new WireContext
            {
                FourOctetAsn = vector.GetProperty("context").GetProperty("as4").GetBoolean(),
                IsInternal = expected.TryGetProperty("attributes", out var attributes) && attributes.TryGetProperty("local_pref", out _),
            };
            var verdict = UpdateDecoder.Decode(Corpus.Octets(vector, "hex").AsSpan(19), context, out var view, out var problem);
            var update = view.ToUpdate();
            var read = update.Announced.Select(route => $"+{route.Prefix} {route.Attributes.NextHop}")
                .Concat(update.Withdrawn.Select(prefix => $"-{prefix}")).Order();
            var wanted = Routes(expected, "announced").Select(route => $"+{IpPrefix.Parse(route[3].GetString()!)} {NextHop(route)}")
                .Concat(Routes(expected, "withdrawn").Select(route => $"-{IpPrefix.Parse(route[3].GetString()!)}")).Order();
            if (!read.SequenceEqual(wanted))
            {
                differences.Add($"{vector.GetProperty("id")}: {verdict} {problem}; read {string.Join(", ", read)}; wanted {string.Join(", ", wanted)}");
            }

            compared++;
        }

        string.Join('\n', differences).Should().BeEmpty();
        compared.Should().BeGreaterThan(50);
    }

    private static JsonElement.ArrayEnumerator Routes(JsonElement expected, string name) =>
        expected.TryGetProperty(name, out var routes) ? routes.EnumerateArray() : default;

    private static IPAddress NextHop(JsonElement route) => IPAddress.Parse(route[4].GetString()!);

    // Whole messages, attribute blocks, and single values of AS_PATH or the multiprotocol attributes.
    private static IEnumerable<byte[]> UpdateBodies(JsonElement vector)
    {
        if (Corpus.Octets(vector, "hex") is { Length: >= 19 } message)
        {
            yield return message[19..];
        }

        if (Corpus.Octets(vector, "attributes_hex") is { } attributes)
        {
            yield return Update(attributes);
        }

        if (Corpus.Octets(vector, "value_hex") is { Length: < 65000 } value)
        {
            var type = vector.TryGetProperty("attribute", out var attribute) && attribute.TryGetByte(out var code) ? code : (byte)2;
            yield return Update([type == 2 ? (byte)0x50 : (byte)0x90, type, (byte)(value.Length >> 8), (byte)value.Length, .. value]);
        }
    }

    private static byte[] Update(byte[] attributes) => [0, 0, (byte)(attributes.Length >> 8), (byte)attributes.Length, .. attributes];
}
