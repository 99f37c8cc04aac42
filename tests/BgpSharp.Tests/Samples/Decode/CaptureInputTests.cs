using BgpSharp.Tests.Wire;

namespace BgpSharp.Tests.Samples.Decode;

/// <summary>bgpsharp decode on captures made by hand: containers, link layers, and TCP put together again.</summary>
public sealed class CaptureInputTests
{
    private const string Source = "198.51.100.1";
    private const string Destination = "198.51.100.2";

    public static TheoryData<string, byte[]> Containers()
    {
        CaptureBuilder Builder() => new CaptureBuilder().Add(NewSide().Send(Messages.Keepalive));
        return new TheoryData<string, byte[]>
        {
            { "pcap", Builder().ToPcap() },
            { "pcap, big-endian", Builder().ToPcap(bigEndian: true) },
            { "pcap, nanoseconds", Builder().ToPcap(nanoseconds: true) },
            { "pcapng", Builder().ToPcapNg() },
            { "pcapng, big-endian", Builder().ToPcapNg(bigEndian: true) },
            { "two sections", [.. new CaptureBuilder().ToPcapNg(bigEndian: true), .. Builder().ToPcapNg()] },
        };
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public async Task Every_container_is_told_by_its_content(string name, byte[] capture)
    {
        var result = await DecodeCli.RunAsync(capture);

        result.Should().Be(new DecodeResult(0, "2026-01-02T03:04:05.250000Z 198.51.100.1:40000 > 198.51.100.2:179 KEEPALIVE, 19 octets\n", ""), name);
    }

    public static TheoryData<string, int, string, bool> LinkLayers() => new()
    {
        { "null", 0, "02000000", false },
        { "loopback", 108, "00000002", false },
        { "raw", 101, "", false },
        { "raw of BSD", 12, "", false },
        { "IPv4", 228, "", false },
        { "IPv6", 229, "", true },
        { "raw with IPv6", 101, "", true },
        { "Linux cooked", 113, "0000 0001 0006 020000000001 0000 0800", false },
        { "Linux cooked 2", 276, "0800 0000 00000001 0001 00 06 0200000000010000", false },
        { "PPP", 9, "FF03 0021", false },
        { "PPP without address", 9, "0021", false },
        { "Cisco HDLC", 104, "0F00 0800", false },
        { "frame relay", 107, "1841 03CC", false },
        { "Ethernet", 1, "FFFFFFFFFFFF 020000000001 0800", false },
        { "VLAN", 1, "FFFFFFFFFFFF 020000000001 8100 0064 0800", false },
        { "VLAN in VLAN", 1, "FFFFFFFFFFFF 020000000001 88A8 0064 8100 00C8 86DD", true },
    };

    [Theory]
    [MemberData(nameof(LinkLayers))]
    public async Task Every_link_layer_is_taken_off(string name, int linkType, string header, bool isIpv6)
    {
        var (source, destination) = isIpv6 ? ("2001:db8::1", "2001:db8::2") : (Source, Destination);
        var packet = new PacketBuilder(source, 40000, destination, 179).SendIp(Messages.Keepalive);
        var result = await DecodeCli.RunAsync(new CaptureBuilder(linkType).Add([.. Hex.Bytes(header), .. packet]).ToPcap(), "--json");

        result.Types().Should().Be("keepalive 1", name);
        result.Objects()[0].GetProperty("from").GetString().Should().Be(isIpv6 ? "2001:db8::1" : "198.51.100.1");
        result.Objects()[0].GetProperty("from_port").GetInt32().Should().Be(40000);
    }

    [Fact]
    public async Task Extension_headers_and_padding_are_passed_over()
    {
        var plain = new PacketBuilder("2001:db8::1", 40000, "2001:db8::2", 179).SendIp(Messages.Keepalive);
        byte[] extended = [.. plain[..40], .. Hex.Bytes("3C 00 0000 0000 0000  06 00 0000 0000 0000"), .. plain[40..]];
        extended[5] += 16;
        extended[6] = 0;
        var result = await DecodeCli.RunAsync(new CaptureBuilder(101).Add([.. extended, 1, 2, 3]).ToPcap(), "--json");

        result.Types().Should().Be("keepalive 1", "three octets of padding are no part of the stream");
    }

    [Fact]
    public async Task What_both_opens_say_decides_how_updates_are_read()
    {
        var (one, other) = (NewSide(), OtherSide());
        var result = await DecodeCli.RunAsync(new CaptureBuilder()
            .Add(one.Open()).Add(other.Open(PacketBuilder.Syn | PacketBuilder.Ack))
            .Add(one.Send(Messages.NewOpen)).Add(other.Send(Messages.NewOpen))
            .Add(one.Send(Messages.AddPathUpdate)).ToPcap(), "--json");

        var update = result.Objects()[2];
        update.GetProperty("from_as").GetUInt32().Should().Be(65550);
        update.GetProperty("announced")[0].GetProperty("prefixes")[0].GetProperty("path_id").GetUInt32().Should().Be(7);
        update.GetProperty("context").GetRawText().Should().Be("""{"as_octets":4,"add_path":["ipv4-unicast"],"internal":true,"guessed":false}""");
    }

    [Fact]
    public async Task One_side_without_a_capability_is_enough_to_know()
    {
        var result = await DecodeCli.RunAsync(new CaptureBuilder()
            .Add(OtherSide().Send(Messages.OldOpen)).Add(NewSide().Send(Messages.TwoOctetUpdate)).ToPcap(), "--json");

        result.Objects()[1].GetProperty("attributes").GetProperty("as_path").GetString().Should().Be("65001");
        result.Objects()[1].GetProperty("context").GetRawText().Should().Be("""{"as_octets":2,"add_path":[],"internal":false,"guessed":false}""");
    }

    [Fact]
    public async Task Without_opens_it_is_guessed_and_said()
    {
        var side = NewSide();
        var result = await DecodeCli.RunAsync(new CaptureBuilder()
            .Add(side.Send(Messages.FourOctetUpdate)).Add(side.Send(Messages.TwoOctetUpdate)).ToPcap());

        result.Output.Should().Contain("AS_PATH              65550").And.Contain("guessed              AS numbers of four octets")
            .And.Contain("AS_PATH              65001").And.Contain("guessed              AS numbers of two octets");
    }

    [Fact]
    public async Task Messages_may_be_cut_anywhere_into_segments()
    {
        byte[] stream = [.. Messages.NewOpen, .. Messages.Keepalive, .. Messages.FourOctetUpdate, .. Messages.Keepalive];
        foreach (var size in Enumerable.Range(1, 60))
        {
            var side = NewSide();
            var capture = new CaptureBuilder().Add(side.Open());
            foreach (var part in stream.Chunk(size))
            {
                capture.Add(side.Send(part));
            }

            (await DecodeCli.RunAsync(capture.ToPcap(), "--json")).Types().Should().Be("keepalive 2, open 1, update 1", $"segments of {size} octets hold them");
        }
    }

    [Fact]
    public async Task Segments_out_of_order_twice_and_overlapping_make_one_stream()
    {
        byte[] stream = [.. Messages.NewOpen, .. Messages.LongUpdate(600), .. Messages.Keepalive, .. Messages.LongUpdate(200)];
        var random = new Random(4271);
        for (var round = 0; round < 50; round++)
        {
            // Just before the sequence number wraps. Every octet is sent at least once, in an order of chance.
            var first = uint.MaxValue - 1000;
            var segments = new List<(int Start, int End)>();
            for (var start = 0; start < stream.Length; start += 100)
            {
                var end = Math.Min(stream.Length, start + 100 + random.Next(80));
                segments.Add((Math.Max(0, start - random.Next(40)), end));
                if (random.Next(4) == 0)
                {
                    segments.Add((start, end));
                }
            }

            var shuffled = segments.OrderBy(segment => segment.Start + random.Next(1500));
            var side = new PacketBuilder(Source, 40000, Destination, 179, first - 1);
            var capture = new CaptureBuilder().Add(side.Open());
            foreach (var (start, end) in shuffled)
            {
                capture.Add(side.At(first + (uint)start, stream[start..end]));
            }

            var result = await DecodeCli.RunAsync(capture.ToPcap(), "--json");
            result.Objects().Select(line => (line.GetProperty("type").GetString(), line.GetProperty("length").GetInt32())).Should().Equal(
                ("open", Messages.NewOpen.Length), ("update", Messages.LongUpdate(600).Length), ("keepalive", 19), ("update", Messages.LongUpdate(200).Length));
        }
    }

    [Fact]
    public async Task A_capture_that_begins_in_the_middle_goes_on_at_the_next_marker()
    {
        var side = NewSide();
        var result = await DecodeCli.RunAsync(new CaptureBuilder()
            .Add(side.Send([.. Messages.LongUpdate(50)[30..], .. Messages.Keepalive])).Add(side.Send(Messages.FourOctetUpdate)).ToPcap(), "--json");

        result.Types().Should().Be("gap 1, keepalive 1, update 1");
        result.Objects()[0].GetProperty("skipped_octets").GetInt64().Should().Be(Messages.LongUpdate(50).Length - 30);
        result.Objects()[0].GetProperty("missing_octets").GetInt64().Should().Be(0);
    }

    [Fact]
    public async Task Of_a_run_of_ones_the_last_sixteen_are_the_marker()
    {
        var result = await DecodeCli.RunAsync(new CaptureBuilder()
            .Add(NewSide().Send([0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. Messages.Keepalive])).ToPcap(), "--json");

        result.Types().Should().Be("gap 1, keepalive 1");
        result.Objects()[0].GetProperty("skipped_octets").GetInt64().Should().Be(6);
    }

    [Fact]
    public async Task What_the_capture_misses_is_told_once_the_other_side_has_it()
    {
        var (one, other) = (NewSide(), OtherSide());
        var capture = new CaptureBuilder().Add(one.Open()).Add(one.Send(Messages.Keepalive));
        one.Sequence += 50;
        capture.Add(one.Send([.. Messages.LongUpdate(20)[40..], .. Messages.FourOctetUpdate]));
        capture.Add(other.Bare(PacketBuilder.Ack, one.Sequence)).Add(other.Bare(PacketBuilder.Ack, one.Sequence));
        capture.Add(one.Send(Messages.Keepalive));
        var result = await DecodeCli.RunAsync(capture.ToPcap());

        result.Output.Should().Be("""
            2026-01-02T03:04:06.250000Z 198.51.100.1:40000 > 198.51.100.2:179 KEEPALIVE, 19 octets
            198.51.100.1:40000 > 198.51.100.2:179 -- 50 octets are not in the capture, 103 octets belong to no whole message
            2026-01-02T03:04:07.250000Z 198.51.100.1:40000 > 198.51.100.2:179 UPDATE, 47 octets
              ORIGIN               igp
              AS_PATH              65550
              NEXT_HOP             198.51.100.1
              announced            ipv4-unicast: 203.0.113.0/24
              guessed              AS numbers of four octets
            2026-01-02T03:04:10.250000Z 198.51.100.1:40000 > 198.51.100.2:179 KEEPALIVE, 19 octets

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task The_same_ports_again_are_another_session()
    {
        var (one, again) = (NewSide(), new PacketBuilder(Source, 40000, Destination, 179, 77_000_000));
        var result = await DecodeCli.RunAsync(new CaptureBuilder()
            .Add(one.Open()).Add(one.Send(Messages.OldOpen)).Add(one.Send(Messages.Keepalive[..10]))
            .Add(again.Open()).Add(again.Send(Messages.NewOpen)).Add(again.Send(Messages.FourOctetUpdate)).ToPcap(), "--json");

        result.Types().Should().Be("gap 1, open 2, update 1", "the ten octets of the first session are told");
        result.Objects()[^1].GetProperty("context").GetProperty("as_octets").GetInt32().Should().Be(4, "the first session's OPEN counts no more");
    }

    [Fact]
    public async Task Sessions_do_not_mix()
    {
        var sides = Enumerable.Range(0, 20).Select(i => new PacketBuilder(Source, 40000 + i, Destination, 179, (uint)(i * 1000))).ToArray();
        var capture = new CaptureBuilder();
        foreach (var part in Messages.LongUpdate(300).Chunk(100))
        {
            foreach (var side in sides)
            {
                capture.Add(side.Send(part));
            }
        }

        var result = await DecodeCli.RunAsync(capture.ToPcap(), "--json");
        result.Types().Should().Be("update 20");
        result.Objects().Select(line => line.GetProperty("from_port").GetInt32()).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Other_ports_are_read_when_they_show_bgp_or_are_named()
    {
        var capture = new CaptureBuilder()
            .Add(new PacketBuilder(Source, 40000, Destination, 1179).Send(Messages.Keepalive))
            .Add(new PacketBuilder(Source, 40001, Destination, 2179).Send([.. Messages.FourOctetUpdate[30..], .. Messages.Keepalive])).ToPcap();

        (await DecodeCli.RunAsync(capture, "--json")).Types().Should().Be("keepalive 1");
        (await DecodeCli.RunAsync(capture, "--json --port 2179")).Types().Should().Be("gap 1, keepalive 2");
    }

    [Fact]
    public async Task A_capture_without_bgp_says_so()
    {
        var result = await DecodeCli.RunAsync(new CaptureBuilder()
            .Add(new PacketBuilder(Source, 40000, Destination, 80).Send("GET /"u8.ToArray()))
            .Add(new PacketBuilder(Source, 40001, Destination, 1790).Send(3, 0, 0, 0, 50, 4)).ToPcap());

        result.Should().Be(new DecodeResult(0, "", "bgpsharp: standard input: no BGP message is in it; TCP connections that carry BMP, which is not read: 1; TCP connections that do not look like BGP (--port N has one read nevertheless): 1\n"));
    }

    private static PacketBuilder NewSide() => new(Source, 40000, Destination, 179);

    private static PacketBuilder OtherSide() => new(Destination, 179, Source, 40000, 500_000);
}
