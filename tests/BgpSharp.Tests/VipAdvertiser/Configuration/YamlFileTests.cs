using System.Text;

namespace BgpSharp.Tests.VipAdvertiser.Configuration;

public sealed class YamlFileTests : ConfigurationReading
{
    private const string Whole = """
        # The control plane.
        vips:
          - address: 203.0.113.10
            communities: [65000:100, no-export]
          - address: 2001:db8::10
            interface: eth0
            skipDad: true
        localAs: 1.10
        routerId: 198.51.100.11
        peers:
          - &first
            address: 198.51.100.1
            as: 65001
            password: ~
        failStatic:
          siblings:
            - https://198.51.100.12:6443/readyz
        """;

    [Fact]
    public void A_YAML_file_is_a_configuration()
    {
        var (options, problems) = ReadYaml(Whole);

        problems.Should().BeEmpty();
        options!.Vips.Select(vip => (vip.Name, vip.Interface, vip.SkipDad)).Should().Equal(("203.0.113.10", "lo", false), ("2001:db8::10", "eth0", true));
        options.Vips[0].Route.Communities.Select(community => $"{community}").Should().Equal("65000:100", "no-export");
        options.LocalAsn.Should().Be(new Asn(65546), "1.10 is a text and no number with a fraction");
        options.Peers.Should().ContainSingle().Which.Session.Password.Should().BeNull("~ is no value");
        options.Gate!.FailStatic!.Siblings.Should().Equal(new Uri("https://198.51.100.12:6443/readyz"));
    }

    [Fact]
    public void A_list_may_stand_where_commas_may()
    {
        var (options, problems) = ReadYaml("vip:\n- 203.0.113.10\n- vip.example\nlocalAs: 65000\npeers:\n- {address: 198.51.100.1, as: 65001}\n");

        problems.Should().BeEmpty();
        options!.Vips.Select(vip => vip.Name).Should().Equal("203.0.113.10", "vip.example");
    }

    [Fact]
    public void A_problem_names_the_line()
    {
        ReadYaml(Whole.Replace("as: 65001", "as: 0", StringComparison.Ordinal)).Problems.Should().ContainSingle()
            .Which.Should().StartWith($"peers:0:as is '0' ({YamlPath}:13): it has to be ");
    }

    [Theory]
    [InlineData("*hunter2")]
    [InlineData("&hunter2")]
    [InlineData("!hunter2")]
    [InlineData("%hunter2")]
    [InlineData("@hunter2")]
    [InlineData("`hunter2")]
    [InlineData("{hunter2")]
    [InlineData("[hunter2")]
    [InlineData("'hunter2")]
    [InlineData("\"hunter2")]
    [InlineData("\"\\hunter2\"")]
    [InlineData("|hunter2")]
    [InlineData(">hunter2")]
    [InlineData("hunter2: hunter2")]
    [InlineData("- hunter2")]
    [InlineData("\thunter2\n hunter2: x")]
    public void A_password_that_YAML_takes_for_something_else_is_not_shown(string password)
    {
        var (_, problems) = ReadYaml($"vip: 203.0.113.10\nlocalAs: 65000\npeers:\n- address: 198.51.100.1\n  as: 65001\n  password: {password}\n");

        problems.Should().NotContain(problem => problem.Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("vip: [", 2, "a list that does not end")]
    [InlineData("vip: 203.0.113.10\nVIP: 203.0.113.11", 2, "the same key twice")]
    [InlineData("vip: 203.0.113.10\nvip: 203.0.113.11", 2, "the same key twice, which the parser finds")]
    [InlineData("- vip", 1, "a list where the settings should be")]
    [InlineData("just a text", 1, "no settings")]
    [InlineData("vip: 203.0.113.10\n---\nlocalAs: 65000", 3, "two documents")]
    [InlineData("vip: *unknown", 1, "an alias of nothing")]
    [InlineData("? [a, b]\n: c", 1, "a key that is no text")]
    [InlineData("peers: &a\n- *a", 1, "a list that contains itself")]
    [InlineData("vip:\n\t- 203.0.113.10", 1, "a tab")]
    public void A_file_that_is_no_configuration_is_one_line_naming_it(string yaml, int line, string because)
    {
        ReadYaml(yaml, "--vip", "203.0.113.10", "--localAs", "65000", "--peers:0:address", "198.51.100.1", "--peers:0:as", "65001")
            .Problems.Should().ContainSingle(because).Which.Should().StartWith($"{YamlPath}:{line} cannot be used: ").And.NotContain("\n");
    }

    [Fact]
    public void Aliases_that_grow_without_bounds_are_refused()
    {
        var bomb = new StringBuilder("peers: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 9; i++)
        {
            bomb.Append($"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        ReadYaml(bomb.ToString()).Problems.Should().Contain(problem => problem.Contains("cannot be used: there are more than"));
    }

    [Fact]
    public void An_empty_file_says_nothing()
    {
        var (options, problems) = ReadYaml("# nothing yet\n", "--vip", "203.0.113.10", "--localAs", "65000", "--peers:0:address", "198.51.100.1", "--peers:0:as", "65001");

        problems.Should().BeEmpty();
        options!.Vips.Should().ContainSingle();
    }
}
