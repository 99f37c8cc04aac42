using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BgpSharp.Tests.Samples.Decode;

/// <summary>bgpsharp decode on the captures of the corpus: as many messages of each type as its index counted.</summary>
public sealed partial class CaptureCorpusTests
{
    // The index counts other numbers for a reason.
    private static readonly Dictionary<string, string> s_corrected = new()
    {
        // Three segments with the same sequence number after a SYN each: three connections, of which the index counts one.
        ["tcpdump__bgp-shutdown-msg-variations.pcap"] = "NOTIFICATION 3",
    };

    public static TheoryData<string> Captures()
    {
        if (!Corpus.IsThere)
        {
            return new TheoryData<string>("");
        }

        return [.. Directory.EnumerateFiles(Corpus.PathOf("pcap")).Where(file => !file.EndsWith(".jsonl", StringComparison.Ordinal)).Select(file => Path.GetFileName(file)).Order()];
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public async Task As_many_messages_are_found_as_are_in_it(string file)
    {
        Corpus.Require();
        var result = await DecodeCli.RunAsync(Corpus.Read("pcap", file), "--json");

        result.ExitCode.Should().Be(0, $"{file} is whole");
        if (file.Contains("__bmp__", StringComparison.Ordinal))
        {
            // BMP wraps its messages; they are no BGP session.
            result.Output.Should().BeEmpty();
            result.Errors.Should().Contain("BMP, which is not read");
            return;
        }

        var found = result.Objects().Where(line => line.GetProperty("type").GetString() != "gap")
            .Select(line => line.GetProperty(line.GetProperty("type").GetString() == "undecoded" ? "message" : "type").GetString()!)
            .GroupBy(type => type.ToUpperInvariant().Replace('-', '_')).Select(group => $"{group.Key} {group.Count()}").Order();
        var expected = s_corrected.TryGetValue(file, out var corrected) ? corrected : IndexLine(file);
        found.Should().Equal(Counts().Matches(expected).Select(match => match.Value).Order(), $"that is what is in {file}");
    }

    [Theory]
    [InlineData("netgauze__301-BGP-CISCO-pretag__traffic-00")]
    [InlineData("netgauze__302-BGP-IPv6-multiple-sources__traffic-01")]
    [InlineData("netgauze__302-BGP-IPv6-multiple-sources__traffic-02")]
    [InlineData("netgauze__302-BGP-IPv6-multiple-sources__traffic-03")]
    [InlineData("netgauze__305-BGP-mem-leak-test__bgp-multi-sources-open")]
    [InlineData("netgauze__501-IPFIXv10-BGP-IPv6-CISCO-MPLS__traffic-00")]
    [InlineData("netgauze__bgp__multiple-sessions__traffic")]
    public async Task Prefixes_paths_and_opens_are_as_another_decoder_reads_them(string name)
    {
        var result = await DecodeCli.RunAsync(Corpus.Read("pcap", $"{name}.pcap"), "--json");
        var theirs = File.ReadLines(Corpus.PathOf("pcap", $"{name}.bgp.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();

        var ours = result.Objects().Select(Summary).OfType<string>().ToArray();
        var missing = theirs.Select(NetGauzeSummary).OfType<string>().ToList();
        missing.Should().NotBeEmpty();
        var more = ours.Where(one => !missing.Remove(one)).ToArray();
        missing.Should().BeEmpty("the other decoder read them");
        (more.Length == 0 || name.Contains("multiple-sessions", StringComparison.Ordinal)).Should().BeTrue("only of that one does its file have a part");
    }

    private static string? Summary(JsonElement line)
    {
        switch (line.GetProperty("type").GetString())
        {
            case "open":
                return $"open {line.GetProperty("as")} {line.GetProperty("hold_time")} {line.GetProperty("router_id")}";
            case "update":
                // Of families that are not read further, the path is still to be compared.
                var prefixes = Routes(line, "announced", "+").Concat(Routes(line, "withdrawn", "-")).Order(StringComparer.Ordinal);
                var path = line.GetProperty("attributes").TryGetProperty("as_path", out var text) ? text.GetString() : null;
                return $"update {string.Join(' ', prefixes)} path {path}";
            default:
                return null;
        }
    }

    private static IEnumerable<string> Routes(JsonElement line, string key, string sign) => line.GetProperty(key).EnumerateArray()
        .SelectMany(group => group.GetProperty("prefixes").EnumerateArray()).Select(route => $"{sign}{route.GetProperty("prefix").GetString()}");

    private static string? NetGauzeSummary(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (message.TryGetProperty("Open", out var open))
        {
            var wide = FindAll(open, "asn4").Select(asn => (uint?)asn.GetUInt32()).FirstOrDefault();
            return $"open {wide ?? open.GetProperty("my_as").GetUInt32()} {open.GetProperty("hold_time")} {open.GetProperty("bgp_id").GetString()}";
        }

        if (!message.TryGetProperty("Update", out var update))
        {
            return null;
        }

        var announced = FindAll(update, "Ipv6Unicast").Concat(FindAll(update, "Ipv4Unicast")).SelectMany(reach => Networks(reach, "nlri"))
            .Concat(Networks(update, "nlri")).Select(prefix => $"+{prefix}");
        var withdrawn = Networks(update, "withdrawn_routes").Concat(FindAll(update, "MpUnreach")
            .SelectMany(unreach => FindAll(unreach, "Ipv6Unicast").Concat(FindAll(unreach, "Ipv4Unicast"))).SelectMany(family => Networks(family, "nlri"))).Select(prefix => $"-{prefix}");
        var path = FindAll(update, "AsPath").SelectMany(value => FindAll(value, "as_numbers")).SelectMany(numbers => numbers.EnumerateArray()).Select(number => $"{number}");
        var hasPath = FindAll(update, "AsPath").Any();
        return $"update {string.Join(' ', announced.Concat(withdrawn).Order(StringComparer.Ordinal))} path {(hasPath ? string.Join(' ', path) : null)}";
    }

    private static IEnumerable<string> Networks(JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var routes) && routes.ValueKind == JsonValueKind.Array
            ? routes.EnumerateArray().Where(route => route.TryGetProperty("network", out _)).Select(route => route.GetProperty("network").GetString()!)
            : [];

    private static IEnumerable<JsonElement> FindAll(JsonElement element, string key) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => property.NameEquals(key) ? [property.Value] : FindAll(property.Value, key)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => FindAll(item, key)),
        _ => [],
    };

    private static string IndexLine(string file)
    {
        var line = File.ReadLines(Corpus.PathOf("INDEX.md")).Single(line => line.StartsWith(string.Create(CultureInfo.InvariantCulture, $"- **pcap/{file}**"), StringComparison.Ordinal));
        return line[line.IndexOf(';', StringComparison.Ordinal)..];
    }

    [GeneratedRegex("(OPEN|UPDATE|KEEPALIVE|NOTIFICATION|ROUTE_REFRESH) [0-9]+")]
    private static partial Regex Counts();
}
