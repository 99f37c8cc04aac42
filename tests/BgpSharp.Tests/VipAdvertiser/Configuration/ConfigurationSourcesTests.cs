using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser.Configuration;

public sealed class ConfigurationSourcesTests : ConfigurationReading
{
    [Fact]
    public void The_environment_wins_over_the_file_and_the_command_line_over_both()
    {
        SetVariable("BGPSHARP_VIP", "203.0.113.20");
        SetVariable("BGPSHARP_PEERS__0__AS", "65002");
        SetVariable("BGPSHARP_PEERS__0__PORT", "1179");

        var options = ReadGood(Least, "--peers:0:port", "2179");

        options.Vips[0].Name.Should().Be("203.0.113.20");
        options.Peers[0].Session.RemoteAsn.Should().Be(new Asn(65002));
        options.Peers[0].Session.Port.Should().Be(2179);
        options.LocalAsn.Should().Be(new Asn(65000), "only the file has it");
    }

    [Fact]
    public void Peers_of_all_sources_come_in_the_order_of_their_positions()
    {
        SetVariable("BGPSHARP_PEERS__10__ADDRESS", "198.51.100.3");
        SetVariable("BGPSHARP_PEERS__10__AS", "65003");

        ReadGood(Least, "--peers:2:address", "198.51.100.2", "--peers:2:as", "65002").Peers.Select(p => p.Session.Address.ToString())
            .Should().Equal("198.51.100.1", "198.51.100.2", "198.51.100.3");
    }

    [Fact]
    public void A_problem_names_the_source_of_its_value()
    {
        SetVariable("BGPSHARP_PEERS__0__PORT", "0");

        ReadBad(Least.Replace("203.0.113.10", "v_ip!", StringComparison.Ordinal), "--localAs", "0").Should().HaveCount(3)
            .And.Contain(p => p.StartsWith($"vip is 'v_ip!' ({FilePath}:1): "))
            .And.Contain(p => p.StartsWith("peers:0:port is '0' (BGPSHARP_PEERS__0__PORT): "))
            .And.Contain(p => p.StartsWith("localAs is '0' (the command line): "));
    }

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        ReadBad("{}").Select(p => p.Split(' ')[0]).Should().BeEquivalentTo("vip", "localAs", "peers");
    }

    [Fact]
    public void An_unknown_key_is_a_problem_in_every_source_and_its_value_is_not_shown()
    {
        SetVariable("BGPSHARP_SPEED", "s3cret");

        var problems = ReadBad(Least.Replace("\"as\"", "\"colour\": \"s3cret\", \"as\"", StringComparison.Ordinal), "--health:https", "s3cret");

        problems.Should().BeEquivalentTo(
            $"peers:0:colour ({FilePath}:2) is not a setting: --help lists them",
            "SPEED (BGPSHARP_SPEED) is not a setting: --help lists them",
            "health:https (the command line) is not a setting: --help lists them");
    }

    [Theory]
    [InlineData("--peers:address", "peers:address")]
    [InlineData("--peers:first:as", "peers:first:as")]
    [InlineData("--peers:00:as", "peers:00:as")]
    [InlineData("--peers:-1:as", "peers:-1:as")]
    [InlineData("--peers:99999999999:as", "peers:99999999999:as")]
    [InlineData("--vip:0", "vip:0")]
    [InlineData("--health", "health")]
    [InlineData("--peers:N:as", "peers:N:as")]
    [InlineData("--vips:0", "vips:0")]
    [InlineData("--failStatic:siblings", "failStatic:siblings")]
    public void A_key_in_the_wrong_place_is_unknown(string argument, string key)
    {
        ReadBad(Least, argument, "1").Should().ContainSingle().Which.Should().Be($"{key} (the command line) is not a setting: --help lists them");
    }

    [Fact]
    public void Keys_are_read_in_any_case()
    {
        ReadGood(Least, "--VIP", "203.0.113.30").Vips[0].Name.Should().Be("203.0.113.30");
    }

    [Fact]
    public void Two_peers_with_the_same_address_are_a_problem()
    {
        ReadBad(Least, "--peers:1:address", "198.51.100.1", "--peers:1:as", "65001").Should()
            .Equal("peers:1:address is '198.51.100.1' (the command line): another peer has the same address");
    }

    [Theory]
    [InlineData("{", "JSON that ends too early")]
    [InlineData("[]", "a list where the settings should be")]
    [InlineData("""{ "vip": "203.0.113.10", "VIP": "203.0.113.11" }""", "the same key twice")]
    [InlineData("", "nothing")]
    [InlineData("""{ "vip": "\ud800" }""", "a text that is no Unicode")]
    [InlineData("""{} {}""", "two of them")]
    [InlineData("""{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}}}}}}}}}""", "too deep")]
    public void A_file_that_is_no_configuration_is_one_line_naming_it(string json, string because)
    {
        ReadBad(json, "--vip", "203.0.113.10", "--localAs", "65000", "--routerId", "198.51.100.11", "--peers:0:address", "198.51.100.1", "--peers:0:as", "65001")
            .Should().ContainSingle(because).Which.Should().StartWith($"{FilePath}:1 cannot be used: ").And.NotContain("\n");
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_problem()
    {
        List<string> problems = [];
        var commandLine = CommandLine.Parse(["--config", "/nonexistent/vip.json"], problems);

        AdvertiserOptionsReader.Read(commandLine, Host, problems).Should().BeNull();

        problems.Should().Contain(p => p.StartsWith("/nonexistent/vip.json cannot be used: "));
    }

    [Fact]
    public void Comments_and_trailing_commas_are_allowed_in_the_file()
    {
        ReadGood(Least.Replace("65000,", "65000, // ours\n", StringComparison.Ordinal).Replace("65001 }", "65001, },", StringComparison.Ordinal));
    }
}
