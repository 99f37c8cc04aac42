using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser.Configuration;

/// <summary>Every key: good, bad, missing.</summary>
public sealed class SettingsTests : ConfigurationReading
{
    private static readonly string LongPassword = new('p', 81);
    private static readonly string LongMessage = new('m', 256);

    public SettingsTests()
    {
        SetVariable("PATH_TO_NOTHING", "s3cret");
        SetVariable("TOO_LONG", LongPassword);
    }

    public static TheoryData<string, string, string> Good => new()
    {
        { "vip", "203.0.113.11", "203.0.113.11" },
        { "interface", "eth0", "eth0" },
        { "localAs", "4200000000", "4200000000" },
        { "localAs", "1.10", "65546" },
        { "routerId", "198.51.100.12", "198.51.100.12" },
        { "logLevel", "Debug", "Debug" },
        { "logLevel", "none", "None" },
        { "control", "bgpsharp-2", "bgpsharp-2" },
        { "peers:0:address", "198.51.100.2", "198.51.100.2" },
        { "peers:0:port", "1179", "1179" },
        { "peers:0:as", "65000", "65000" },
        { "peers:0:holdTime", "3", "00:00:03" },
        { "peers:0:holdTime", "65535", "18:12:15" },
        { "peers:0:sendHoldTime", "10", "00:00:10" }, { "peers:0:sendHoldTime", "86400", "1.00:00:00" },
        { "peers:0:gracefulRestart", "1", "00:00:01" }, { "peers:0:gracefulRestart", "4095", "01:08:15" },
        { "peers:0:sourceAddress", "198.51.100.11", "198.51.100.11" },
        { "peers:0:sourceInterface", "eth0", "eth0" }, { "peers:0:sourceInterface", "eth7.100", "eth7.100" },
        { "peers:0:ttl", "255", "255" }, { "peers:0:ttlSecurityHops", "254", "254" },
        { "peers:0:password", "s3cret", "***" },
        { "peers:0:passwordFile", "/etc/hostname", "***" },
        { "peers:0:passwordVariable", "PATH_TO_NOTHING", "***" },
        { "drain:time", "0", "00:00:00" }, { "drain:time", "0s", "00:00:00" }, { "drain:time", "3.9s", "00:00:03.9000000" },
        { "drain:linger", "0", "00:00:00" }, { "drain:linger", "500ms", "00:00:00.5000000" },
        { "drain:deadline", "30s", "00:00:30" },
        { "drain:message", "node drain", "node drain" },
        { "health:tcp", "127.0.0.1:6443", "127.0.0.1:6443" },
        { "health:tcp", "[::1]:6443", "[::1]:6443" },
        { "health:tcp", "localhost:1", "localhost:1" },
        { "health:interval", "250ms", "00:00:00.2500000" },
        { "health:interval", "2", "00:00:02" },
        { "health:interval", "0.5s", "00:00:00.5000000" },
        { "health:timeout", "1m", "00:01:00" },
        { "health:timeout", "1h", "01:00:00" },
        { "health:fall", "1", "1" },
        { "health:rise", "1000", "1000" },
    };

    public static TheoryData<string, string> Bad => new()
    {
        { "vip", "203.0.113" }, { "vip", "203.0.113.010" }, { "vip", "2001:db8::10" }, { "vip", "203.0.113.10/32" }, { "vip", "0.0.0.0" }, { "vip", "224.0.0.1" },
        { "vip", "255.255.255.255" }, { "vip", "vip.example" },
        { "interface", "eth7" }, { "interface", "a name too long for any interface" },
        { "localAs", "0" }, { "localAs", "4294967296" }, { "localAs", "-1" }, { "localAs", "23456" }, { "localAs", "AS65000" },
        { "routerId", "0.0.0.0" }, { "routerId", "11" }, { "routerId", "::1" },
        { "control", "a b" }, { "control", "a/b" }, { "control", new string('x', 101) },
        { "logLevel", "loud" }, { "logLevel", "2" }, { "logLevel", "17" },
        { "peers:0:address", "router1" }, { "peers:0:address", "2001:db8::1" },
        { "peers:0:port", "0" }, { "peers:0:port", "65536" }, { "peers:0:port", "bgp" },
        { "peers:0:as", "0" }, { "peers:0:as", "65001.65536" },
        { "peers:0:holdTime", "0" }, { "peers:0:holdTime", "2" }, { "peers:0:holdTime", "65536" }, { "peers:0:holdTime", "9.5" },
        { "peers:0:sendHoldTime", "3" }, { "peers:0:sendHoldTime", "86401" }, { "peers:0:sendHoldTime", "20s" },
        { "peers:0:gracefulRestart", "0" }, { "peers:0:gracefulRestart", "4096" }, { "peers:0:gracefulRestart", "true" },
        { "peers:0:sourceInterface", "eth 0" }, { "peers:0:sourceInterface", "eth0:1" }, { "peers:0:sourceInterface", "a/b" }, { "peers:0:sourceInterface", ".." },
        { "peers:0:sourceInterface", "sixteen-octets-x" },
        { "peers:0:sourceAddress", "eth0" }, { "peers:0:sourceAddress", "0.0.0.0" },
        { "peers:0:ttl", "0" }, { "peers:0:ttl", "256" }, { "peers:0:ttlSecurityHops", "0" }, { "peers:0:ttlSecurityHops", "255" },
        { "peers:0:password", LongPassword },
        { "peers:0:passwordFile", "/nonexistent" }, { "peers:0:passwordFile", "/proc" }, { "peers:0:passwordFile", "/dev/null" },
        { "peers:0:passwordVariable", "NOT_SET" }, { "peers:0:passwordVariable", "TOO_LONG" }, { "peers:0:passwordVariable", "a=b" },
        { "drain:time", "5ms" }, { "drain:time", "-1s" }, { "drain:linger", "0ms" }, { "drain:linger", "soon" }, { "drain:deadline", "0" }, { "drain:deadline", "2h" },
        { "drain:message", LongMessage },
        { "health:tcp", "6443" }, { "health:tcp", ":6443" }, { "health:tcp", "127.0.0.1" }, { "health:tcp", "127.0.0.1:0" }, { "health:tcp", "::1:6443" },
        { "health:tcp", "[127.0.0.1]:6443" }, { "health:tcp", "https://127.0.0.1:6443" },
        { "health:interval", "0" }, { "health:interval", "9ms" }, { "health:interval", "61m" }, { "health:interval", "soon" }, { "health:interval", "-1s" },
        { "health:interval", "99999999999999999999999999999h" },
        { "health:timeout", "0s" }, { "health:timeout", "1d" },
        { "health:fall", "0" }, { "health:fall", "1001" },
        { "health:rise", "0" }, { "health:rise", "two" },
    };

    public static TheoryData<string, string> Defaults => new()
    {
        { "interface", "lo" },
        { "logLevel", "Information" },
        { "control", "bgpsharp-vip" },
        { "peers:0:port", "179" },
        { "peers:0:holdTime", "00:00:09" },
        { "peers:0:sendHoldTime", "00:00:18" },
        { "peers:0:gracefulRestart", "" },
        { "peers:0:sourceAddress", "" },
        { "peers:0:sourceInterface", "" },
        { "peers:0:ttl", "" }, { "peers:0:ttlSecurityHops", "" },
        { "peers:0:password", "" },
        { "peers:0:passwordFile", "" },
        { "peers:0:passwordVariable", "" },
        { "drain:time", "00:00:02" },
        { "drain:linger", "00:00:01" },
        { "drain:deadline", "00:00:05" },
        { "drain:message", "" },
        { "health:interval", "00:00:01" },
        { "health:timeout", "00:00:01" },
        { "health:fall", "3" },
        { "health:rise", "2" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_value_is_taken(string key, string value, string expected)
    {
        var options = ReadGood(Least, key.StartsWith("health", StringComparison.Ordinal) ? ["--health:tcp", "127.0.0.1:1", $"--{key}", value] : [$"--{key}", value]);

        Show(options, key).Should().Be(expected);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_value_is_one_line_with_the_key_the_value_where_it_came_from_and_what_is_allowed(string key, string value)
    {
        var problem = ReadBad(Least, $"--{key}={value}").Should().ContainSingle().Subject;

        problem.Should().StartWith($"{key} is '{(value == LongPassword ? "***" : value)}' (the command line): ").And.NotContain("\n");
        var setting = Settings.All.Single(s => s.At(0) == key);
        problem.Should().EndWith(setting == Settings.Interface ? "there is no such interface on this host" : $"it has to be {setting.Allowed}");
    }

    [Theory]
    [InlineData("vip")]
    [InlineData("localAs")]
    [InlineData("peers:0:address")]
    [InlineData("peers:0:as")]
    public void A_required_key_that_is_missing_is_one_line_with_what_it_has_to_be(string key)
    {
        var allowed = Settings.All.Single(s => s.At(0) == key).Allowed;

        ReadBad(Least, $"--{key}=").Should().Equal($"{key} is missing: it has to be {allowed}");
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_key_that_is_missing_has_its_default(string key, string expected)
    {
        Show(ReadGood(Least, "--health:tcp", "127.0.0.1:1"), key).Should().Be(expected);
    }

    [Fact]
    public void Without_a_target_there_is_no_health_check()
    {
        ReadGood(Least).Gate.Should().BeNull();
        ReadGood(Least, "--health:tcp=", "--health:fall=5").Gate.Should().BeNull();
    }

    [Fact]
    public void Without_a_router_id_the_first_peers_source_address_is_it()
    {
        ReadGood(Least, "--routerId=", "--peers:0:sourceAddress", "198.51.100.11").RouterId.Should().Be(BgpIdentifier.Parse("198.51.100.11"));
    }

    [Fact]
    public void Without_a_router_id_and_a_source_address_the_router_id_is_missing()
    {
        ReadBad(Least, "--routerId=").Should().ContainSingle().Which.Should()
            .StartWith("routerId is missing: it has to be four dotted octets").And.EndWith("unless the first peer has a sourceAddress");
    }

    [Fact]
    public void Without_peers_the_peers_are_missing()
    {
        ReadBad("""{ "vip": "203.0.113.10", "localAs": 65000, "routerId": "198.51.100.11", "peers": [] }""").Should()
            .Equal("peers is missing: it has to be a list of at least one router with address and as");
    }

    [Fact]
    public void A_password_and_a_password_file_exclude_each_other_and_neither_is_shown()
    {
        ReadBad(Least, "--peers:0:password", "s3cret", "--peers:0:passwordFile", "/etc/hostname").Should()
            .Equal("peers:0:password and peers:0:passwordFile are both given: only one may be");
    }

    [Fact]
    public void Of_all_ways_to_give_a_password_one_may_be_used()
    {
        ReadBad(Least, "--peers:0:password", "s3cret", "--peers:0:passwordFile", "/etc/hostname", "--peers:0:passwordVariable", "PATH_TO_NOTHING").Should()
            .Equal("peers:0:password and peers:0:passwordFile and peers:0:passwordVariable are all given: only one may be");
    }

    [Fact]
    public void A_drain_has_to_fit_its_deadline()
    {
        ReadBad(Least, "--drain:time", "4s").Should().Equal("drain:time and drain:linger are 5 s together: it has to be less than drain:deadline, 5 s");
        ReadGood(Least, "--drain:time", "4s", "--drain:deadline", "5.5s").Stop.Mode.Should().Be(BgpStopMode.Drain);
    }

    [Theory]
    [InlineData("9")]
    [InlineData("8")]
    public void The_send_hold_time_is_more_than_the_hold_time(string sendHoldTime)
    {
        ReadBad(Least, "--peers:0:sendHoldTime", sendHoldTime).Should()
            .Equal($"peers:0:sendHoldTime is '{sendHoldTime}' (the command line): it has to be more than peers:0:holdTime, 9");
    }

    [Fact]
    public void The_longest_hold_time_has_a_send_hold_time_that_the_library_takes()
    {
        ReadGood(Least, "--peers:0:holdTime", "65535").Peers[0].Session.SendHoldTime.Should().Be(TimeSpan.FromDays(1));
    }

    [Fact]
    public void TTL_security_and_a_TTL_exclude_each_other()
    {
        ReadBad(Least, "--peers:0:ttl", "2", "--peers:0:ttlSecurityHops", "1").Should()
            .Equal("peers:0:ttl and peers:0:ttlSecurityHops are both given: only one may be");
    }

    [Fact]
    public void Every_key_is_tested_here()
    {
        var tested = Good.Select(row => row.Data.Item1).Intersect(Bad.Select(row => row.Data.Item1));

        Settings.All.Select(s => s.At(0)).Should().BeSubsetOf(tested);
    }

    private static string Show(AdvertiserOptions options, string key) => $"{key switch
    {
        "vip" => options.Vips[0].Name,
        "interface" => options.Vips[0].Interface,
        "localAs" => options.LocalAsn,
        "routerId" => options.RouterId,
        "logLevel" => options.LogLevel,
        "control" => options.Control,
        "peers:0:address" => options.Peers[0].Session.Address,
        "peers:0:port" => options.Peers[0].Session.Port,
        "peers:0:as" => options.Peers[0].Session.RemoteAsn,
        "peers:0:holdTime" => options.Peers[0].Session.HoldTime,
        "peers:0:sendHoldTime" => options.Peers[0].Session.SendHoldTime,
        "peers:0:gracefulRestart" => options.Peers[0].Session.GracefulRestart?.RestartTime,
        "peers:0:sourceInterface" => options.Peers[0].Session.SourceInterface,
        "peers:0:sourceAddress" => options.Peers[0].Session.LocalAddress,
        "peers:0:ttl" => options.Peers[0].Session.TimeToLive,
        "peers:0:ttlSecurityHops" => options.Peers[0].Session.TtlSecurityHops,
        "peers:0:password" or "peers:0:passwordFile" or "peers:0:passwordVariable" => options.Peers[0].Session.Password,
        "drain:time" => options.Stop.DrainTime,
        "drain:linger" => options.Stop.Linger,
        "drain:deadline" => options.Stop.Timeout,
        "drain:message" => options.Stop.Message,
        "health:tcp" => ((GateProbe.Tcp)options.Gate!.Probe).Target,
        "health:interval" => options.Gate!.Interval,
        "health:timeout" => options.Gate!.Timeout,
        "health:fall" => options.Gate!.Fall,
        "health:rise" => (object?)options.Gate!.Rise,
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "no such setting"),
    }}";
}
