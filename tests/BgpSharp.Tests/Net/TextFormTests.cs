using System.Globalization;
using System.Net;
using System.Text;

namespace BgpSharp.Tests.Net;

/// <summary>Text forms, written and read back.</summary>
public sealed class TextFormTests
{
    [Theory]
    [InlineData("", "65000", "65546")]
    [InlineData("asplain", "65000", "65546")]
    [InlineData("asdot", "65000", "1.10")]
    [InlineData("asdot+", "0.65000", "1.10")]
    public void AS_numbers_are_written_in_each_notation_of_RFC_5396(string format, string small, string large)
    {
        new Asn(65000).ToString(format).Should().Be(small);
        new Asn(65546).ToString(format).Should().Be(large);
        string.Create(CultureInfo.InvariantCulture, $"{new Asn(65546):asdot}").Should().Be("1.10");
        (Asn.Parse(small), Asn.Parse(large)).Should().Be((new Asn(65000), new Asn(65546)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("65001")]
    [InlineData("65001 65002 {65003 65004}")]
    [InlineData("{65003 65004}")]
    [InlineData("{65003} 65001 {4200000000 1}")]
    [InlineData("(65010 65011) 65001 65002")]
    [InlineData("[65010 65011] (65012) 65001")]
    public void AS_paths_are_written_as_they_are_read(string text)
    {
        AsPath.Parse(text).ToString().Should().Be(text);
        AsPath.Parse(AsPath.Parse(text).ToString("asdot+")).Should().Be(AsPath.Parse(text), "dotted numbers are read too");
    }

    [Theory]
    [InlineData("65001 {65003,65004}", "65001 {65003 65004}")]
    [InlineData("65001 {65003, 65004}", "65001 {65003 65004}")]
    [InlineData("65001 [65003 , 65004]", "65001 [65003 65004]")]
    [InlineData("  65001   65002 ", "65001 65002")]
    [InlineData("65001{65003}65002", "65001 {65003} 65002")]
    [InlineData("1.10 ( 65001 )", "65546 (65001)")]
    public void AS_paths_are_read_in_the_spellings_of_routers(string text, string expected) =>
        AsPath.Parse(text).ToString().Should().Be(expected);

    [Theory]
    [InlineData("65001,65002")]
    [InlineData("{}")]
    [InlineData("{65001")]
    [InlineData("65001}")]
    [InlineData("{65001,}")]
    [InlineData("{,65001}")]
    [InlineData("{65001,,65002}")]
    [InlineData("(65001,65002)")]
    [InlineData("{(65001)}")]
    [InlineData("65001 x")]
    [InlineData("4294967296")]
    [InlineData("-1")]
    public void What_is_no_AS_path_is_refused(string text)
    {
        AsPath.TryParse(text, out var path).Should().BeFalse();
        path.IsEmpty.Should().BeTrue();
        ((Action)(() => AsPath.Parse(text))).Should().Throw<FormatException>().WithMessage($"*'{text}'*");
    }

    [Fact]
    public void A_path_of_segments_reads_back_segment_by_segment()
    {
        var path = AsPath.FromSegments(
            new(AsPathSegmentType.ConfedSequence, 65010), new(AsPathSegmentType.Sequence, 1, 2), new(AsPathSegmentType.ConfedSet, 3, 4), new(AsPathSegmentType.Set, 5));
        path.ToString().Should().Be("(65010) 1 2 [3 4] {5}");
        AsPath.Parse(path.ToString()).Should().Be(path);
    }

    [Theory]
    [InlineData(0xFFFF0000u, "graceful-shutdown")]
    [InlineData(0xFFFF0001u, "accept-own")]
    [InlineData(0xFFFF0002u, "route-filter-translated-v4")]
    [InlineData(0xFFFF0003u, "route-filter-v4")]
    [InlineData(0xFFFF0004u, "route-filter-translated-v6")]
    [InlineData(0xFFFF0005u, "route-filter-v6")]
    [InlineData(0xFFFF0006u, "llgr-stale")]
    [InlineData(0xFFFF0007u, "no-llgr")]
    [InlineData(0xFFFF0008u, "accept-own-nexthop")]
    [InlineData(0xFFFF0009u, "standby-pe")]
    [InlineData(0xFFFF029Au, "blackhole")]
    [InlineData(0xFFFFFF01u, "no-export")]
    [InlineData(0xFFFFFF02u, "no-advertise")]
    [InlineData(0xFFFFFF03u, "no-export-subconfed")]
    [InlineData(0xFFFFFF04u, "no-peer")]
    [InlineData(0xFFFF000Au, "65535:10")]
    [InlineData(0xFDE80064u, "65000:100")]
    [InlineData(0u, "0:0")]
    public void Communities_have_names_and_numbers(uint value, string text)
    {
        new Community(value).ToString().Should().Be(text);
        Community.Parse(text).Should().Be(new Community(value));
        Community.Parse($"{value >> 16}:{value & 0xFFFF}").Should().Be(new Community(value), "numbers are read for named ones too");
    }

    [Theory]
    [InlineData("65000:1:2", 65000u, 1u, 2u)]
    [InlineData("4294967295:0:4294967295", uint.MaxValue, 0u, uint.MaxValue)]
    public void Large_communities_are_three_numbers(string text, uint first, uint second, uint third)
    {
        LargeCommunity.Parse(text).Should().Be(new LargeCommunity(first, second, third));
        new LargeCommunity(first, second, third).ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("1:2")]
    [InlineData("1:2:3:4")]
    [InlineData("1:2:4294967296")]
    [InlineData("1:2:-3")]
    [InlineData("1: 2:3")]
    [InlineData("::")]
    [InlineData("")]
    public void What_is_no_large_community_is_refused(string text) => LargeCommunity.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("::", 0, "::/0")]
    [InlineData("1:0:0:2::", 64, "1:0:0:2::/64")]
    [InlineData("1:0:0:2:0:0:3:0", 112, "1::2:0:0:3:0/112")]
    [InlineData("1:0:2:0:3:0:4:0", 112, "1:0:2:0:3:0:4:0/112")]
    [InlineData("0:1::", 32, "0:1::/32")]
    [InlineData("::1", 128, "::1/128")]
    [InlineData("::ffff:198.51.100.0", 120, "::ffff:198.51.100.0/120")]
    [InlineData("64:ff9b::", 96, "64:ff9b::/96")]
    [InlineData("abcd:ef01:2345:6789:abcd:ef01:2345:6789", 128, "abcd:ef01:2345:6789:abcd:ef01:2345:6789/128")]
    public void IPv6_prefixes_are_written_as_in_RFC_5952(string address, int length, string expected)
    {
        var prefix = IpPrefix.Create(IPAddress.Parse(address), length);
        prefix.ToString().Should().Be(expected);
        IpPrefix.Parse(expected).Should().Be(prefix);
    }

    [Fact]
    public void Random_prefixes_are_written_as_the_runtime_writes_them()
    {
        var random = new Random(7);
        var octets = new byte[16];
        for (var i = 0; i < 2000; i++)
        {
            random.NextBytes(octets);
            octets[0] |= 0x20;
            for (var group = random.Next(9); group < 8; group += random.Next(1, 4))
            {
                octets[2 * group] = octets[(2 * group) + 1] = 0;
            }

            // The runtime writes ISATAP addresses dotted.
            octets[8] |= 1;
            var prefix = IpPrefix.Create(new IPAddress(octets), random.Next(129));
            prefix.ToString().Should().Be($"{prefix.Address}/{prefix.Length}");
            var v4 = IpPrefix.Create(new IPAddress(octets.AsSpan(0, 4)), random.Next(33));
            v4.ToString().Should().Be($"{v4.Address}/{v4.Length}");
        }
    }

    [Fact]
    public void Everything_is_written_into_a_buffer_of_characters_or_octets_and_says_when_it_is_too_small()
    {
        Check(new Asn(4200000000), "4200000000");
        Check(IpPrefix.Parse("203.0.113.0/24"), "203.0.113.0/24");
        Check(IpPrefix.Parse("2001:db8::/32"), "2001:db8::/32");
        Check(Community.NoExport, "no-export");
        Check(new LargeCommunity(65000, 1, 2), "65000:1:2");
        Check(AsPath.Parse("65001 {65002}"), "65001 {65002}");
        Check(ExtendedCommunity.Parse("rt:65000:100"), "rt:65000:100");
        Check(Ipv6ExtendedCommunity.Parse("rt:[2001:db8::1]:100"), "rt:[2001:db8::1]:100");

        static void Check<T>(T value, string expected)
            where T : ISpanFormattable, IUtf8SpanFormattable, ISpanParsable<T>
        {
            var characters = new char[expected.Length];
            value.TryFormat(characters, out var count, default, null).Should().BeTrue();
            new string(characters, 0, count).Should().Be(expected);
            value.TryFormat(characters.AsSpan(1), out count, default, null).Should().BeFalse("a character is missing");
            count.Should().Be(0);

            var octets = new byte[expected.Length];
            value.TryFormat(octets, out count, default, null).Should().BeTrue();
            Encoding.UTF8.GetString(octets, 0, count).Should().Be(expected);
            value.TryFormat(octets.AsSpan(1), out _, default, null).Should().BeFalse();

            T.Parse(expected, null).Should().Be(value);
            T.TryParse("?" + expected, null, out _).Should().BeFalse();
            ((Action)(() => value.ToString("no such format", null))).Should().Throw<FormatException>();
        }
    }

    [Fact]
    public void A_long_path_is_written_whole()
    {
        var path = new AsPath(Enumerable.Range(1, 5000).Select(number => new Asn((uint)number)));
        path.ToString().Should().Be(string.Join(' ', Enumerable.Range(1, 5000)));
    }
}
