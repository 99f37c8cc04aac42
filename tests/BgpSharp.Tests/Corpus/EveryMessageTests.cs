using System.Text.Json;
using BgpSharp.Tests.Wire;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Vectors;

/// <summary>All the files of vectors: whatever is in them, the reader and the decoder agree on it and never throw.</summary>
public sealed class EveryMessageTests
{
    [Fact]
    public void Every_message_of_the_corpus_gives_a_typed_outcome()
    {
        var counts = new Dictionary<UpdateVerdict, int>();
        foreach (var file in Directory.EnumerateFiles(Corpus.PathOf("vectors"), "*.jsonl"))
        {
            foreach (var body in Corpus.Vectors(file).SelectMany(UpdateBodies))
            {
                foreach (var context in new[] { UpdateVectors.External, UpdateVectors.Internal, UpdateVectors.TwoOctet })
                {
                    var verdict = UpdateDecoder.Decode(body, context, out var view, out _);
                    _ = view.ToUpdate();
                    counts[verdict] = counts.GetValueOrDefault(verdict) + 1;
                }
            }
        }

        counts.Values.Sum().Should().BeGreaterThan(100, "the corpus has hundreds of UPDATEs");
        counts.Should().ContainKey(UpdateVerdict.Accept).And.ContainKey(UpdateVerdict.Reset);
    }

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
