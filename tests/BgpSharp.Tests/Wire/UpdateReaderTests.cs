using System.Net;
using BgpSharp.Wire;
using static BgpSharp.Tests.Wire.UpdateVectors;

namespace BgpSharp.Tests.Wire;

/// <summary>The raw reader: shows what lies there, judges nothing, stops in front of what cannot be read.</summary>
public sealed class UpdateReaderTests
{
    private static readonly WireContext AddPath = External with { AddPathIpv4Unicast = true, AddPathIpv6Unicast = true };

    [Fact]
    public void The_three_fields_are_told_apart()
    {
        UpdateReader.TryRead(Body("18 C63364", Origin + Via65000, "20 CB00710A 00"), External, out var update).Should().BeTrue();

        Entries(update.Withdrawn).Should().Equal("198.51.100.0/24");
        Types(update.Attributes).Should().Equal(1, 2);
        Entries(update.Nlri).Should().Equal("203.0.113.10/32", "0.0.0.0/0");
        update.Nlri.Family.Should().Be(BgpFamily.Ipv4Unicast);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000 00")]
    [InlineData("0001 0000")]
    [InlineData("0000 0001")]
    public void Lengths_that_do_not_fit_are_no_UPDATE(string body)
    {
        UpdateReader.TryRead(Hex.Bytes(body), External, out var update).Should().BeFalse();

        update.Nlri.IsEmpty.Should().BeTrue();
        update.Withdrawn.IsEmpty.Should().BeTrue();
        update.Attributes.GetEnumerator().MoveNext().Should().BeFalse();
    }

    [Theory]
    [InlineData("40 01 01 00 | 40 01 01 02 | 00 63 00", "", "repetitions and unknown ones are shown")]
    [InlineData("50 01 0001 00", "", "the length may have two octets")]
    [InlineData("40 01 01 00", "40 02 02 00", "the second is cut off")]
    [InlineData("40 01 01 00", "40 02", "no room for a length")]
    [InlineData("40 01 01 00", "50 02 00", "no room for both octets of the length")]
    [InlineData("", "80", "no room for a type")]
    public void Attributes_are_shown_as_they_lie_up_to_the_first_that_does_not_fit(string whole, string rest, string because)
    {
        var octets = Hex.Bytes(whole.Replace('|', ' ') + rest);
        var read = new List<string>();
        var attributes = new PathAttributeBlock(octets).GetEnumerator();
        while (attributes.MoveNext())
        {
            read.Add($"{attributes.Current.Flags:X2}{attributes.Current.Type:X2}:{Convert.ToHexString(attributes.Current.Value)}");
        }

        read.Count.Should().Be(whole.Split('|', StringSplitOptions.RemoveEmptyEntries).Length, because);
        Convert.ToHexString(attributes.Rest).Should().Be(rest.Replace(" ", "", StringComparison.Ordinal), because);
    }

    [Theory]
    [InlineData("02 02 FDE8 FDE9 01 01 FDEA", false, "2:65000,65001 1:65002", "")]
    [InlineData("02 01 0000FDE8", true, "2:65000", "")]
    [InlineData("02 00 07 01 0001", false, "2: 7:1", "")]
    [InlineData("02 01 FDE8 02 02 FDE9", false, "2:65000", "0202FDE9")]
    [InlineData("02 01 FDE8 02", false, "2:65000", "02")]
    public void Segments_are_shown_as_they_lie_up_to_the_first_that_does_not_fit(string value, bool fourOctetAsn, string expected, string rest)
    {
        List<string> read = [];
        var segments = new AsPathSegmentsView(Hex.Bytes(value), fourOctetAsn).GetEnumerator();
        while (segments.MoveNext())
        {
            List<Asn> asns = [];
            foreach (var asn in segments.Current)
            {
                asns.Add(asn);
            }

            segments.Current.Count.Should().Be(asns.Count);
            read.Add($"{(byte)segments.Current.Type}:{string.Join(',', asns)}");
        }

        string.Join(' ', read).Should().Be(expected);
        Convert.ToHexString(segments.Rest).Should().Be(rest);
    }

    [Theory]
    [InlineData("18 CB0071 00 20 CB00710A", 1, false, "203.0.113.0/24 0.0.0.0/0 203.0.113.10/32", 10)]
    [InlineData("18 CB0071 21 CB00710A00", 1, false, "203.0.113.0/24", 4)]
    [InlineData("18 CB0071 18 CB00", 1, false, "203.0.113.0/24", 4)]
    [InlineData("00000007 18 CB0071 FFFFFFFF 00", 1, true, "203.0.113.0/24 path 7 0.0.0.0/0 path 4294967295", 13)]
    [InlineData("00000007 18 CB0071 000000", 1, true, "203.0.113.0/24 path 7", 8)]
    [InlineData("00000007 18 CB0071 00000000", 1, true, "203.0.113.0/24 path 7", 8)]
    [InlineData("20 20010DB8 80 20010DB8000000000000000000000001 81", 2, false, "2001:db8::/32 2001:db8::1/128", 22)]
    [InlineData("00000001 20 20010DB8", 2, true, "2001:db8::/32 path 1", 9)]
    [InlineData("0D 0B0D", 1, false, "11.8.0.0/13", 3)]
    public void Prefixes_are_shown_up_to_the_first_that_cannot_be_read(string field, ushort afi, bool hasPathIds, string expected, int readable)
    {
        var view = new NlriView(Hex.Bytes(field), new BgpFamily(afi, 1), hasPathIds);

        string.Join(' ', Entries(view)).Should().Be(expected);
        view.Count().Should().Be(Entries(view).Count);
        view.IsWellFormed(out var octets).Should().Be(readable == view.Octets.Length);
        octets.Should().Be(readable);
    }

    [Fact]
    public void Multicast_is_written_as_unicast_is_and_other_families_are_octets()
    {
        Entries(new NlriView(Hex.Bytes("18 CB0071"), new BgpFamily(1, 2))).Should().Equal("203.0.113.0/24");
        var vpn = new NlriView(Hex.Bytes("FF FF"), new BgpFamily(1, 128));
        Entries(vpn).Should().BeEmpty();
        vpn.HasPrefixes.Should().BeFalse();
        vpn.IsWellFormed(out var readable).Should().BeTrue("nobody here can say otherwise");
        readable.Should().Be(2);
    }

    [Fact]
    public void An_entry_has_its_octets_where_they_lie()
    {
        var field = Hex.Bytes("00000007 0D 0B0D");
        foreach (var entry in new NlriView(field, BgpFamily.Ipv4Unicast, hasPathIds: true))
        {
            (entry.PathId, entry.Length).Should().Be((7U, 13));
            entry.Octets.SequenceEqual(field.AsSpan(5)).Should().BeTrue("bits behind the length are left as they are");
            entry.ToPath().Should().Be(new BgpPath(IpPrefix.Parse("11.8.0.0/13"), 7));
        }
    }

    [Theory]
    [InlineData(1, 32)]
    [InlineData(2, 128)]
    public void A_prefix_of_any_length_has_the_bits_that_lie_there(ushort afi, int longest)
    {
        for (var length = 0; length <= longest; length++)
        {
            var octets = Enumerable.Range(1, (length + 7) / 8).Select(octet => (byte)(0xA0 + octet)).ToArray();
            var address = new IPAddress([.. octets, .. new byte[(longest / 8) - octets.Length]]);
            foreach (var entry in new NlriView([(byte)length, .. octets], new BgpFamily(afi, 1)))
            {
                entry.ToPrefix().Should().Be(IpPrefix.Create(address, length), $"/{length} has {octets.Length} octets");
            }
        }
    }

    [Fact]
    public void Multiprotocol_attributes_are_split()
    {
        var value = Hex.Bytes("0002 01 10 20010DB8000000000000000000000011 00 00000007 20 20010DB8");
        var attribute = First(Hex.Bytes($"80 0E {value.Length:X2} {Convert.ToHexString(value)}"));

        attribute.TryReadMpReach(AddPath, out var reach).Should().BeTrue();

        (reach.Family, reach.NextHop.Length).Should().Be((BgpFamily.Ipv6Unicast, 16));
        Entries(reach.Nlri).Should().Equal("2001:db8::/32 path 7");
        First(Hex.Bytes("80 0F 08 0002 01 20 20010DB8")).TryReadMpUnreach(External, out var unreach).Should().BeTrue();
        Entries(unreach.Nlri).Should().Equal("2001:db8::/32");
        First(Hex.Bytes("80 0E 05 0002 01 01 00")).TryReadMpReach(External, out _).Should().BeFalse("the reserved octet is missing");
        First(Hex.Bytes("80 0F 02 0002")).TryReadMpUnreach(External, out _).Should().BeFalse();
    }

    [Fact]
    public void Values_and_numbers_are_read_from_the_attribute_that_has_them()
    {
        First(Hex.Bytes("C0 08 09 FDE80064 FFFFFF01 00")).ToValues<Community>().ToList().Should().Equal(new Community(65000, 100), Community.NoExport);
        First(Hex.Bytes("80 04 04 0000000A")).TryReadNumber(out var med).Should().BeTrue();
        med.Should().Be(10);
        First(Hex.Bytes("80 04 03 000000")).TryReadNumber(out _).Should().BeFalse();
    }

    [Fact]
    public void Path_identifiers_are_read_where_they_were_agreed_on()
    {
        var body = Body(
            "00000001 18 C63364",
            Mandatory + "80 0E 1E 0002 01 10 20010DB8000000000000000000000011 00 00000002 20 20010DB8" + "80 0F 08 0002 02 20 20010DB8",
            "00000003 18 CB0071 00000004 18 CB0071");

        UpdateDecoder.Decode(body, AddPath, out var view, out var problem).Should().Be(UpdateVerdict.Accept, problem.ToString());

        Entries(view.WithdrawnRoutes).Should().Equal("198.51.100.0/24 path 1");
        Entries(view.MpReachNlri).Should().Equal("2001:db8::/32 path 2");
        Entries(view.Nlri).Should().Equal("203.0.113.0/24 path 3", "203.0.113.0/24 path 4");
        Entries(view.MpUnreachNlri).Should().Equal(["2001:db8::/32"], "nothing was agreed on for multicast");
        view.WithdrawnPrefixes.Count().Should().Be(1, "multicast routes are no unicast routes");
    }

    [Fact]
    public void No_octets_whatsoever_make_the_reader_throw_or_read_on_for_ever()
    {
        var random = new Random(7);
        var good = Body("00000001 18 C63364", MpReach + MpUnreach + Mandatory + "C0 08 04 FDE80064", "00000003 18 CB0071");
        var read = 0L;
        for (var i = 0; i < 20000; i++)
        {
            var body = good.ToArray();
            for (var changes = random.Next(6); changes > 0; changes--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            read += Walk(body.AsSpan(0, random.Next(body.Length + 1)), random.Next(2) == 0 ? AddPath : TwoOctet);
        }

        read.Should().BeGreaterThan(10000);
    }

    private static long Walk(ReadOnlySpan<byte> body, WireContext context)
    {
        var read = 0L;
        if (!UpdateReader.TryRead(body, context, out var update))
        {
            return 0;
        }

        read += Entries(update.Withdrawn).Count + Entries(update.Nlri).Count;
        foreach (var attribute in update.Attributes)
        {
            foreach (var segment in attribute.ToAsPath(context.FourOctetAsn))
            {
                foreach (var asn in segment)
                {
                    read += asn.IsTwoOctet ? 1 : 2;
                }
            }

            read += attribute.ToValues<LargeCommunity>().Count;
            read += attribute.TryReadMpReach(context, out var reach) ? Entries(reach.Nlri).Count : 0;
            read += attribute.TryReadMpUnreach(context, out var unreach) ? Entries(unreach.Nlri).Count : 0;
        }

        return read;
    }

    private static PathAttributeView First(ReadOnlySpan<byte> octets)
    {
        var attributes = new PathAttributeBlock(octets).GetEnumerator();
        attributes.MoveNext().Should().BeTrue();
        return attributes.Current;
    }

    private static List<int> Types(PathAttributeBlock block)
    {
        List<int> types = [];
        foreach (var attribute in block)
        {
            types.Add(attribute.Type);
        }

        return types;
    }

    private static List<string> Entries(NlriView field)
    {
        List<string> entries = [];
        foreach (var entry in field)
        {
            entries.Add(entry.ToPath().ToString());
        }

        return entries;
    }
}
