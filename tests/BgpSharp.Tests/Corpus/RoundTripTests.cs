using System.Text.Json;
using BgpSharp.Tests.Wire;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Vectors;

/// <summary>
/// Every UPDATE of the corpus is read, written and read again: the same octets come out, or messages in the form of RFC 7606
/// §5.1 with the same routes. Of what is malformed, what was kept.
/// </summary>
public sealed class RoundTripTests(ITestOutputHelper output)
{
    public static TheoryData<string> Archives => [.. Corpus.MrtFiles];

    [Theory]
    [MemberData(nameof(Archives))]
    public void UPDATEs_and_table_entries_of_archives_survive(string file)
    {
        var all = new RoundTrips();
        all.AddArchive(Corpus.Read("mrt", file));

        Check(file, all);
    }

    [Fact]
    public void UPDATEs_of_vectors_survive_on_sessions_of_all_kinds()
    {
        var all = new RoundTrips();
        foreach (var vector in Directory.EnumerateFiles(Corpus.PathOf("vectors"), "*.jsonl").SelectMany(file => Corpus.Vectors(Path.GetFileName(file))))
        {
            if (Corpus.Octets(vector, "hex") is not { Length: >= 19 } message || message[18] != (byte)MessageType.Update)
            {
                continue;
            }

            foreach (var context in new[] { UpdateVectors.External, UpdateVectors.Internal, UpdateVectors.TwoOctet, Own(vector) })
            {
                all.Add(message.AsSpan(19), context);
            }
        }

        Check("vectors", all);
        all.Same.Should().BeGreaterThan(0);
        all.Refused.Should().BeGreaterThan(0);
    }

    [Fact]
    public void UPDATEs_of_captures_survive()
    {
        var all = new CapturedUpdates();
        foreach (var file in Directory.EnumerateFiles(Corpus.PathOf("pcap")).Where(file => !file.EndsWith(".jsonl", StringComparison.Ordinal)).Order())
        {
            all.Add(Corpus.Read("pcap", Path.GetFileName(file)));
        }

        Check("captures", all.RoundTrips);
        all.RoundTrips.Same.Should().BeGreaterThan(0);
    }

    private void Check(string what, RoundTrips all)
    {
        output.WriteLine($"{what}: {all}");
        all.Differences.Should().BeEmpty($"what was read of {what} is to survive");
    }

    private static WireContext Own(JsonElement vector) =>
        vector.TryGetProperty("context", out var context) && context.TryGetProperty("add_path", out _) && vector.TryGetProperty("expected", out _)
            ? ExabgpVector.Context(vector)
            : default;
}
