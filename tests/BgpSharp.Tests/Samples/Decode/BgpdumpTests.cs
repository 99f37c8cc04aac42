using System.Text;
using BgpSharp.Cli.Decode.Bgpdump;
using BgpSharp.Mrt;
using BgpSharp.Tests.Mrt;

namespace BgpSharp.Tests.Samples.Decode;

/// <summary>What <c>--bgpdump</c> prints. The expected lines are those of bgpdump 1.6.2.</summary>
public sealed class BgpdumpTests
{
    private const string Peering = "00011170 0000FDEA 0000 0001" + MrtVectors.Ipv4Peer + MrtVectors.Ipv4Local;
    private const string Columns = "|65001|IGP|198.51.100.9|0|0||NAG||";

    public static TheoryData<string> Files => [.. Corpus.MrtFiles];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_collectors_file_is_printed_line_for_line_as_bgpdump_does(string file)
    {
        var name = file.EndsWith(".gz", StringComparison.Ordinal) ? file[..^3] : file;
        var expected = Corpus.Read("expected", $"{name}.m.gz");
        var output = new MemoryStream();

        BgpdumpPrinter.Print(new MemoryStream(Corpus.Read("mrt", file)), output).State.Should().Be(MrtReaderState.End);

        var (wanted, printed) = (Lines(expected), Lines(output.ToArray()));
        var difference = wanted.Zip(printed).FirstOrDefault(pair => pair.First != pair.Second);
        difference.Should().Be(default((string, string)), "the first line that differs");
        printed.Length.Should().Be(wanted.Length);
    }

    [Theory]
    [InlineData("TABLE_DUMP/IPv4", "TABLE_DUMP|1694498816|B|198.51.100.1|65001|203.0.113.0/24" + Columns)]
    [InlineData("TABLE_DUMP/IPv6", "TABLE_DUMP|1694498816|B|2001:db8::1|65001|2001:db8::/32" + Columns)]
    [InlineData("TABLE_DUMP/IPv6, four-octet", "TABLE_DUMP|1694498816|B|32.1.13.184|70000|32.1.13.184/32" + Columns)]
    [InlineData("RIB_IPV4_MULTICAST", "")]
    [InlineData("RIB_GENERIC", "")]
    [InlineData("STATE_CHANGE_AS4", "BGP4MP|1694498816|STATE|2001:db8::1|70000|6|1")]
    [InlineData("BGP4MP_ET/STATE_CHANGE_AS4", "BGP4MP_ET|1694498816.123456|STATE|198.51.100.1|70000|6|1")]
    [InlineData("MESSAGE_AS4", "BGP4MP|1694498816|A|2001:db8::1|70000|203.0.113.0/24" + Columns)]
    [InlineData("MESSAGE_AS4_LOCAL", "BGP4MP_LOCAL|1694498816|A|198.51.100.1|70000|203.0.113.0/24" + Columns)]
    [InlineData("MESSAGE_ADDPATH", "BGP4MP_AP|1694498816|A|198.51.100.1|65001|203.0.113.0/24|7" + Columns)]
    [InlineData("MESSAGE_AS4_LOCAL_ADDPATH", "BGP4MP_AP|1694498816|A|198.51.100.2|65002|203.0.113.0/24|7" + Columns)]
    [InlineData("BGP4MP_ET/MESSAGE_AS4", "BGP4MP_ET|1694498816.123456|A|198.51.100.1|70000|203.0.113.0/24" + Columns)]
    [InlineData("BGP/UPDATE", "BGP|1694498816|A|198.51.100.1|65001|203.0.113.0/24|65001|IGP|198.51.100.9|0|0|NAG||")]
    [InlineData("BGP/STATE_CHANGE", "BGP|1694498816|STATE|198.51.100.1|65001|5|6")]
    [InlineData("BGP/OPEN", "")]
    public void Every_kind_has_its_line(string name, string line) => Print(MrtVectors.All[name]).Should().Be(line.Length == 0 ? "" : line + "\n");

    [Fact]
    public void A_RIB_record_has_a_line_a_peer_and_nothing_for_peers_that_are_not_known()
    {
        var rib = MrtVectors.All["RIB_IPV6_UNICAST_ADDPATH"];

        Print(rib).Should().BeEmpty("there is no peer index table");
        Print([.. MrtVectors.PeerIndexTable, .. rib]).Should().Be(
            "TABLE_DUMP2_AP|1694498816|B|198.51.100.1|70000|2001:db8::/32|7" + Columns + "\n" +
            "TABLE_DUMP2_AP|1694498816|B|2001:db8::1|65001|2001:db8::/32|7||INCOMPLETE|2001:db8::1|0|0||NAG||\n");
    }

    [Theory]
    [InlineData("20010DB8000000000000000000000001", "2001:db8::1")]
    [InlineData("20010DB8000000010000000000000001", "2001:db8:0:1::1")]
    [InlineData("20010DB8000000010001000100010001", "2001:db8::1:1:1:1:1")]
    [InlineData("FE800000000000000000000000000000", "fe80::")]
    [InlineData("00000000000000000000000000000000", "::")]
    [InlineData("00000000000000000000000000000001", "::1")]
    [InlineData("00000000000000000000000000000102", "::0.0.1.2")]
    [InlineData("00000000000000000000FFFFC6336401", "::ffff:198.51.100.1")]
    public void IPv6_addresses_are_written_as_bgpdump_writes_them(string octets, string text) =>
        Print(MrtVectors.Record(16, 5, "00011170 0000FDEA 0000 0002" + octets + MrtVectors.Ipv6Local + "0006 0001"))
            .Should().Be($"BGP4MP|1694498816|STATE|{text}|70000|6|1\n");

    [Theory]
    [InlineData("40020A 0102 00000001 00000002", "{1,2}", "a set")]
    [InlineData("400210 0302 00000001 00000002 0401 00000003", "(1 2) [3]", "segments of a confederation")]
    [InlineData("40020C 0201 00000001 0201 00000002", "1 2", "two sequences")]
    [InlineData("400206 0501 00000001", "! Error !", "no such segment")]
    [InlineData("400200", "", "an empty path")]
    public void AS_paths_are_written_as_bgpdump_writes_them(string attribute, string text, string because) =>
        Print(Message(4, attribute, MrtVectors.Prefix)).Should().Contain($"|203.0.113.0/24|{text}|INCOMPLETE|255.255.255.255|", because);

    [Fact]
    public void An_attribute_longer_than_the_message_is_left_out() =>
        Print(Message(4, "40021A 0102 00000001", MrtVectors.Prefix)).Should().Contain("|203.0.113.0/24||INCOMPLETE|255.255.255.255|");

    [Theory]
    [InlineData("400208 0203 0001 5BA0 0004 C0110A 0202 00011170 00000004", "1 70000 4", "AS4_PATH replaces the end")]
    [InlineData("40020A 0201 0001 0202 0002 0003 C01106 0201 00000003", "1 1 3", "only the first segment is repeated")]
    [InlineData("400204 0201 0001 C0110A 0202 00011170 00000004", "1", "AS4_PATH is the longer one")]
    public void AS4_PATH_is_merged_on_sessions_of_two_octets(string attributes, string path, string because) =>
        Print(MrtVectors.Record(16, 1, "FDE9 FDEA 0000 0001" + MrtVectors.Ipv4Peer + MrtVectors.Ipv4Local + Update("", attributes, MrtVectors.Prefix)))
            .Should().Contain($"|203.0.113.0/24|{path}|INCOMPLETE|", because);

    [Theory]
    [InlineData("C00804 FFFFFF01", "|0|0|no-export|NAG||")]
    [InlineData("C0080C FFFFFF02 FFFFFF03 FDE80064", "|0|0|no-advertise local-AS 65000:100|NAG||")]
    [InlineData("C00800", "|0|0||NAG||")]
    [InlineData("400504 FFFFFFFF 800404 80000000", "|4294967295|2147483648||NAG||")]
    [InlineData("400502 0001 400600", "|65536|0||AG||")]
    [InlineData("C00708 0000FDE8 C6336409", "|0|0||NAG|65000 198.51.100.9|")]
    [InlineData("C00708 0000FDE8 FFFFFFFF", "|0|0||NAG||")]
    public void The_columns_behind_the_next_hop_are_those_of_bgpdump(string attributes, string columns) =>
        Print(Message(4, attributes, MrtVectors.Prefix)).Should().EndWith("||INCOMPLETE|255.255.255.255" + columns + "\n");

    [Theory]
    [InlineData("800E0D 00010104 C6336407 00 18CB0071", "203.0.113.0/24||INCOMPLETE|198.51.100.7|-1|0||NAG||")]
    [InlineData("800E1A 00020110 20010DB8000000000000000000000001 00 2020010DB8", "2001:db8::/32||INCOMPLETE|2001:db8::1|4294967295|0||NAG||")]
    [InlineData("800E0E 00020104 C6336407 00 2020010DB8", "2001:db8::/32||INCOMPLETE|198.51.100.7|4294967295|0||NAG||")]
    [InlineData("800E0A 00020100 00 2020010DB8", "2001:db8::/32||NAG||")]
    [InlineData("800E09 00010100 00 18CB0071", "203.0.113.0/24||INCOMPLETE||NAG||")]
    public void Multiprotocol_routes_are_printed_with_their_own_next_hop(string attribute, string route) =>
        Print(Message(4, "400504FFFFFFFF" + attribute, "")).Should().Be("BGP4MP|1694498816|A|198.51.100.1|70000|" + route + "\n");

    [Fact]
    public void Withdrawn_routes_come_first_and_have_no_columns()
    {
        Print(Message(4, "800F08 000201 2020010DB8", MrtVectors.Prefix, withdrawn: "0D0B0D")).Should().Be(
            "BGP4MP|1694498816|W|198.51.100.1|70000|11.13.0.0/13\n" +
            "BGP4MP|1694498816|W|198.51.100.1|70000|2001:db8::/32\n" +
            "BGP4MP|1694498816|A|198.51.100.1|70000|203.0.113.0/24||INCOMPLETE|255.255.255.255|0|0||NAG||\n");
        Print(Message(7, "800F08 000201 2020010DB8", "")).Should().Be("BGP4MP_LOCAL|1694498816|W|c633:6401::|70000|2001:db8::/32\n", "that is a slip of bgpdump");
    }

    [Fact]
    public void Withdrawn_routes_of_the_older_form_show_the_peers_address() =>
        Print(MrtVectors.Record(5, 1, "FDE9" + MrtVectors.Ipv4Peer + "FDEA" + MrtVectors.Ipv4Local + "0004 18CB0071 0007 C00804 00010002 18CB0071")).Should().Be(
            "BGP|1694498816|W|198.51.100.1|65001|198.51.100.1/24\n" +
            "BGP|1694498816|A|198.51.100.1|65001|203.0.113.0/24||INCOMPLETE|255.255.255.255|0|01:2|NAG||\n");

    [Fact]
    public void Every_record_cut_at_any_octet_is_printed_as_far_as_it_goes_and_told()
    {
        foreach (var (name, record) in MrtVectors.All)
        {
            for (var length = 1; length < record.Length; length++)
            {
                byte[] file = [.. MrtVectors.PeerIndexTable, .. record.AsSpan(0, length)];
                BgpdumpPrinter.Print(new MemoryStream(file), Stream.Null)
                    .Should().Be(new BgpdumpResult(MrtReaderState.Truncated, MrtVectors.PeerIndexTable.Length), $"{name} has {length} octets");

                if (length >= MrtRecord.HeaderLength)
                {
                    file = [.. MrtVectors.PeerIndexTable, .. record.AsSpan(0, 8), 0, 0, 0, (byte)(length - MrtRecord.HeaderLength), .. record.AsSpan(12, length - 12)];
                    BgpdumpPrinter.Print(new MemoryStream(file), Stream.Null).State.Should().Be(MrtReaderState.End, $"{name} has a body of {length - 12} octets");
                }
            }
        }
    }

    [Fact]
    public void Texts_longer_than_bgpdump_keeps_end_where_it_ends_them()
    {
        var path = string.Concat(Enumerable.Repeat("02FF" + string.Concat(Enumerable.Repeat("FFFFFFFF", 255)), 4));
        var communities = string.Concat(Enumerable.Repeat("FFFEFFFE", 990));
        var line = Print(Message(4, "5002" + MrtVectors.Field(path) + "D008" + MrtVectors.Field(communities), MrtVectors.Prefix));

        var columns = line.Split('|');
        columns[6].Should().HaveLength(7_911).And.EndWith(" 4294967295...");
        columns[11].Should().HaveLength(8_190).And.EndWith(" 65534:65534 65534:");
    }

    [Fact]
    public void Printing_allocates_nothing_a_line()
    {
        var records = MrtVectors.All.Where(vector => vector.Key != "PEER_INDEX_TABLE").SelectMany(vector => vector.Value).ToArray();
        var once = Allocated(records, times: 1);
        var often = Allocated(records, times: 1_000);

        often.Should().BeLessThan(once + 8_192, "what is allocated is the buffers, not one octet for each of 30,000 lines");
    }

    private static long Allocated(byte[] records, int times)
    {
        var file = new MemoryStream([.. MrtVectors.PeerIndexTable, .. Enumerable.Repeat(records, times).SelectMany(octets => octets)]);
        return Allocations.Least(() => BgpdumpPrinter.Print(file, Stream.Null), prepare: () => file.Position = 0);
    }

    private static string Print(byte[] mrt)
    {
        var output = new MemoryStream();
        BgpdumpPrinter.Print(new MemoryStream(mrt), output);
        return Encoding.Latin1.GetString(output.ToArray());
    }

    private static byte[] Message(int subtype, string attributes, string nlri, string withdrawn = "") =>
        MrtVectors.Record(16, subtype, Peering + Update(withdrawn, attributes, nlri));

    private static string Update(string withdrawn, string attributes, string nlri) =>
        Convert.ToHexString(Wire.Hex.Message(2, Wire.Hex.Bytes(MrtVectors.Field(withdrawn) + MrtVectors.Field(attributes) + nlri)));

    private static string[] Lines(byte[] text) => Encoding.Latin1.GetString(text).Split('\n');
}
