using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser.Configuration.KubeVip;

/// <summary>Both grammars of bgp_peers: up to 1.1 with a tail, from 1.2.2 on with seven items, and what lies between.</summary>
public sealed class KubeVipPeerListTests
{
    private readonly List<string> _problems = [];

    public static TheoryData<string, string, string> Good => new()
    {
        { "both", "198.51.100.1:65001", "198.51.100.1 AS65001" },
        { "both", "198.51.100.1:65001::false", "198.51.100.1 AS65001" },
        { "both", "198.51.100.1:65001:s3cret:true", "198.51.100.1 AS65001 password multihop" },
        { "both", "198.51.100.1:65001:s3cret:T:1179", "198.51.100.1 AS65001 password multihop port 1179" },
        { "both", "[2001:db8::1]:65001", "2001:db8::1 AS65001" },
        { "both", "[2001:db8::1]:65001:s3cret:0:179", "2001:db8::1 AS65001 password port 179" },
        { "both", "198.51.100.1:65001,198.51.100.2:4200000000::1", "198.51.100.1 AS65001 | 198.51.100.2 AS4200000000 multihop" },
        { "both", ",198.51.100.1:65001,,", "198.51.100.1 AS65001" },
        { "both", "198.51.100.1:65001, 198.51.100.2:65001", "198.51.100.1 AS65001 | 198.51.100.2 AS65001" },
        { "both", "", "" },
        { "1.1", "198.51.100.1:65001/mpbgp_nexthop=fixed;mpbgp_ipv6=2001:db8::11", "198.51.100.1 AS65001 mpbgp_nexthop=fixed mpbgp_ipv6=2001:db8::11" },
        { "1.1", "[2001:db8::1]:65001:s3cret:false:179/mpbgp_nexthop=auto_sourceif", "2001:db8::1 AS65001 password port 179 mpbgp_nexthop=auto_sourceif" },
        { "1.2.0", "198.51.100.1:65001:::1179", "198.51.100.1 AS65001 port 1179" },
        { "1.2.2", "198.51.100.1:65001::::mpbgp_nexthop=fixed;mpbgp_ipv4=198.51.100.11", "198.51.100.1 AS65001 mpbgp_nexthop=fixed mpbgp_ipv4=198.51.100.11" },
        { "1.2.2", "198.51.100.1:65001:::::true;;;", "198.51.100.1 AS65001 BFD 300/300x3" },
        { "1.2.2", "198.51.100.1:65001::true:179::true;150;200;5", "198.51.100.1 AS65001 multihop port 179 BFD 150/200x5" },
        { "1.2.2", "198.51.100.1:65001:::::false;300;300;3", "198.51.100.1 AS65001" },
        { "1.2.2", "198.51.100.1:65001:::::true;300;300;3:more:and more", "198.51.100.1 AS65001 BFD 300/300x3" },
    };

    public static TheoryData<string, string> Bad => new()
    {
        { "198.51.100.1", "it has no AS number: an entry is ADDRESS:AS, at least" },
        { "198.51.100.1:", "item 2 of 198.51.100.1, the AS number, is not one from 1 to 4294967295" },
        { "198.51.100.1:0", "item 2 of 198.51.100.1, the AS number, is not one from 1 to 4294967295" },
        { "198.51.100.1:1.10", "item 2 of 198.51.100.1, the AS number, is not one from 1 to 4294967295" },
        { "198.51.100.1:s3cret", "item 2 of 198.51.100.1, the AS number, is not one from 1 to 4294967295" },
        { "198.51.100.1:65001:pass:s3cret", "item 4 of 198.51.100.1, multihop, is neither true nor false nor nothing (a password cannot have a colon or a comma)" },
        { "198.51.100.1:65001::yes", "item 4 of 198.51.100.1, multihop, is neither true nor false nor nothing (a password cannot have a colon or a comma)" },
        { "198.51.100.1:65001::true:0", "item 5 of 198.51.100.1, the port, is not one from 1 to 65535" },
        { "198.51.100.1:65001::true:bgp", "item 5 of 198.51.100.1, the port, is not one from 1 to 65535" },
        { "198.51.100.1:65001/mpbgp_nexthop", "the MP-BGP item of 198.51.100.1 has something else than mpbgp_nexthop=, mpbgp_ipv4=, mpbgp_ipv6= with ; between" },
        { "198.51.100.1:65001/mpbgp_hop=fixed", "the MP-BGP item of 198.51.100.1 has something else than mpbgp_nexthop=, mpbgp_ipv4=, mpbgp_ipv6= with ; between" },
        { "198.51.100.1:65001::::mpbgp_nexthop=self", "mpbgp_nexthop of 198.51.100.1 is none of fixed, auto_sourceip, auto_sourceif (one with colons can only be given by the variable mpbgp_nexthop)" },
        { "198.51.100.1:65001::::mpbgp_ipv6=2001:db8::11", "mpbgp_ipv6 of 198.51.100.1 is no address of that family (one with colons can only be given by the variable mpbgp_ipv6)" },
        { "198.51.100.1:65001:::::true", "item 7 of 198.51.100.1, BFD, is not true or false, two intervals in milliseconds and a multiplier, with ; between" },
        { "198.51.100.1:65001:::::true;0;300;3", "item 7 of 198.51.100.1, BFD, is not true or false, two intervals in milliseconds and a multiplier, with ; between" },
        { "[2001:db8::1:65001", "the bracket of its address is not closed" },
        { "[2001:db8::1]", "2001:db8::1 is not followed by a colon and an AS number" },
        { "[198.51.100.1]:65001", "item 1 is not the address of a peer: IPv4 as it is, IPv6 in brackets, such as [2001:db8::1]:65001" },
        { "2001:db8::1:65001", "item 1 is not the address of a peer: IPv4 as it is, IPv6 in brackets, such as [2001:db8::1]:65001" },
        { "router1:65001", "item 1 is not the address of a peer: IPv4 as it is, IPv6 in brackets, such as [2001:db8::1]:65001" },
        { "unnumbered:eth0", "a session without the peer's address (unnumbered) is not supported: name the address, such as [fe80::1%eth0]:65001" },
        { "unnumbered:eth0:65001", "a session without the peer's address (unnumbered) is not supported: name the address, such as [fe80::1%eth0]:65001" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void An_entry_of_either_grammar_is_a_peer(string grammar, string text, string expected)
    {
        var peers = KubeVipPeerList.Parse(text, "bgp_peers", _problems);

        _problems.Should().BeEmpty($"grammar {grammar} has this");
        string.Join(" | ", peers.Select(Show)).Should().Be(expected);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_no_entry_is_one_problem_that_says_which_and_why_and_shows_no_item(string text, string why)
    {
        KubeVipPeerList.Parse($"198.51.100.9:65001,{text}", "here", _problems).Should().ContainSingle("the other entry is one");

        _problems.Should().Equal($"bgp_peers, entry 2 (here): {why}");
        _problems.Should().NotContain(problem => problem.Contains("s3cret"));
    }

    [Fact]
    public void A_password_that_is_too_long_for_TCP_MD5_is_a_problem_and_not_shown()
    {
        KubeVipPeerList.Parse($"198.51.100.1:65001:{new string('p', 81)}", "here", _problems);

        _problems.Should().Equal("bgp_peers, entry 1 (here): item 3 of 198.51.100.1, the password, is longer than 80 octets");
    }

    private static string Show(KubeVipPeer peer) => string.Join(' ', new[]
    {
        peer.Address,
        $"AS{peer.As}",
        peer.Password == "s3cret" ? "password" : null,
        peer.Multihop ? "multihop" : null,
        peer.Port is null ? null : $"port {peer.Port}",
        peer.MultiprotocolBgp.Count == 0 ? null : string.Join(' ', peer.MultiprotocolBgp.Select(pair => $"{pair.Key}={pair.Value}")),
        peer.Bfd is null ? null : $"BFD {peer.Bfd.Receive}/{peer.Bfd.Transmit}x{peer.Bfd.Multiplier}",
    }.OfType<string>());
}
