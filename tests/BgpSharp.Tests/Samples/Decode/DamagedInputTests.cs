using System.IO.Compression;
using BgpSharp.Tests.Wire;

namespace BgpSharp.Tests.Samples.Decode;

/// <summary>bgpsharp decode on inputs that are cut off or damaged: what can be read is printed, one line says the rest.</summary>
public sealed class DamagedInputTests
{
    private static readonly byte[] s_record = Record(Messages.FourOctetUpdate);

    [Theory]
    [InlineData("")]
    [InlineData("--json")]
    [InlineData("--bgpdump")]
    public async Task Mrt_cut_off_anywhere_prints_the_records_before(string form)
    {
        var whole = await DecodeCli.RunAsync(s_record, form);
        whole.ExitCode.Should().Be(0);
        whole.Output.Should().Contain("203.0.113.0/24");
        for (var length = 1; length < s_record.Length; length++)
        {
            var result = await DecodeCli.RunAsync([.. s_record, .. s_record[..length]], form);

            result.Should().Be(new DecodeResult(1, whole.Output, $"bgpsharp: standard input: offset {s_record.Length}: the last record is cut off\n"), $"{length} octets of the second record are there");
        }
    }

    [Fact]
    public async Task A_record_of_impossible_length_ends_the_reading()
    {
        var result = await DecodeCli.RunAsync([.. s_record, .. Hex.Bytes("00000000 0010 0004 FFFFFFFF 00")]);

        result.ExitCode.Should().Be(1);
        result.Errors.Should().Be($"bgpsharp: standard input: offset {s_record.Length}: a record of impossible length\n");
    }

    [Fact]
    public async Task A_record_that_does_not_hold_what_it_says_is_shown_and_passed_over()
    {
        var result = await DecodeCli.RunAsync([.. s_record, .. Hex.Bytes("00000000 0010 0005 00000004 01020304"), .. s_record], "--json");

        result.Types().Should().Be("undecoded 1, update 2");
        result.Objects()[1].GetProperty("octets").GetString().Should().Be("01020304");
        result.Errors.Should().Be($"bgpsharp: standard input: offset {s_record.Length}: a record that cannot be read\n");
        result.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task However_much_is_wrong_it_is_one_line()
    {
        var bad = Hex.Bytes("00000000 0010 0005 00000004 01020304");

        (await DecodeCli.RunAsync([.. bad, .. s_record, .. bad])).Errors.Should().Be("bgpsharp: standard input: offset 0: a record that cannot be read; and one more place\n");
        (await DecodeCli.RunAsync([.. s_record, .. bad, .. bad, .. s_record[..20]])).Errors.Should().Be(
            $"bgpsharp: standard input: offset {s_record.Length}: a record that cannot be read; and 2 more places\n", "the end is cut off, too");
        (await DecodeCli.RunAsync("zz\nff\n0\n")).Errors.Should().Be("bgpsharp: standard input: offset 0: neither hex text nor MRT nor a packet capture\n");
        (await DecodeCli.RunAsync("ff\nzz\n0\n")).Errors.Should().Be("bgpsharp: standard input: offset 0: line 1 ends within a message, or its length is wrong; and 2 more places\n");
    }

    [Theory]
    [InlineData("")]
    [InlineData("--json")]
    [InlineData("--bgpdump")]
    public async Task What_is_no_file_is_told_in_one_line(string form)
    {
        var folder = await DecodeCli.RunAsync("", $"{Path.GetTempPath()} {form}");

        folder.ExitCode.Should().Be(1);
        folder.Errors.Should().Be($"bgpsharp: cannot read {Path.GetTempPath()}: it is a directory\n");
        (await DecodeCli.RunAsync([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1], form)).Should().Be(
            new DecodeResult(1, "", "bgpsharp: standard input: offset 0: neither hex text nor MRT nor a packet capture\n"));
        (await DecodeCli.RunAsync([0x0A, 0x0D, 0x0D, 0x0A], form == "--bgpdump" ? "" : form)).Should().Be(
            new DecodeResult(1, "", "bgpsharp: standard input: offset 0: a block's header is cut off: 4 of 8 octets\n"), "a capture cut off in front of everything is no text of empty lines");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_capture_cut_off_anywhere_prints_the_messages_before(bool isNg)
    {
        var side = new PacketBuilder("198.51.100.1", 40000, "198.51.100.2", 179);
        var builder = new CaptureBuilder().Add(side.Send(Messages.Keepalive));
        var first = isNg ? builder.ToPcapNg() : builder.ToPcap();
        builder.Add(side.Send(Messages.FourOctetUpdate));
        var both = isNg ? builder.ToPcapNg() : builder.ToPcap();
        for (var length = 25; length < both.Length; length++)
        {
            var result = await DecodeCli.RunAsync(both[..length], "--json");

            result.ExitCode.Should().Be(IsWhole(length) ? 0 : 1, $"{length} of {both.Length} octets are there");
            result.ErrorLines.Length.Should().BeLessThanOrEqualTo(1);
            if (length >= first.Length)
            {
                result.Types().Should().Be("keepalive 1");
            }

            if (length > first.Length)
            {
                result.ErrorLines.Should().ContainSingle().Which.Should().StartWith($"bgpsharp: standard input: offset {first.Length}");
            }
        }

        // Where a block or a packet ends, the file may end too.
        bool IsWhole(int length) => length == first.Length || (isNg && length is 28 or 60 or 76);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_compressed_file_cut_off_anywhere_prints_what_comes_out_of_it(bool isGzip)
    {
        byte[] plain = [.. Enumerable.Repeat(s_record, 50).SelectMany(record => record)];
        var compressed = isGzip ? Gzip(plain) : Bzip2(plain);

        (await DecodeCli.RunAsync(compressed, "--json")).Types().Should().Be("update 50");
        (await DecodeCli.RunAsync([.. compressed, .. compressed], "--json")).Types().Should().Be("update 100", "files may be put together");
        for (var length = isGzip ? 2 : 4; length < compressed.Length; length++)
        {
            var result = await DecodeCli.RunAsync(compressed[..length], "--json");

            result.ExitCode.Should().Be(1, $"{length} of {compressed.Length} octets are there");
            result.ErrorLines.Should().ContainSingle().Which.Should().Match("bgpsharp: standard input: offset *");
        }
    }

    [Theory]
    [InlineData("FD377A585A00 0000", "xz")]
    [InlineData("28B52FFD 0000", "zstd")]
    public async Task A_compression_that_is_not_read_is_named(string start, string name)
    {
        var result = await DecodeCli.RunAsync(Hex.Bytes(start));

        result.Should().Be(new DecodeResult(1, "", $"bgpsharp: standard input: offset 0: compressed with {name}, which is not read; gzip and bzip2 are\n"));
    }

    [Fact]
    public async Task Flipped_octets_never_end_in_an_exception()
    {
        var side = new PacketBuilder("198.51.100.1", 40000, "198.51.100.2", 179);
        var capture = new CaptureBuilder().Add(side.Open()).Add(side.Send(Messages.NewOpen)).Add(side.Send(Messages.AddPathUpdate)).Add(side.Send(Messages.Keepalive));
        byte[][] inputs = [capture.ToPcap(), capture.ToPcapNg(), [.. s_record, .. s_record], Gzip(s_record), Bzip2(s_record), Convert.FromHexString(Messages.ToHex(Messages.NewOpen))];
        var random = new Random(7606);
        for (var round = 0; round < 600; round++)
        {
            byte[] damaged = [.. inputs[round % inputs.Length]];
            for (var flips = random.Next(1, 6); flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            foreach (var form in (string[])["", "--json"])
            {
                var result = await DecodeCli.RunAsync(damaged, form);

                result.ExitCode.Should().BeOneOf([0, 1], Convert.ToHexString(damaged));
                result.ErrorLines.Where(line => !line.StartsWith("bgpsharp: standard input: ", StringComparison.Ordinal)).Should().BeEmpty(Convert.ToHexString(damaged));
            }
        }
    }

    [Fact]
    public async Task Captures_of_the_corpus_cut_off_anywhere_are_no_exception()
    {
        foreach (var name in (string[])["tcpdump__bgp-4byte-asn.pcap", "tcpdump__bgp-link-bw-extcommunity.pcapng", "scapy__bgp_fragmented.pcap"])
        {
            var whole = Corpus.Read("pcap", name);
            for (var length = 0; length < whole.Length; length += 13)
            {
                var result = await DecodeCli.RunAsync(whole[..length]);

                result.ExitCode.Should().BeOneOf([0, 1], $"{name} has {length} octets left");
                result.ErrorLines.Where(line => !line.StartsWith("bgpsharp: standard input: ", StringComparison.Ordinal)).Should().BeEmpty();
            }
        }
    }

    /// <summary>A BGP4MP_MESSAGE_AS4 record: peer 198.51.100.1 AS 65550, local 198.51.100.2 AS 65000.</summary>
    private static byte[] Record(byte[] message)
    {
        byte[] body = [.. Hex.Bytes("0001000E 0000FDE8 0000 0001 C6336401 C6336402"), .. message];
        return [.. Hex.Bytes("695732E5 0010 0004"), 0, 0, 0, (byte)body.Length, .. body];
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionMode.Compress))
        {
            gzip.Write(plain);
        }

        return compressed.ToArray();
    }

    private static byte[] Bzip2(byte[] plain)
    {
        using var compressed = new MemoryStream();
        using (var bzip2 = SharpCompress.Compressors.BZip2.BZip2Stream.Create(compressed, SharpCompress.Compressors.CompressionMode.Compress, decompressConcatenated: false, leaveOpen: true))
        {
            bzip2.Write(plain);
        }

        return compressed.ToArray();
    }
}
