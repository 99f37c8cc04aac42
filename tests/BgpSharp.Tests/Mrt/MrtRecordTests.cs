using System.Net;
using BgpSharp.Mrt;
using BgpSharp.Wire;
using static BgpSharp.Tests.Mrt.MrtVectors;

namespace BgpSharp.Tests.Mrt;

public sealed class MrtRecordTests
{
    private static readonly IPAddress s_ipv4Peer = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress s_ipv4Local = IPAddress.Parse("198.51.100.2");
    private static readonly IPAddress s_ipv6Peer = IPAddress.Parse("2001:db8::1");

    public static TheoryData<string> Names => [.. All.Keys];

    public static TheoryData<string> Bgp4MpNames => [.. All.Where(pair => pair.Value[5] == (byte)MrtType.Bgp4Mp).Select(pair => pair.Key)];

    public static TheoryData<string> OtherNames => [.. Others.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_kind_is_read_whole(string name)
    {
        var record = Read(All[name]);

        record.Seconds.Should().Be(0x65000000);
        record.Microseconds.Should().Be(name.StartsWith("BGP4MP_ET", StringComparison.Ordinal) ? 123_456U : 0);
        TryView(record, out var error).Should().BeTrue($"{name} is a whole record: {error}");
        error.Problem.Should().Be(MrtProblem.None);
    }

    [Theory]
    [MemberData(nameof(Bgp4MpNames))]
    public void Every_kind_of_BGP4MP_is_read_with_microseconds_too(string name)
    {
        var octets = All[name];
        octets[5] = (byte)MrtType.Bgp4MpEt;
        octets[11] += 4;
        var plain = Read(All[name]);
        var record = Read([.. octets[..12], 0, 1, 0xE2, 0x40, .. octets[12..]]);

        (record.Kind, record.Subtype, record.Microseconds).Should().Be((plain.Kind, plain.Subtype, 123_456U));
        record.Body.SequenceEqual(plain.Body).Should().BeTrue("the microseconds are no part of it (RFC 6396 §3)");
        TryView(record, out _).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(OtherNames))]
    public void What_no_view_reads_is_framed(string name)
    {
        var record = Read(Others[name]);

        record.Length.Should().Be(Others[name].Length);
        record.Kind.Should().Be(MrtKind.Other);
        MrtMessage.TryRead(record, out _, out var error).Should().BeFalse();
        error.Problem.Should().Be(MrtProblem.WrongKind);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_record_truncated_at_any_octet_needs_more(string name)
    {
        for (var length = 0; length < All[name].Length; length++)
        {
            MrtRecord.TryRead(All[name].AsSpan(0, length), out _).Should().Be(MrtReadStatus.NeedMore, $"{length} octets are not all of it");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_body_truncated_at_any_octet_is_a_typed_error(string name)
    {
        // What a message of the older form has in it only its own codec can miss.
        var whole = name.StartsWith("BGP/", StringComparison.Ordinal) && name != "BGP/STATE_CHANGE" ? MrtRecord.HeaderLength + 12 : All[name].Length;
        for (var length = MrtRecord.HeaderLength; length < whole; length++)
        {
            var cut = All[name][..length];
            cut[8] = cut[9] = cut[10] = 0;
            cut[11] = (byte)(length - MrtRecord.HeaderLength);
            var record = Read(cut);

            TryView(record, out var error).Should().BeFalse($"{length} octets are not all of {name}");
            error.Problem.Should().BeOneOf(MrtProblem.Truncated, MrtProblem.MessageLength, MrtProblem.AddressFamily);
            error.Offset.Should().BeLessThanOrEqualTo(record.Body.Length);
        }
    }

    [Fact]
    public void A_length_beyond_the_bound_is_corrupt()
    {
        var octets = Record(16, 4, "");
        octets[8] = 0xFF;

        MrtRecord.TryRead(octets, out _).Should().Be(MrtReadStatus.Corrupt, "no record has 4 GiB");
        MrtRecord.TryRead(All["MESSAGE_AS4"], out _, maximumLength: 32).Should().Be(MrtReadStatus.Corrupt, "the caller said 32 octets");
    }

    [Fact]
    public void A_record_with_microseconds_too_short_for_them_is_read_without_a_body()
    {
        var record = Read(Record(17, 4, "0001"));

        record.Microseconds.Should().Be(0);
        record.Body.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Microseconds_are_part_of_the_time() =>
        Read(All["BGP4MP_ET/MESSAGE_AS4"]).Time.Should().Be(DateTimeOffset.FromUnixTimeSeconds(0x65000000).AddMicroseconds(123_456));

    [Fact]
    public void A_table_dump_has_prefix_peer_and_attributes()
    {
        MrtTableDump.TryRead(Read(All["TABLE_DUMP/IPv6, four-octet"]), out var dump, out _).Should().BeTrue();

        dump.Prefix.Should().Be(IpPrefix.Parse("2001:db8::/32"));
        dump.PeerAddress.Should().Be(s_ipv6Peer);
        dump.PeerAsn.Should().Be(new Asn(70_000));
        dump.OriginatedSeconds.Should().Be(0x64000000);
        dump.FourOctetAsn.Should().BeTrue();
        dump.Attributes.Octets.Length.Should().Be(20);
    }

    [Fact]
    public void A_prefix_longer_than_an_address_is_none_and_an_error()
    {
        MrtTableDump.TryRead(Read(Record(12, 1, "0000 0001 CB007100 21 01 64000000" + Ipv4Peer + "FDE9 0000")), out var dump, out var error).Should().BeFalse();
        error.Should().Be(new MrtError(MrtProblem.PrefixLength, 8));
        dump.Prefix.IsNone.Should().BeTrue();
        dump.PeerAsn.Should().Be(new Asn(65_001), "what is behind the error can still be read");

        MrtRib.TryRead(Read(RibRecord(2, "21CB00710000")), out var rib, out error).Should().BeFalse();
        error.Should().Be(new MrtError(MrtProblem.PrefixLength, 4));
        rib.Prefix.IsNone.Should().BeTrue();
    }

    [Fact]
    public void The_peer_index_table_keeps_every_peer()
    {
        MrtPeerIndexTable.TryRead(Read(PeerIndexTable), out var table, out _).Should().BeTrue();

        table!.Collector.ToString().Should().Be("1.1.1.1");
        table.ViewName.Should().Be("view");
        table.Peers.Select(peer => $"{peer.Identifier} {peer}").Should().Equal("10.0.0.1 198.51.100.1 AS70000", "10.0.0.2 2001:db8::1 AS65001");
    }

    [Fact]
    public void A_view_name_that_is_not_UTF_8_is_shown_with_replacements()
    {
        MrtPeerIndexTable.TryRead(Read(Record(13, 1, "01010101 0003 76FF77 0000")), out var table, out _).Should().BeTrue();

        table!.ViewName.Should().Be("v\uFFFDw");
    }

    [Theory]
    [InlineData("RIB_IPV4_UNICAST", "203.0.113.0/24", 0)]
    [InlineData("RIB_IPV6_MULTICAST", "2001:db8::/32", 0)]
    [InlineData("RIB_IPV6_UNICAST_ADDPATH", "2001:db8::/32", 7)]
    [InlineData("RIB_GENERIC_ADDPATH", "203.0.113.0/24", 7)]
    [InlineData("RIB_GENERIC", "none", 0)]
    [InlineData("RIB_GENERIC, EVPN", "none", 0)]
    [InlineData("RIB_GENERIC, BGP-LS", "none", 0)]
    [InlineData("RIB_GENERIC, flow specification", "none", 0)]
    [InlineData("RIB_GENERIC, VPLS", "none", 0)]
    [InlineData("RIB_GENERIC, SR policy", "none", 0)]
    public void A_RIB_record_has_its_entries(string name, string prefix, uint pathId)
    {
        MrtRib.TryRead(Read(All[name]), out var rib, out _).Should().BeTrue();

        rib.Prefix.ToString().Should().Be(prefix);
        rib.Sequence.Should().Be(42);
        rib.HasPathIdentifiers.Should().Be(pathId != 0);
        var nextHops = new List<string>();
        foreach (var entry in rib.Entries)
        {
            entry.PathId.Should().Be(pathId);
            nextHops.Add($"{entry.PeerIndex} {entry.OriginatedSeconds:X} {entry.NextHop}");
        }

        nextHops.Should().Equal("0 64000000 198.51.100.9", "1 64000001 2001:db8::1");
    }

    [Fact]
    public void A_generic_record_with_path_identifiers_in_its_entries_is_read_too()
    {
        // GoBGP and OpenBGPD write it so, against RFC 8050 §4.2.
        MrtRib.TryRead(Read(RibRecord(12, "000101" + Prefix, "00000007")), out var rib, out _).Should().BeTrue();

        rib.Prefix.Should().Be(IpPrefix.Parse("203.0.113.0/24"));
        var entries = rib.Entries.GetEnumerator();
        entries.MoveNext().Should().BeTrue();
        entries.Current.PathId.Should().Be(7);
    }

    [Theory]
    [InlineData("EF", 0xEF)]
    [InlineData("F0F0", 0xF0)]
    [InlineData("F1FF", 0x1FF)]
    public void The_length_of_a_flow_specification_has_one_octet_or_two(string header, int length)
    {
        var nlri = header + new string('0', 2 * length);

        MrtRib.TryRead(Read(RibRecord(6, "000286" + nlri)), out var rib, out var error).Should().BeTrue($"RFC 8955 §4.1: {error}");

        Convert.ToHexString(rib.Nlri).Should().Be(nlri);
    }

    [Fact]
    public void A_generic_record_of_a_family_without_known_form_is_an_error()
    {
        MrtRib.TryRead(Read(RibRecord(6, "4004F1" + "0001")), out var rib, out var error).Should().BeFalse();
        error.Should().Be(new MrtError(MrtProblem.UnknownFamily, 4), "SAFI 241 is for private use");
        (rib.Sequence, rib.Family).Should().Be((42U, new BgpFamily(16388, 241)), "what comes before the NLRI can be read");
    }

    [Theory]
    [InlineData(ShortReach, "2001:db8::1")]
    [InlineData(FullReach, "2001:db8::1")]
    [InlineData("800E09 4004 47 04 C6336409 00", "198.51.100.9")]
    [InlineData("800E05 04 C6336409", "198.51.100.9")]
    [InlineData("800E01 10", null)]
    [InlineData("800E00", null)]
    [InlineData("40010100", null)]
    public void The_next_hop_of_an_entry_is_found_in_the_short_and_the_full_form(string attributes, string? nextHop)
    {
        MrtRib.TryRead(Read(Record(13, 4, "0000002A" + Ipv6Prefix + "0001 0000 64000000" + Field(attributes))), out var rib, out _).Should().BeTrue();

        var entries = rib.Entries.GetEnumerator();
        entries.MoveNext().Should().BeTrue();
        entries.Current.NextHop?.ToString().Should().Be(nextHop);
    }

    [Theory]
    [InlineData("MESSAGE", 65_001, false, false, false)]
    [InlineData("MESSAGE_AS4_LOCAL", 70_000, true, true, false)]
    [InlineData("MESSAGE_LOCAL_ADDPATH", 65_001, false, true, true)]
    [InlineData("MESSAGE_AS4_ADDPATH", 70_000, true, false, true)]
    [InlineData("BGP4MP_ET/MESSAGE_AS4", 70_000, true, false, false)]
    [InlineData("BGP/UPDATE", 65_001, false, false, false)]
    public void A_message_comes_with_what_its_codec_has_to_know(string name, uint peerAsn, bool fourOctet, bool isLocal, bool hasPathIds)
    {
        MrtMessage.TryRead(Read(All[name]), out var message, out _).Should().BeTrue();

        message.PeerAsn.Should().Be(new Asn(peerAsn));
        message.LocalAsn.Should().Be(new Asn(65_002));
        message.PeerAddress.Should().Be(s_ipv4Peer);
        message.LocalAddress.Should().Be(s_ipv4Local);
        message.IsLocal.Should().Be(isLocal);
        message.Context.Should().Be(new WireContext { FourOctetAsn = fourOctet, AddPathIpv4Unicast = hasPathIds, AddPathIpv6Unicast = hasPathIds });
        message.MessageType.Should().Be(2);
        UpdateReader.TryRead(message.Body, message.Context, out var update).Should().BeTrue();
        var nlri = update.Nlri.GetEnumerator();
        nlri.MoveNext().Should().BeTrue();
        nlri.Current.ToPrefix().Should().Be(IpPrefix.Parse("203.0.113.0/24"));
    }

    [Fact]
    public void A_message_longer_than_its_record_is_given_as_far_as_it_goes()
    {
        var octets = All["MESSAGE"];
        octets[MrtRecord.HeaderLength + 16 + 16] = 0x10;

        MrtMessage.TryRead(Read(octets), out var message, out var error).Should().BeFalse();

        error.Should().Be(new MrtError(MrtProblem.MessageLength, 16));
        message.Octets.Length.Should().Be(octets.Length - MrtRecord.HeaderLength - 16);
    }

    [Theory]
    [InlineData("STATE_CHANGE_AS4", MrtFsmState.Established, MrtFsmState.Idle)]
    [InlineData("BGP/STATE_CHANGE", MrtFsmState.OpenConfirm, MrtFsmState.Established)]
    public void A_state_change_has_both_states(string name, MrtFsmState from, MrtFsmState to)
    {
        MrtStateChange.TryRead(Read(All[name]), out var change, out _).Should().BeTrue();

        change.OldState.Should().Be(from);
        change.NewState.Should().Be(to);
        (change.LocalAddress is null).Should().Be(name == "BGP/STATE_CHANGE", "the older form has one end only");
    }

    private static MrtRecord Read(byte[] octets)
    {
        MrtRecord.TryRead(octets, out var record).Should().Be(MrtReadStatus.Record);
        return record;
    }

    /// <summary>Reads a record by the view of its kind, entries and all.</summary>
    private static bool TryView(scoped in MrtRecord record, out MrtError error)
    {
        switch (record.Kind)
        {
            case MrtKind.TableDump:
                return MrtTableDump.TryRead(record, out _, out error);
            case MrtKind.PeerIndexTable:
                return MrtPeerIndexTable.TryRead(record, out _, out error);
            case MrtKind.Message:
                return MrtMessage.TryRead(record, out _, out error);
            case MrtKind.StateChange:
                return MrtStateChange.TryRead(record, out _, out error);
            case MrtKind.Rib:
                var isWhole = MrtRib.TryRead(record, out var rib, out error);
                var entries = 0;
                foreach (var entry in rib.Entries)
                {
                    _ = entry.NextHop;
                    entries++;
                }

                (entries == 2).Should().Be(isWhole, "only whole entries are enumerated");
                return isWhole;
            default:
                error = default;
                return false;
        }
    }
}
