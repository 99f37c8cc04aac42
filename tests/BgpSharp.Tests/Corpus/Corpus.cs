using System.IO.Compression;
using System.Text.Json;

namespace BgpSharp.Tests;

/// <summary>
/// Data of many origins, in a folder outside the project: ../shared/data, or what BGP_CORPUS names. Tests that need it are
/// skipped where there is none. Not BGPSHARP_...: those are settings of the VIP host, whose tests run in this process.
/// </summary>
internal static class Corpus
{
    private const string Missing = "no corpus: neither ../shared/data/vectors nor BGP_CORPUS/vectors is there";

    private static readonly string? s_folder = Find();

    /// <summary>Whether there is a corpus.</summary>
    public static bool IsThere => s_folder is not null;

    /// <summary>Skips the test where there is no corpus.</summary>
    public static void Require() => Assert.SkipWhen(s_folder is null, Missing);

    /// <summary>A file or folder of the corpus, say <c>mrt</c>; skips the test where there is no corpus.</summary>
    public static string PathOf(params string[] parts)
    {
        Require();
        return Path.Combine([s_folder!, .. parts]);
    }

    /// <summary>The cases of a file of vectors, say <c>opens.jsonl</c>; skips the test where there is no corpus.</summary>
    public static IEnumerable<JsonElement> Vectors(string file)
    {
        foreach (var line in File.ReadLines(PathOf("vectors", file)))
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    /// <summary>
    /// The cases of a file of vectors by number and id, as theory data: read the case with <see cref="Vector"/>. Without a
    /// corpus it is one row, whose test must call <see cref="Vector"/> and is skipped there.
    /// </summary>
    public static TheoryData<int, string> Cases(string file, Func<JsonElement, bool>? wanted = null)
    {
        var data = new TheoryData<int, string>();
        if (s_folder is null)
        {
            data.Add(0, Missing);
            return data;
        }

        foreach (var (number, vector) in Vectors(file).Index())
        {
            if (wanted is null || wanted(vector))
            {
                data.Add(number, vector.GetProperty("id").GetString()!);
            }
        }

        return data;
    }

    /// <summary>One case of a file of vectors; skips the test where there is no corpus.</summary>
    public static JsonElement Vector(string file, int number) => Vectors(file).ElementAt(number);

    /// <summary>
    /// The names of the MRT files, as theory data: read them with <see cref="Read"/>. Without a corpus it is one row, whose
    /// test is skipped there.
    /// </summary>
    public static IEnumerable<string> MrtFiles => s_folder is null
        ? [Missing]
        : Directory.EnumerateFiles(Path.Combine(s_folder, "mrt")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    /// <summary>A file, unpacked when its name ends in .gz; skips the test where there is no corpus.</summary>
    public static byte[] Read(params string[] parts)
    {
        using Stream file = File.OpenRead(PathOf(parts));
        using var unpacked = parts[^1].EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        var octets = new MemoryStream();
        unpacked.CopyTo(octets);
        return octets.ToArray();
    }

    /// <summary>A hexadecimal field of a case; null when it is not there or not whole octets.</summary>
    public static byte[]? Octets(JsonElement vector, string name) =>
        vector.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } hex && hex.Length % 2 == 0
            ? Convert.FromHexString(hex)
            : null;

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("BGP_CORPUS") is { Length: > 0 } named)
        {
            return Existing(named);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BgpSharp.sln")))
            {
                return Existing(Path.Combine(folder.FullName, "..", "shared", "data"));
            }
        }

        return null;
    }

    private static string? Existing(string corpus) => Directory.Exists(Path.Combine(corpus, "vectors")) ? corpus : null;
}
