using Microsoft.Extensions.Configuration;

namespace BgpSharp.Tests.Hosting;

/// <summary>A section as a whole: lists, names, and everything that is wrong at once.</summary>
public sealed class SectionTests
{
    private const string Secret = "hunter2-hush";

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        SectionReading.ReadBad(
            ("LocalAsn", null),
            ("RouterId", "one"),
            ("ListenEndPoints:0", "everywhere"),
            ("Peers:tor1:Address", "tor1"),
            ("Peers:tor1:Port", "99999"),
            ("Peers:tor1:RemoteAsn", "65001"),
            ("Peers:tor1:HoldTime", "soon"),
            ("Peers:tor1:MinimumHoldTime", "120"),
            ("Peers:tor1:LocalAddress", "2001:db8::11"),
            ("Peers:tor1:ConnectMode", "Passive"),
            ("Peers:tor1:DelayOpenTime", "300"),
            ("Peers:tor2:Address", "198.51.100.1"),
            ("Peers:tor2:RemoteAsn", "0"),
            ("Peers:tor3", "198.51.100.3"),
            ("Routes:0:Prefix", "203.0.113.10"),
            ("Routes:1:Prefix", "203.0.113.11/32"),
            ("Routes:1:NextHop", "0.0.0.0"),
            ("Routes:2:Prefix", "203.0.113.12/32"),
            ("Routes:3:Prefix", "203.0.113.12/32"),
            ("Stop:Mode", "Drain"),
            ("Stop:Timeout", "2"),
            ("Stop:Lingering", "1"))
            .Should().BeEquivalentTo(
                "Bgp:LocalAsn is missing; allowed: an AS number from 1 to 4294967295, such as 65000 or 1.10.",
                "Bgp:RouterId is 'one'; allowed: four dotted octets, not 0.0.0.0, such as 198.51.100.11.",
                "Bgp:ListenEndPoints:0 is 'everywhere'; allowed: an IP address, and a port where it is not 179, such as 198.51.100.11 or [2001:db8::11]:1179.",
                "Bgp:Peers:tor1:Address is 'tor1'; allowed: an IP address, such as 198.51.100.1 or 2001:db8::1.",
                "Bgp:Peers:tor1:Port is 99999; allowed: 1 to 65535.",
                "Bgp:Peers:tor1:HoldTime is 'soon'; allowed: a time, as seconds (90, 0.5) or hours, minutes and seconds (00:01:30).",
                "Bgp:Peers:tor1:DelayOpenTime is 00:05:00; allowed: zero to less than 00:04:00.",
                "Bgp:Peers:tor2:RemoteAsn is 0; allowed: 1 to 4294967295.",
                "Bgp:Peers:tor3 is one value; allowed: a section.",
                "Bgp:Peers has the address 198.51.100.1 in 0 and tor2; allowed: each address once.",
                "Bgp:Routes:0:Prefix is '203.0.113.10'; allowed: a prefix without host bits, such as 203.0.113.10/32.",
                "Bgp:Routes:1:NextHop cannot be used: The next hop 0.0.0.0 is the unspecified address; allowed: a unicast address that peers can reach, or none for the session's own.",
                "Bgp:Routes has the prefix 203.0.113.12/32 2 times; allowed: each prefix once.",
                "Bgp:Stop:Lingering is not a setting; allowed: Mode, Message, Timeout, DrainTime, DrainMed, Linger.",
                "Bgp:Stop:DrainTime is 00:00:02 and Linger 00:00:01; allowed: together less than Timeout, 00:00:02.");
    }

    [Fact]
    public void What_depends_on_a_value_that_could_not_be_read_is_not_judged() =>
        SectionReading.ReadBad(("Peers:0:HoldTime", "soon"), ("Peers:0:MinimumHoldTime", "120"), ("Peers:0:SendHoldTime", "60"), ("Peers:0:Port", "0"))
            .Should().HaveCount(2).And.OnlyContain(line => line.StartsWith("Bgp:Peers:0:HoldTime ", StringComparison.Ordinal) || line.StartsWith("Bgp:Peers:0:Port ", StringComparison.Ordinal));

    [Fact]
    public void A_key_that_nothing_reads_is_refused_without_its_value()
    {
        SectionReading.ReadBad(("Pasword", Secret), ("Peers:0:Pasword", Secret), ("Routes:0:MED2", "1"), ("Peers:0:GracefulRestart:Time", "1"), ("Peers:0:PrefixLimits:0:Max", "1"))
            .Should().HaveCount(5)
            .And.ContainSingle(line => line.StartsWith("Bgp:Pasword is not a setting; allowed: LocalAsn, RouterId, ListenEndPoints, Peers, Routes, Stop.", StringComparison.Ordinal))
            .And.ContainSingle(line => line.StartsWith("Bgp:Peers:0:Pasword is not a setting; allowed: Address, Port, ", StringComparison.Ordinal))
            .And.NotContain(line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public void Keys_below_a_value_are_refused() =>
        SectionReading.ReadBad(("Peers:0:Port:0", "179"), ("Peers:0:Families:0:Name", "ipv4-unicast"), ("Peers:0:Families:1", "ipv6-unicast"))
            .Should().BeEquivalentTo("Bgp:Peers:0:Port has keys below it; allowed: a whole number.", "Bgp:Peers:0:Families:0 has keys below it; allowed: ipv4-unicast or ipv6-unicast.");

    [Fact]
    public void A_second_password_is_refused_and_none_is_shown() =>
        SectionReading.ReadBad(("Peers:0:Password", Secret), ("Peers:0:PasswordFile", "/etc/hostname"), ("Peers:0:PasswordVariable", "PATH"))
            .Should().Equal(
                "Bgp:Peers:0:PasswordFile is given, and Password is too; allowed: one of Password, PasswordFile, PasswordVariable.",
                "Bgp:Peers:0:PasswordVariable is given, and Password is too; allowed: one of Password, PasswordFile, PasswordVariable.");

    [Fact]
    public void Keys_are_found_in_any_case_and_lists_are_lists_or_texts()
    {
        var options = SectionReading.ReadGood(
            ("localasn", "65010"),
            ("peers:tor1:ADDRESS", "198.51.100.2"), ("peers:tor1:remoteAsn", "65001"),
            ("peers:tor1:families:0", "ipv6-unicast"), ("peers:tor1:families:1", "ipv4-unicast"),
            ("routes:1:prefix", "203.0.113.11/32"));

        options.LocalAsn.Should().Be((Asn)65010);
        options.Peers.Keys.Should().Equal("0", "tor1");
        options.Peers["TOR1"].Families.Should().Equal(BgpFamily.Ipv6Unicast, BgpFamily.Ipv4Unicast);
        options.Routes.Should().HaveCount(2);
        options.Routes[0].Attributes.Should().BeSameAs(options.Routes[1].Attributes, "routes that share their attributes travel in one UPDATE");
    }

    [Fact]
    public void A_section_may_be_the_root_and_then_the_keys_have_no_path()
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection(SectionReading.Least).AddInMemoryCollection([new("Peers:0:Port", "x"), new("Peers:0:HoldTime", "1")]).Build();

        SectionReading.ReadBad(root).Should().BeEquivalentTo("Peers:0:Port is 'x'; allowed: a whole number.", "Peers:0:HoldTime is 00:00:01; allowed: zero, or 3 to 65535 whole seconds.");
    }

    [Fact]
    public void A_section_that_is_not_there_lacks_what_is_required() =>
        SectionReading.ReadBad(SectionReading.Section([])).Should().HaveCount(2).And.OnlyContain(line => line.Contains("is missing", StringComparison.Ordinal));
}
