using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser.Configuration;

/// <summary>Every key: good, bad, missing.</summary>
public sealed partial class SettingsTests : ConfigurationReading
{
    private static readonly string LongPassword = new('p', 81);
    private static readonly string LongMessage = new('m', 256);

    public SettingsTests()
    {
        SetVariable("PATH_TO_NOTHING", "s3cret");
        SetVariable("TOO_LONG", LongPassword);
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_value_is_taken(string key, string value, string expected)
    {
        var options = ReadGood(Least, [.. Beside(key), $"--{key}={value}"]);

        Show(options, key).Should().Be(expected);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_value_is_one_line_with_the_key_the_value_where_it_came_from_and_what_is_allowed(string key, string value)
    {
        var problem = ReadBad(Least, [.. Beside(key), $"--{key}={value}"]).Should().ContainSingle().Subject;

        var setting = Settings.All.Single(s => s.At(0) == key);
        problem.Should().StartWith($"{key} is '{(setting.IsSecret ? "***" : value.Replace("name:s3cret@", "***@", StringComparison.Ordinal).Replace("?tenant=1", "?***", StringComparison.Ordinal))}' (the command line): ")
            .And.NotContain("\n").And.NotContain("s3cret");
        problem.Should().EndWith(value == "eth7" ? "there is no such interface on this host" : $"it has to be {setting.Allowed}");
    }

    [Theory]
    [InlineData("vip")]
    [InlineData("vips:0:address")]
    [InlineData("localAs")]
    [InlineData("peers:0:address")]
    [InlineData("peers:0:as")]
    public void A_required_key_that_is_missing_is_one_line_with_what_it_has_to_be(string key)
    {
        var allowed = Settings.All.Single(s => s.At(0) == key).Allowed;

        ReadBad(Least, [.. Beside(key), $"--{key}="]).Should().Equal($"{key} is missing: it has to be {allowed}");
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_key_that_is_missing_has_its_default(string key, string expected)
    {
        Show(ReadGood(Least), key).Should().Be(expected);
    }

    [Fact]
    public void A_check_of_nothing_leaves_the_other_keys_without_effect_and_says_so()
    {
        var options = ReadGood(Least, "--health:check=none", "--health:fall=5", "--health:path=/livez");

        options.Gate.Should().BeNull();
        options.Remarks.Should().Equal(
            "health:path (the command line) has no effect: health:check is none",
            "health:fall (the command line) has no effect: health:check is none");
    }

    [Fact]
    public void Graceful_restart_and_BFD_together_are_remarked_upon()
    {
        ReadGood(Least, "--peers:0:gracefulRestart=60", "--peers:0:bfd:enabled=true").Remarks
            .Should().ContainSingle().Which.Should().StartWith("peers:0:gracefulRestart may be cut short by BFD").And.Contain("check-control-plane-failure");
        ReadGood(Least, "--peers:0:gracefulRestart=60").Remarks.Should().BeEmpty();
    }

    [Fact]
    public void A_TCP_check_has_no_use_for_what_belongs_to_HTTP_and_says_so()
    {
        ReadGood(Least, "--health:check=tcp://127.0.0.1:6443", "--health:port=6443", "--health:caFile=/etc/hostname", "--health:fall=5", "--failStatic:maxTime=1m").Remarks
            .Should().BeEquivalentTo(
                "failStatic:maxTime (the command line) has no effect: failStatic:siblings is not given",
                "health:port (the command line) has no effect: health:check is tcp://127.0.0.1:6443",
                "health:caFile (the command line) has no effect: health:check is tcp://127.0.0.1:6443");
    }

    [Fact]
    public void A_check_of_a_URL_expects_200_and_has_no_kubeconfig_of_its_own_accord()
    {
        var gate = ReadGood(Least, "--health:check=https://198.51.100.11:6443/livez").Gate!;

        gate.ExpectedCodes.Should().Equal((200, 200));
        gate.FollowRedirects.Should().BeFalse();
        gate.Tls.Kubeconfig.Should().BeNull();
        gate.Tls.WithSystemRoots.Should().BeFalse();
        ReadGood(Least, "--health:check=https://198.51.100.11:6443/livez", "--health:kubeconfig=/etc/kubernetes/admin.conf").Gate!.Tls.Kubeconfig
            .Should().Be("/etc/kubernetes/admin.conf");
    }

    [Fact]
    public void The_query_of_a_URL_may_hold_a_token_and_is_not_shown()
    {
        ReadGood(Least, "--health:check=https://127.0.0.1:6443/livez?token=s3cret", "--health:port=6443").Remarks
            .Should().Equal("health:port (the command line) has no effect: health:check is https://127.0.0.1:6443/livez?***");
        ReadBad(Least, "--health:check=https://name@127.0.0.1:6443/livez?token=s3cret").Should().ContainSingle()
            .Which.Should().StartWith("health:check is 'https://***@127.0.0.1:6443/livez?***' (the command line): ");
    }

    [Fact]
    public void An_apiserver_that_denies_is_alive_unless_it_is_said_what_is()
    {
        ReadGood(Least).Gate!.DeniedIsAlive.Should().BeTrue();
        ReadGood(Least, "--health:expectedCodes=200").Gate!.DeniedIsAlive.Should().BeFalse();
        ReadGood(Least, "--health:check=https://198.51.100.11:6443/livez").Gate!.DeniedIsAlive.Should().BeFalse();
    }

    [Theory]
    [InlineData("health", "clientCertificateFile", "clientKeyFile")]
    [InlineData("health", "clientKeyFile", "clientCertificateFile")]
    [InlineData("otlp", "clientCertificateFile", "clientKeyFile")]
    [InlineData("otlp", "clientKeyFile", "clientCertificateFile")]
    public void A_client_certificate_and_its_key_belong_together(string section, string given, string missing)
    {
        ReadBad(Least, $"--{section}:{given}", "/etc/hostname").Should().Equal($"{section}:{missing} is missing: it belongs to {section}:{given}");
    }

    [Fact]
    public void Headers_and_a_file_of_them_exclude_each_other_and_neither_is_shown()
    {
        ReadBad(Least, "--otlp:headers", "Api-Key=s3cret", "--otlp:headersFile", "/etc/os-release").Should()
            .Equal("otlp:headers and otlp:headersFile are both given: only one may be");
    }

    [Fact]
    public void An_endpoint_alone_exports_all_of_it_every_minute()
    {
        var options = ReadGood(Least, "--otlp:endpoint", "https://198.51.100.20:4318").Otlp!;

        options.Interval.Should().Be(TimeSpan.FromMinutes(1));
        (options.Metrics, options.Logs).Should().Be((true, true));
        options.Headers.Should().BeNull();
        options.ServiceName.Should().BeNull();
    }

    [Fact]
    public void What_has_no_effect_on_the_export_is_said()
    {
        ReadGood(Least, "--otlp:interval", "10s").Remarks.Should().Equal("otlp:interval (the command line) has no effect: otlp:endpoint names no collector");
        ReadGood(Least, "--otlp:endpoint", "http://198.51.100.20:4318", "--otlp:caFile", "/etc/hostname").Remarks.Should().Equal("otlp:caFile (the command line) has no effect: otlp:endpoint is no https URL");
        var none = ReadGood(Least, "--otlp:endpoint", "http://198.51.100.20:4318", "--otlp:metrics", "false", "--otlp:logs", "false");
        none.Otlp.Should().BeNull();
        none.Remarks.Should().Equal("otlp:endpoint (the command line) has no effect: otlp:metrics and otlp:logs are both false");
    }

    [Fact]
    public void VIPs_in_short_and_at_length_exclude_each_other()
    {
        ReadBad(Least, "--vips:0:address", "203.0.113.11").Should().Equal("vip and vips are both given: only one may be");
    }

    [Fact]
    public void No_VIP_is_there_twice()
    {
        ReadBad(Least, "--vip", "2001:db8::10,2001:DB8:0::10").Should().Equal("vip is '2001:DB8:0::10' (the command line): it is there twice");
        ReadBad(Least, "--vip", "vip.example,VIP.example").Should().Equal("vip is 'VIP.example' (the command line): it is there twice");
    }

    [Fact]
    public void No_VIP_is_an_end_of_a_session()
    {
        ReadBad(Least, "--vip", "203.0.113.10,198.51.100.1").Should().Equal($"peers:0:address is '198.51.100.1' ({FilePath}:2): it is a VIP too");
        ReadBad(Least, "--peers:0:sourceAddress", "203.0.113.10").Should().Equal("peers:0:sourceAddress is '203.0.113.10' (the command line): it is a VIP too");
    }

    [Theory]
    [InlineData("203.0.113.10", "First", "ipv4-unicast")]
    [InlineData("2001:db8::10", "First", "ipv4-unicast ipv6-unicast")]
    [InlineData("vip.example", "First", "ipv4-unicast ipv6-unicast")]
    [InlineData("vip.example", "Dual", "ipv4-unicast ipv6-unicast")]
    [InlineData("vip.example", "Ipv4", "ipv4-unicast")]
    public void Sessions_have_the_families_that_the_VIPs_may_need(string vip, string mode, string families)
    {
        var session = ReadGood(Least, "--vip=", "--vips:0:address", vip, "--vips:0:dnsMode", mode).Peers[0].Session;

        string.Join(' ', session.Families).Should().Be(families);
    }

    [Fact]
    public void A_source_address_is_of_the_peers_family()
    {
        ReadBad(Least, "--peers:0:sourceAddress", "2001:db8::11").Should()
            .Equal("peers:0:sourceAddress is '2001:db8::11' (the command line): it has to be of the same family as peers:0:address, 198.51.100.1");
    }

    [Fact]
    public void A_LOCAL_PREF_is_for_internal_peers()
    {
        ReadBad(Least, "--peers:0:localPreference", "200").Should()
            .Equal("peers:0:localPreference is '200' (the command line): only an internal peer, one of our own AS number, is sent a LOCAL_PREF");
        ReadGood(Least, "--peers:0:as=65000", "--peers:0:localPreference", "200").Peers[0].Route.LocalPreference.Should().Be(200);
    }

    [Fact]
    public void Nothing_about_a_route_is_no_route_options()
    {
        var options = ReadGood(Least);

        options.Vips[0].Route.Should().BeSameAs(RouteOptions.None);
        options.Peers[0].Route.Should().BeSameAs(RouteOptions.None);
    }

    [Fact]
    public void Without_a_router_id_the_first_peers_source_address_is_it()
    {
        ReadGood(Least, "--routerId=", "--peers:0:sourceAddress", "198.51.100.11").RouterId.Should().Be(BgpIdentifier.Parse("198.51.100.11"));
    }

    [Theory]
    [InlineData("198.51.100.1", "")]
    [InlineData("2001:db8::1", "2001:db8::11")]
    public void Without_a_router_id_and_an_IPv4_source_address_the_run_finds_one(string peer, string source)
    {
        ReadGood(Least, "--routerId=", "--peers:0:address", peer, $"--peers:0:sourceAddress={source}").RouterId.Should().BeNull();
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

    [Theory]
    [InlineData("3.5s", "1s", "5s", 3.5, 1, null)]
    [InlineData("4s", "1s", "5s", 3.5, 1, "drain:time is cut from 4 s to 3.5 s")]
    [InlineData("10s", "4s", "5s", 0.5, 4, "drain:time is cut from 10 s to 0.5 s")]
    [InlineData("2s", "10s", "5s", 0, 4.5, "drain:time is cut from 2 s to 0 s and drain:linger to 4.5 s")]
    [InlineData("2s", "1s", "1s", 0, 0.75, "drain:time is cut from 2 s to 0 s and drain:linger to 0.75 s")]
    public void A_drain_that_does_not_fit_its_deadline_is_cut_and_said(string time, string linger, string deadline, double timeLeft, double lingerLeft, string? remark)
    {
        var options = ReadGood(Least, "--drain:time", time, "--drain:linger", linger, "--drain:deadline", deadline);

        options.Stop.DrainTime.TotalSeconds.Should().Be(timeLeft);
        options.Stop.Linger.TotalSeconds.Should().Be(lingerLeft);
        options.Stop.FindProblems().Should().BeEmpty();
        options.Remarks.Should().Equal(remark is null
            ? []
            : [$"{remark}: the withdrawal, its acknowledgement and drain:linger have to fit into drain:deadline, {deadline.Replace("s", " s", StringComparison.Ordinal)}"]);
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
        // A certificate and its key are only good together; a LOCAL_PREF only to an internal peer.
        string[] together = ["health:clientCertificateFile", "health:clientKeyFile", "otlp:clientCertificateFile", "otlp:clientKeyFile", "peers:0:localPreference"];
        string[] good = [.. Good.Select(row => row.Data.Item1), .. together];
        string[] bad = [.. Bad.Select(row => row.Data.Item1), .. together];
        string[] missing = [.. Defaults.Select(row => row.Data.Item1), "vips:0:address", "localAs", "peers:0:address", "peers:0:as"];

        Settings.All.Select(s => s.At(0)).Should().BeSubsetOf(good).And.BeSubsetOf(bad).And.BeSubsetOf(missing);
    }

    /// <summary>What a key needs beside it for its value to count.</summary>
    private static string[] Beside(string key) => key switch
    {
        _ when key.StartsWith("vips:", StringComparison.Ordinal) => ["--vip=", "--vips:0:address=203.0.113.10"],
        _ when key.StartsWith("otlp:", StringComparison.Ordinal) && key != "otlp:endpoint" => ["--otlp:endpoint=https://198.51.100.20:4318"],
        "failStatic:maxTime" => ["--failStatic:siblings:0=https://198.51.100.12:6443/readyz"],
        _ => [],
    };
}
