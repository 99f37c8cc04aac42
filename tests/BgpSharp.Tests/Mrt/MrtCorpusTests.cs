using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BgpSharp.Mrt;

namespace BgpSharp.Tests.Mrt;

/// <summary>Archives of route collectors: as many records, messages and errors as an independent reader found.</summary>
public sealed partial class MrtCorpusTests
{
    private static readonly string[] s_messageNames = ["", "OPEN", "UPDATE", "NOTIFICATION", "KEEPALIVE", "ROUTE_REFRESH"];

    public static TheoryData<string> Files => [.. Corpus.MrtFiles];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_record_is_read_and_counted(string file)
    {
        var records = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var messages = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var errors = new Dictionary<string, int>();
        var reader = new MrtReader(new MemoryStream(Corpus.Read("mrt", file)));
        while (reader.TryRead(out var record))
        {
            Add(records, Name(record));
            if (record.Kind == MrtKind.Message && !MrtMessage.TryRead(record, out var message, out var error))
            {
                Add(errors, $"message: {error.Problem}");
            }
            else if (record.Kind == MrtKind.Message && record.Type != MrtType.LegacyBgp)
            {
                MrtMessage.TryRead(record, out message, out _);
                Add(messages, s_messageNames[message.MessageType]);
            }
            else if (!IsRead(record))
            {
                Add(errors, $"{record.Kind}, {record.Body.Length} octets");
            }
        }

        reader.State.Should().Be(MrtReaderState.End);
        records.Should().BeEquivalentTo(ExpectedRecords(file));
        messages.Should().BeEquivalentTo(ExpectedMessages(file));

        // Zebra once wrote messages and state changes without interface and addresses.
        errors.Should().BeEquivalentTo(file.StartsWith("ripe.rrc01.updates.20001104", StringComparison.Ordinal)
            ? new Dictionary<string, int> { ["message: AddressFamily"] = 21, ["StateChange, 8 octets"] = 42 }
            : []);
    }

    private static void Add(IDictionary<string, int> counts, string name) => counts[name] = (counts.TryGetValue(name, out var count) ? count : 0) + 1;

    private static bool IsRead(scoped in MrtRecord record) => record.Kind switch
    {
        MrtKind.TableDump => MrtTableDump.TryRead(record, out _, out _),
        MrtKind.PeerIndexTable => MrtPeerIndexTable.TryRead(record, out _, out _),
        MrtKind.Rib => MrtRib.TryRead(record, out _, out _),
        MrtKind.StateChange => MrtStateChange.TryRead(record, out _, out _),
        _ => true,
    };

    private static string Name(scoped in MrtRecord record) => record.Type switch
    {
        MrtType.LegacyBgp => $"BGP(legacy)/{Words((LegacyBgpSubtype)record.Subtype)}",
        MrtType.TableDump => $"TABLE_DUMP/AFI_{(record.Subtype == 1 ? "IPv4" : "IPv6")}",
        MrtType.TableDumpV2 => $"TABLE_DUMP_V2/{Words((TableDumpV2Subtype)record.Subtype)}",
        _ when record.Subtype == (ushort)Bgp4MpSubtype.Entry => "BGP4MP/2",
        _ => $"{(record.IsExtended ? "BGP4MP_ET" : "BGP4MP")}/{Words((Bgp4MpSubtype)record.Subtype)}",
    };

    // MessageAs4AddPath is MESSAGE_AS4_ADDPATH.
    private static string Words(Enum subtype) =>
        Capital().Replace(subtype.ToString().Replace("AddPath", "Addpath", StringComparison.Ordinal), "_$0").ToUpperInvariant();

    // The corpus' own index: "N records: TYPE/SUBTYPE n, ...; BGP: ...".
    private static Dictionary<string, int> ExpectedRecords(string file)
    {
        var line = File.ReadLines(Corpus.PathOf("INDEX.md")).Single(line => line.StartsWith($"- **mrt/{file}**", StringComparison.Ordinal));
        return RecordCounts().Match(line).Groups[1].Value.Split(", ").Select(item => item.Split(' '))
            .ToDictionary(item => item[0], item => int.Parse(item[1], CultureInfo.InvariantCulture));
    }

    private static Dictionary<string, int> ExpectedMessages(string file)
    {
        foreach (var line in File.ReadLines(Corpus.PathOf("expected", "summary.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.GetProperty("file").GetString() == $"mrt/{file}")
            {
                return document.RootElement.GetProperty("reference_messages").EnumerateObject()
                    .Where(count => s_messageNames.Contains(count.Name))
                    .ToDictionary(count => count.Name, count => count.Value.GetInt32());
            }
        }

        throw new InvalidOperationException($"{file} is not in the summary.");
    }

    [GeneratedRegex(@"(?<!^)[A-Z]")]
    private static partial Regex Capital();

    [GeneratedRegex(@"\d+ records: ([^;]+);")]
    private static partial Regex RecordCounts();
}
