using System.Net;
using BgpSharp.Wire;
using static BgpSharp.Tests.Wire.UpdateVectors;

namespace BgpSharp.Tests.Wire;

public sealed class UpdateWriterTests
{
    private readonly byte[] _destination = new byte[4096];

    [Fact]
    public void An_IPv4_announcement_is_written_field_by_field()
    {
        var attributes = new BgpRouteAttributes
        {
            AsPath = new AsPath(65000),
            NextHop = IPAddress.Parse("198.51.100.11"),
            Med = 10,
            LocalPref = 100,
            Communities = [new(65000, 100)],
            AtomicAggregate = true,
            Others = [new RawPathAttribute(0xC0, 99, [1, 2])],
        };

        var length = UpdateWriter.WriteAnnouncements(
            _destination, BgpFamily.Ipv4Unicast, attributes, [IpPrefix.Parse("203.0.113.10/32"), IpPrefix.Parse("203.0.0.0/17")], Internal, out var taken);

        taken.Should().Be(2);
        _destination[..length].Should().Equal(Hex.Bytes("""
            FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0051 02   # header, 81 octets, UPDATE
            0000                    # Withdrawn Routes Length
            0031                    # Total Path Attribute Length
            40 01 01 00             # ORIGIN IGP
            40 02 06 02 01 0000FDE8 # AS_PATH 65000
            40 03 04 C633640B       # NEXT_HOP
            80 04 04 0000000A       # MULTI_EXIT_DISC
            40 05 04 00000064       # LOCAL_PREF
            40 06 00                # ATOMIC_AGGREGATE
            C0 08 04 FDE80064       # COMMUNITIES
            C0 63 02 0102           # type 99
            20 CB00710A             # 203.0.113.10/32
            11 CB0000               # 203.0.0.0/17
            """));
    }

    [Fact]
    public void An_IPv6_announcement_has_MP_REACH_first()
    {
        var attributes = new BgpRouteAttributes { AsPath = new AsPath(65000), NextHop = IPAddress.Parse("2001:db8::11") };

        var length = UpdateWriter.WriteAnnouncements(
            _destination, BgpFamily.Ipv6Unicast, attributes, [IpPrefix.Parse("2001:db8::10/128"), IpPrefix.Parse("::/0")], External, out var taken);

        taken.Should().Be(2);
        _destination[..length].Should().Equal(Hex.Bytes("""
            FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 004F 02   # header, 79 octets, UPDATE
            0000                    # Withdrawn Routes Length
            0038                    # Total Path Attribute Length
            90 0E 0027              # MP_REACH_NLRI
              0002 01               #   IPv6 unicast
              10 20010DB8000000000000000000000011
              00                    #   reserved
              80 20010DB8000000000000000000000010
              00                    #   ::/0
            40 01 01 00             # ORIGIN IGP
            40 02 06 02 01 0000FDE8 # AS_PATH 65000
            """));
    }

    [Fact]
    public void Withdrawals_go_into_the_field_of_their_family()
    {
        var length = UpdateWriter.WriteWithdrawals(_destination, BgpFamily.Ipv4Unicast, [IpPrefix.Parse("203.0.113.10/32")], External, out _);
        _destination[..length].Should().Equal(Hex.Bytes("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 001C 02 0005 20CB00710A 0000"));

        length = UpdateWriter.WriteWithdrawals(_destination, BgpFamily.Ipv6Unicast, [IpPrefix.Parse("2001:db8::/32")], External, out _);
        _destination[..length].Should().Equal(Hex.Bytes("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0023 02 0000 000C 90 0F 0008 0002 01 20 20010DB8"));
    }

    [Fact]
    public void End_of_RIB_is_written_for_each_family()
    {
        var length = UpdateWriter.WriteEndOfRib(_destination, BgpFamily.Ipv4Unicast);
        _destination[..length].Should().Equal(Hex.Bytes("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0017 02 0000 0000"));

        length = UpdateWriter.WriteEndOfRib(_destination, BgpFamily.Ipv6Unicast);
        _destination[..length].Should().Equal(Hex.Bytes("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 001D 02 0000 0006 80 0F 03 0002 01"));
    }

    [Fact]
    public void A_two_octet_peer_gets_AS_TRANS_and_the_true_path_beside_it()
    {
        var path = AsPath.FromSegments(new(AsPathSegmentType.ConfedSequence, 65002), new(AsPathSegmentType.Sequence, 4200000000, 65000));
        var attributes = new BgpRouteAttributes { AsPath = path, NextHop = IPAddress.Parse("198.51.100.11") };

        EncodedAttributes.Encode(BgpFamily.Ipv4Unicast, attributes, TwoOctet).Block.ToArray().Should().Equal(Hex.Bytes("""
            40 01 01 00
            40 02 0A 03 01 FDEA 02 02 5BA0 FDE8             # AS_PATH (65002) AS_TRANS 65000
            40 03 04 C633640B
            C0 11 0A 02 02 FA56EA00 0000FDE8                # AS4_PATH without the confederation
            """));
        EncodedAttributes.Encode(BgpFamily.Ipv4Unicast, new BgpRouteAttributes { AsPath = new AsPath(65000), NextHop = attributes.NextHop }, TwoOctet).Block.ToArray()
            .Should().Equal(Hex.Bytes("40 01 01 00  40 02 04 02 01 FDE8  40 03 04 C633640B"), "without a large number no AS4_PATH is needed");
    }

    [Theory]
    [InlineData(255, 1)]
    [InlineData(256, 2)]
    [InlineData(600, 3)]
    public void A_sequence_of_more_than_255_numbers_is_split_and_read_as_one(int count, int segments)
    {
        var path = new AsPath(Enumerable.Range(1, count).Select(number => new Asn((uint)number)));
        var attributes = new BgpRouteAttributes { AsPath = path, NextHop = IPAddress.Parse("198.51.100.11") };
        var length = UpdateWriter.WriteAnnouncements(
            _destination, BgpFamily.Ipv4Unicast, attributes, [IpPrefix.Parse("203.0.113.0/24")], External, out _);

        UpdateDecoder.Decode(_destination.AsSpan(19, length - 19), External, out var view, out _).Should().Be(UpdateVerdict.Accept);

        var seen = 0;
        foreach (var segment in view.AsPath)
        {
            segment.Count.Should().BeLessThanOrEqualTo(255);
            seen++;
        }

        seen.Should().Be(segments);
        view.ToUpdate().Announced[0].Attributes.Should().Be(attributes);
    }

    [Fact]
    public void A_message_is_filled_and_says_how_many_prefixes_it_took()
    {
        var prefixes = Enumerable.Range(0, 2000).Select(i => IpPrefix.Create(new IPAddress([203, 0, (byte)(i >> 8), (byte)i]), 32)).ToArray();
        var attributes = new BgpRouteAttributes { NextHop = IPAddress.Parse("198.51.100.11") };

        FillMessages(BgpFamily.Ipv4Unicast, attributes, prefixes, octetsAPrefix: 5)
            .Should().Be((4096 - 23 - (4 + 3 + 7)) / 5, "ORIGIN, AS_PATH and NEXT_HOP take 14 octets");
    }

    [Fact]
    public void Full_IPv6_messages_are_right_to_the_last_octet()
    {
        var prefixes = Enumerable.Range(0, 2000).Select(i => IpPrefix.Parse($"2001:db8::{i:x}/128")).ToArray();
        var attributes = new BgpRouteAttributes { NextHop = IPAddress.Parse("2001:db8::11"), Med = 1 };

        FillMessages(BgpFamily.Ipv6Unicast, attributes, prefixes, octetsAPrefix: 17)
            .Should().Be((4096 - 23 - (4 + 3 + 7 + 25)) / 17, "ORIGIN, AS_PATH, MULTI_EXIT_DISC and what MP_REACH_NLRI has before its prefixes take 39 octets");
    }

    [Fact]
    public void Where_not_even_one_prefix_fits_nothing_is_written()
    {
        var path = new AsPath(Enumerable.Repeat(new Asn(65000), 1020));
        var attributes = new BgpRouteAttributes { AsPath = path, NextHop = IPAddress.Parse("198.51.100.11") };

        UpdateWriter.WriteAnnouncements(_destination, BgpFamily.Ipv4Unicast, attributes, [IpPrefix.Parse("203.0.113.0/24")], External, out var taken).Should().Be(0);
        taken.Should().Be(0, "the attributes alone exceed 4096 octets");
        UpdateWriter.WriteWithdrawals(_destination.AsSpan(0, 24), BgpFamily.Ipv4Unicast, [IpPrefix.Parse("203.0.113.0/24")], External, out taken).Should().Be(0);
        UpdateWriter.WriteWithdrawals(_destination.AsSpan(0, 20), BgpFamily.Ipv6Unicast, [IpPrefix.Parse("::/0")], External, out taken).Should().Be(0);
        taken.Should().Be(0);
    }

    [Fact]
    public void Attributes_longer_than_a_length_field_can_say_are_never_written()
    {
        var communities = Enumerable.Range(0, 20000).Select(i => new Community((uint)i)).ToArray();
        var attributes = new BgpRouteAttributes { Communities = communities, NextHop = IPAddress.Parse("198.51.100.11") };

        EncodedAttributes.Encode(BgpFamily.Ipv4Unicast, attributes, External).IsTooLong.Should().BeTrue();
        UpdateWriter.WriteAnnouncements(_destination, BgpFamily.Ipv4Unicast, attributes, [IpPrefix.Parse("203.0.113.0/24")], External, out var taken).Should().Be(0);
        taken.Should().Be(0);
    }

    [Fact]
    public void Callers_mistakes_throw()
    {
        var v4 = new BgpRouteAttributes { NextHop = IPAddress.Parse("198.51.100.11") };

        ((Action)(() => EncodedAttributes.Encode(BgpFamily.Ipv4Unicast, BgpRouteAttributes.Default, External))).Should().Throw<ArgumentException>().WithMessage("*next hop*");
        ((Action)(() => UpdateWriter.WriteWithdrawals(_destination, BgpFamily.Ipv4Unicast, ReadOnlySpan<IpPrefix>.Empty, External, out _))).Should().Throw<ArgumentException>("it would be an End-of-RIB");
        ((Action)(() => UpdateWriter.WriteAnnouncements(_destination, BgpFamily.Ipv6Unicast, v4, [IpPrefix.Parse("::/0")], External, out _))).Should().Throw<ArgumentException>();
    }

    private BgpUpdate Decode(int length) => Read(_destination[19..length], External);

    /// <summary>Announces and withdraws as many prefixes as a message holds.</summary>
    /// <returns>How many were announced.</returns>
    private int FillMessages(BgpFamily family, BgpRouteAttributes attributes, IpPrefix[] prefixes, int octetsAPrefix)
    {
        var length = UpdateWriter.WriteAnnouncements(_destination, family, attributes, prefixes, External, out var announced);
        length.Should().BeInRange(4097 - octetsAPrefix, 4096, "a message is filled to the last prefix that fits");
        Decode(length).Announced.Select(route => route.Prefix).Should().Equal(prefixes[..announced]);

        length = UpdateWriter.WriteWithdrawals(_destination, family, prefixes, External, out var withdrawn);
        length.Should().BeInRange(4097 - octetsAPrefix, 4096);
        Decode(length).Withdrawn.Should().Equal(prefixes[..withdrawn].Select(prefix => new BgpPath(prefix)));
        return announced;
    }
}
