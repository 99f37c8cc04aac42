using System.Reflection;
using BgpSharp.Bfd;
using BgpSharp.Hosting;

namespace BgpSharp.Tests.Hosting;

/// <summary>Every key of a section: good, bad, missing.</summary>
public sealed class SettingsTests : IDisposable
{
    private const string Variable = "HOSTING_TESTS_PASSWORD";
    private const string LongVariable = "HOSTING_TESTS_LONG_PASSWORD";
    private static readonly string LongPassword = string.Concat(Enumerable.Repeat("hush", 21));

    public SettingsTests()
    {
        Environment.SetEnvironmentVariable(Variable, "s3cret");
        Environment.SetEnvironmentVariable(LongVariable, LongPassword);
    }

    public static TheoryData<string, string, string> Good => new()
    {
        { "LocalAsn", "4200000000", "4200000000" }, { "LocalAsn", "1.10", "65546" },
        { "RouterId", "198.51.100.12", "198.51.100.12" },
        { "ListenEndPoints", "198.51.100.11", "198.51.100.11:179" }, { "ListenEndPoints", "198.51.100.11:1179, [2001:db8::11]:0", "198.51.100.11:1179 [2001:db8::11]:0" },
        { "ListenEndPoints", "2001:db8::11", "[2001:db8::11]:179" },
        { "Peers:0:Address", "198.51.100.2", "198.51.100.2" }, { "Peers:0:Address", "2001:db8::2", "2001:db8::2" },
        { "Peers:0:Port", "1179", "1179" },
        { "Peers:0:RemoteAsn", "65000", "65000" },
        { "Peers:0:ConnectMode", "active", "Active" }, { "Peers:0:ConnectMode", "Both", "Both" },
        { "Peers:0:LocalAddress", "198.51.100.11", "198.51.100.11" },
        { "Peers:0:SourceInterface", "eth7.100", "eth7.100" },
        { "Peers:0:TimeToLive", "255", "255" },
        { "Peers:0:TtlSecurityHops", "254", "254" },
        { "Peers:0:Password", "s3cret", "***" },
        { "Peers:0:PasswordFile", "/etc/hostname", "***" },
        { "Peers:0:PasswordVariable", Variable, "***" },
        { "Peers:0:HoldTime", "0", "00:00:00" }, { "Peers:0:HoldTime", "9", "00:00:09" }, { "Peers:0:HoldTime", "00:03:00", "00:03:00" },
        { "Peers:0:KeepaliveInterval", "1.5", "00:00:01.5000000" },
        { "Peers:0:MinimumHoldTime", "30", "00:00:30" },
        { "Peers:0:SendHoldTime", "120", "00:02:00" },
        { "Peers:0:DelayOpenTime", "0.25", "00:00:00.2500000" },
        { "Peers:0:CollisionDetectEstablished", "true", "True" },
        { "Peers:0:Families", "ipv4-unicast IPv6-unicast", "ipv4-unicast ipv6-unicast" },
        { "Peers:0:AcceptAsSets", "true", "True" },
        { "Peers:0:AcceptConfederationSegments", "True", "True" },
        { "Peers:0:DisableFamilyOnError", "true", "True" },
        { "Peers:0:ExtendedMessages", "false", "False" },
        { "Peers:0:GracefulRestart:RestartTime", "4095", "01:08:15" },
        { "Peers:0:GracefulRestart:CoversNotifications", "false", "False" },
        { "Peers:0:GracefulRestart:ForwardingPreserved", "true", "True" },
        { "Peers:0:GracefulRestart:StaleRouteTime", "1.00:00:00", "1.00:00:00" },
        { "Peers:0:Bfd:TransmitInterval", "0.05", "00:00:00.0500000" }, { "Peers:0:Bfd:ReceiveInterval", "0.1", "00:00:00.1000000" },
        { "Peers:0:Bfd:DetectMultiplier", "5", "5" }, { "Peers:0:Bfd:Multihop", "true", "True" },
        { "Peers:0:Bfd:Strict", "true", "True" },
        { "Peers:0:PrefixLimits:0:Family", "ipv4-unicast", "ipv4-unicast" },
        { "Peers:0:PrefixLimits:0:Maximum", "1", "1" },
        { "Peers:0:PrefixLimits:0:WarningPercent", "100", "100" },
        { "Peers:0:PrefixLimits:0:Action", "discard", "Discard" },
        { "Peers:0:PrefixLimits:0:RetryTime", "600", "00:10:00" },
        { "Peers:0:OnHandlerFault", "Detach", "Detach" },
        { "Peers:0:RecordedOctets", "16384", "16384" },
        { "Routes:0:Prefix", "2001:db8::/32", "2001:db8::/32" },
        { "Routes:0:NextHop", "198.51.100.12", "198.51.100.12" },
        { "Routes:0:Origin", "incomplete", "Incomplete" },
        { "Routes:0:AsPath", "65000 65000", "65000 65000" },
        { "Routes:0:Med", "4294967295", "4294967295" },
        { "Routes:0:LocalPref", "0", "0" },
        { "Routes:0:Communities", "65000:100, no-export", "65000:100 no-export" },
        { "Routes:0:LargeCommunities", "65000:1:2 65000:1:3", "65000:1:2 65000:1:3" },
        { "Stop:Mode", "Drain", "Drain" }, { "Stop:Mode", "keepforwarding", "KeepForwarding" },
        { "Stop:Message", "node drain", "node drain" },
        { "Stop:Timeout", "30", "00:00:30" },
        { "Stop:DrainTime", "3", "00:00:03" },
        { "Stop:DrainMed", "100", "100" },
        { "Stop:Linger", "0", "00:00:00" },
    };

    public static TheoryData<string, string, string> Bad => new()
    {
        { "LocalAsn", "AS65000", "is 'AS65000'; allowed: an AS number from 1 to 4294967295, such as 65000 or 1.10." }, { "LocalAsn", "0", "is 0; allowed: 1 to 4294967295." },
        { "RouterId", "11", "is '11'; allowed: four dotted octets, not 0.0.0.0, such as 198.51.100.11." }, { "RouterId", "0.0.0.0", "is 0.0.0.0; allowed: any other identifier." },
        { "ListenEndPoints", "eth0", "is 'eth0'; allowed: an IP address, and a port where it is not 179, such as 198.51.100.11 or [2001:db8::11]:1179." },
        { "ListenEndPoints:0", "10.1", "is '10.1'; allowed: an IP address, and a port where it is not 179, such as 198.51.100.11 or [2001:db8::11]:1179." },
        { "Peers:0:Address", "router1", "is 'router1'; allowed: an IP address, such as 198.51.100.1 or 2001:db8::1." },
        { "Peers:0:Address", "198.51.100.010", "is '198.51.100.010'; allowed: an IP address, such as 198.51.100.1 or 2001:db8::1." },
        { "Peers:0:Address", "[2001:db8::1]:179", "is '[2001:db8::1]:179'; allowed: an IP address, such as 198.51.100.1 or 2001:db8::1." },
        { "Peers:0:Address", "224.0.0.1", "is 224.0.0.1; allowed: a unicast address." },
        { "Peers:0:Port", "bgp", "is 'bgp'; allowed: a whole number." }, { "Peers:0:Port", "0", "is 0; allowed: 1 to 65535." }, { "Peers:0:Port", "65536", "is 65536; allowed: 1 to 65535." },
        { "Peers:0:RemoteAsn", "-1", "is '-1'; allowed: an AS number from 1 to 4294967295, such as 65000 or 1.10." }, { "Peers:0:RemoteAsn", "0", "is 0; allowed: 1 to 4294967295." },
        { "Peers:0:ConnectMode", "2", "is '2'; allowed: Both, Active, Passive." },
        { "Peers:0:ConnectMode", "Passive", "is Passive, but the speaker does not listen; set BgpSpeakerOptions.ListenEndPoints." },
        { "Peers:0:LocalAddress", "eth0", "is 'eth0'; allowed: an IP address, such as 198.51.100.1 or 2001:db8::1." },
        { "Peers:0:LocalAddress", "2001:db8::11", "is 2001:db8::11; allowed: an address of the same family as Address, 198.51.100.1." },
        { "Peers:0:SourceInterface", "eth 0", "is 'eth 0'; allowed: 1 to 15 octets without '/', ':' and blanks, not '.' or '..'." },
        { "Peers:0:TimeToLive", "x", "is 'x'; allowed: a whole number." }, { "Peers:0:TimeToLive", "256", "is 256; allowed: 1 to 255." },
        { "Peers:0:TtlSecurityHops", "1.5", "is '1.5'; allowed: a whole number." }, { "Peers:0:TtlSecurityHops", "0", "is 0; allowed: 1 to 254." },
        { "Peers:0:Password", LongPassword, "has 84 octets; allowed: 1 to 80 octets." },
        { "Peers:0:PasswordFile", "/nonexistent", "is '/nonexistent', which cannot be fetched (Could not find file '/nonexistent'.); allowed: 1 to 80 octets." },
        { "Peers:0:PasswordFile", "/dev/null", "is '/dev/null', which has 0 octets; allowed: 1 to 80 octets." },
        { "Peers:0:PasswordVariable", "HOSTING_TESTS_NOT_SET", "is 'HOSTING_TESTS_NOT_SET', which cannot be fetched (The environment variable HOSTING_TESTS_NOT_SET is not set.); allowed: 1 to 80 octets." },
        { "Peers:0:PasswordVariable", LongVariable, $"is '{LongVariable}', which has 84 octets; allowed: 1 to 80 octets." },
        { "Peers:0:HoldTime", "9s", "is '9s'; allowed: a time, as seconds (90, 0.5) or hours, minutes and seconds (00:01:30)." },
        { "Peers:0:HoldTime", "2", "is 00:00:02; allowed: zero, or 3 to 65535 whole seconds." }, { "Peers:0:HoldTime", "-3", "is -00:00:03; allowed: zero, or 3 to 65535 whole seconds." },
        { "Peers:0:HoldTime", "99999999999999999999999999999", "is '99999999999999999999999999999'; allowed: a time, as seconds (90, 0.5) or hours, minutes and seconds (00:01:30)." },
        { "Peers:0:KeepaliveInterval", "1:2", "is '1:2'; allowed: a time, as seconds (90, 0.5) or hours, minutes and seconds (00:01:30)." }, { "Peers:0:KeepaliveInterval", "0", "is 00:00:00; allowed: at least one second." },
        { "Peers:0:MinimumHoldTime", "120", "is 00:02:00; allowed: zero, or 3 whole seconds to HoldTime, 00:01:30." },
        { "Peers:0:SendHoldTime", "90", "is 00:01:30; allowed: more than HoldTime, 00:01:30, to 1.00:00:00." },
        { "Peers:0:DelayOpenTime", "240", "is 00:04:00; allowed: zero to less than 00:04:00." },
        { "Peers:0:CollisionDetectEstablished", "1", "is '1'; allowed: true or false." },
        { "Peers:0:Families", "ipv4-unicast evpn", "is 'evpn'; allowed: ipv4-unicast or ipv6-unicast." },
        { "Peers:0:AcceptAsSets", "yes", "is 'yes'; allowed: true or false." }, { "Peers:0:AcceptConfederationSegments", "on", "is 'on'; allowed: true or false." },
        { "Peers:0:DisableFamilyOnError", "0", "is '0'; allowed: true or false." }, { "Peers:0:ExtendedMessages", "no", "is 'no'; allowed: true or false." },
        { "Peers:0:GracefulRestart", "true", "is one value; allowed: a section." },
        { "Peers:0:GracefulRestart:RestartTime", "4096", "is 01:08:16; allowed: 0 to 4095 whole seconds." },
        { "Peers:0:GracefulRestart:CoversNotifications", "x", "is 'x'; allowed: true or false." }, { "Peers:0:GracefulRestart:ForwardingPreserved", "x", "is 'x'; allowed: true or false." },
        { "Peers:0:Bfd", "true", "is one value; allowed: a section." },
        { "Peers:0:Bfd:TransmitInterval", "0.009", "is 00:00:00.0090000; allowed: 10 milliseconds to 60 seconds, in whole microseconds." },
        { "Peers:0:Bfd:ReceiveInterval", "61", "is 00:01:01; allowed: 10 milliseconds to 60 seconds, in whole microseconds." },
        { "Peers:0:Bfd:DetectMultiplier", "0", "is 0; allowed: 1 to 255." }, { "Peers:0:Bfd:Multihop", "x", "is 'x'; allowed: true or false." },
        { "Peers:0:Bfd:Strict", "x", "is 'x'; allowed: true or false." },
        { "Peers:0:GracefulRestart:StaleRouteTime", "0", "is 00:00:00; allowed: 1 second to 1.00:00:00." },
        { "Peers:0:PrefixLimits:0:Family", "ipv4", "is 'ipv4'; allowed: ipv4-unicast or ipv6-unicast." },
        { "Peers:0:PrefixLimits:0:Maximum", "many", "is 'many'; allowed: a whole number." },
        { "Peers:0:PrefixLimits:0:WarningPercent", "75%", "is '75%'; allowed: a whole number." },
        { "Peers:0:PrefixLimits:0:Action", "drop", "is 'drop'; allowed: Close, Discard, Warn." },
        { "Peers:0:PrefixLimits:0:RetryTime", "later", "is 'later'; allowed: a time, as seconds (90, 0.5) or hours, minutes and seconds (00:01:30)." },
        { "Peers:0:RecordedOctets", "16k", "is '16k'; allowed: a whole number." },
        { "Peers:0:OnHandlerFault", "Ignore", "is 'Ignore'; allowed: ResetSession, Detach." },
        { "Routes:0:Prefix", "203.0.113.10/24", "is '203.0.113.10/24'; allowed: a prefix without host bits, such as 203.0.113.10/32." },
        { "Routes:0:NextHop", "self", "is 'self'; allowed: an IP address, such as 198.51.100.1 or 2001:db8::1." },
        { "Routes:0:NextHop", "127.0.0.1", "cannot be used: The next hop 127.0.0.1 is a loopback address; allowed: a unicast address that peers can reach, or none for the session's own." },
        { "Routes:0:Origin", "0", "is '0'; allowed: Igp, Egp, Incomplete." },
        { "Routes:0:AsPath", "65000,65000", "is '65000,65000'; allowed: AS numbers with blanks between them, such as 65000 65000." },
        { "Routes:0:Med", "-1", "is '-1'; allowed: a number from 0 to 4294967295." }, { "Routes:0:LocalPref", "4294967296", "is '4294967296'; allowed: a number from 0 to 4294967295." },
        { "Routes:0:Communities", "65000", "is '65000'; allowed: a community, such as 65000:100 or no-export." },
        { "Routes:0:LargeCommunities", "65000:1", "is '65000:1'; allowed: a large community, such as 65000:1:2." },
        { "Stop", "Drain", "is one value; allowed: a section." },
        { "Stop:Mode", "Fast", "is 'Fast'; allowed: Withdraw, Drain, KeepForwarding, Immediate." },
        { "Stop:Timeout", "-1", "is -00:00:01; allowed: zero to 24 days." },
        { "Stop:DrainTime", "long", "is 'long'; allowed: a time, as seconds (90, 0.5) or hours, minutes and seconds (00:01:30)." }, { "Stop:DrainMed", "-1", "is '-1'; allowed: a number from 0 to 4294967295." }, { "Stop:Linger", "x", "is 'x'; allowed: a time, as seconds (90, 0.5) or hours, minutes and seconds (00:01:30)." },
    };

    public static TheoryData<string, string> Defaults => new()
    {
        { "ListenEndPoints", "" }, { "Stop:Mode", "Withdraw" }, { "Stop:Message", "" }, { "Stop:Timeout", "00:00:05" }, { "Stop:DrainTime", "00:00:02" }, { "Stop:DrainMed", "" }, { "Stop:Linger", "00:00:01" },
        { "Peers:0:Port", "179" }, { "Peers:0:ConnectMode", "Both" }, { "Peers:0:LocalAddress", "" }, { "Peers:0:SourceInterface", "" }, { "Peers:0:TimeToLive", "" },
        { "Peers:0:TtlSecurityHops", "" }, { "Peers:0:Password", "" }, { "Peers:0:HoldTime", "00:01:30" }, { "Peers:0:KeepaliveInterval", "" }, { "Peers:0:MinimumHoldTime", "00:00:00" },
        { "Peers:0:SendHoldTime", "" }, { "Peers:0:DelayOpenTime", "00:00:00" }, { "Peers:0:CollisionDetectEstablished", "False" }, { "Peers:0:Families", "ipv4-unicast" },
        { "Peers:0:AcceptAsSets", "False" }, { "Peers:0:AcceptConfederationSegments", "False" }, { "Peers:0:DisableFamilyOnError", "False" }, { "Peers:0:ExtendedMessages", "True" },
        { "Peers:0:GracefulRestart", "" }, { "Peers:0:Bfd", "" }, { "Peers:0:OnHandlerFault", "ResetSession" }, { "Peers:0:RecordedOctets", "0" }, { "Peers:0:PrefixLimits:0:WarningPercent", "75" }, { "Peers:0:PrefixLimits:0:Action", "Close" },
        { "Peers:0:PrefixLimits:0:RetryTime", "" }, { "Routes:0:NextHop", "" }, { "Routes:0:Origin", "Igp" }, { "Routes:0:AsPath", "" }, { "Routes:0:Med", "" }, { "Routes:0:LocalPref", "" },
        { "Routes:0:Communities", "" }, { "Routes:0:LargeCommunities", "" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_value_is_taken(string key, string value, string expected) =>
        SectionReading.Show(SectionReading.ReadGood((key, value)), key).Should().Be(expected);

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_value_is_one_line_with_the_key_the_value_and_what_is_allowed(string key, string value, string expected) =>
        SectionReading.ReadBad((key, value)).Should().Equal($"Bgp:{key} {expected}");

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_key_that_is_missing_has_the_default_of_the_library(string key, string expected)
    {
        SectionReading.Show(SectionReading.ReadGood(), key).Should().Be(expected);
        if (!key.EndsWith("Families", StringComparison.Ordinal))
        {
            SectionReading.Show(SectionReading.ReadGood((key, "")), key).Should().Be(expected, "an empty value is none");
        }
    }

    [Theory]
    [InlineData("LocalAsn", "an AS number from 1 to 4294967295, such as 65000 or 1.10")]
    [InlineData("RouterId", "four dotted octets, not 0.0.0.0, such as 198.51.100.11")]
    [InlineData("Peers:0:Address", "an IP address, such as 198.51.100.1 or 2001:db8::1")]
    [InlineData("Peers:0:RemoteAsn", "an AS number from 1 to 4294967295, such as 65000 or 1.10")]
    [InlineData("Peers:0:PrefixLimits:0:Family", "ipv4-unicast or ipv6-unicast")]
    [InlineData("Peers:0:PrefixLimits:0:Maximum", "a whole number")]
    public void A_required_key_that_is_missing_is_one_line_with_what_is_allowed(string key, string allowed) =>
        SectionReading.ReadBad((key, null)).Should().Equal($"Bgp:{key} is missing; allowed: {allowed}.");

    [Fact]
    public void A_route_needs_its_prefix() =>
        SectionReading.ReadBad(("Routes:1:Med", "10")).Should().Equal("Bgp:Routes:1:Prefix is missing; allowed: a prefix without host bits, such as 203.0.113.10/32.");

    [Fact]
    public void Every_option_that_a_text_can_express_is_a_key_that_is_tested()
    {
        string[] code = [nameof(BgpPeerOptions.Handler), nameof(BgpPeerOptions.Export), nameof(BgpHostedSpeakerOptions.AcceptPeer)];
        (Type Type, string Path)[] all =
        [
            (typeof(BgpHostedSpeakerOptions), ""), (typeof(BgpPeerOptions), "Peers:0:"), (typeof(BgpGracefulRestartOptions), "Peers:0:GracefulRestart:"), (typeof(BfdOptions), "Peers:0:Bfd:"),
            (typeof(BgpPrefixLimit), "Peers:0:PrefixLimits:0:"), (typeof(BgpStopOptions), "Stop:"),
        ];
        var tested = Good.Select(row => row.Data.Item1).ToArray();
        var missing = all.SelectMany(options => options.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => (property.Name, Key: options.Path + property.Name)))
            .Where(option => !code.Contains(option.Name) && !tested.Any(key => key == option.Key || key.StartsWith(option.Key + ":", StringComparison.Ordinal)))
            .Select(option => option.Key);
        missing.Should().BeEmpty();
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        Environment.SetEnvironmentVariable(LongVariable, null);
    }
}
