using System.Net;
using System.Net.Sockets;
using BgpSharp.Cli;

namespace BgpSharp.Tests.Samples;

/// <summary>bgpsharp's exit codes and error lines.</summary>
public sealed class CommandLineTests
{
    private const string Announce = "announce 203.0.113.10/32 --peer 198.51.100.9 --local-as 65000 --peer-as 65001";
    private const string Listen = "listen 198.51.100.9:179 --local-as 65001 --peer-as 65000";

    [Theory]
    [InlineData("announce 203.0.113.10/33 --peer 198.51.100.9 --local-as 1 --peer-as 2", "PREFIX is '203.0.113.10/33'; allowed: ")]
    [InlineData("announce 203.0.113.10/24 --peer 198.51.100.9 --local-as 1 --peer-as 2", "PREFIX is '203.0.113.10/24'; allowed: ")]
    [InlineData("announce 203.0.113.10/32 --peer 198.51.100.9 --local-as 0 --peer-as 2", "--local-as is '0'; allowed: 1 to 4294967295")]
    [InlineData("announce 203.0.113.10/32 --peer 198.51.100.9 --local-as 1 --peer-as 4294967296", "--peer-as is '4294967296'; allowed: ")]
    [InlineData("announce 203.0.113.10/32 --peer 198.51.100 --local-as 1 --peer-as 2", "--peer is '198.51.100'; allowed: ")]
    [InlineData("announce 203.0.113.10/32 --peer 0.0.0.0 --local-as 1 --peer-as 2", "--peer is '0.0.0.0'; allowed: ")]
    [InlineData("announce 203.0.113.10/32 --peer 224.0.0.5:179 --local-as 1 --peer-as 2", "--peer is '224.0.0.5:179'; allowed: ")]
    [InlineData(Announce + " --router-id 0.0.0.0", "--router-id is '0.0.0.0'; allowed: ")]
    [InlineData(Announce + " --hold-time 2", "--hold-time is '2'; allowed: 0, or 3 to 65535 seconds")]
    [InlineData(Announce + " --hold-time 65536", "--hold-time is '65536'; allowed: ")]
    [InlineData(Announce + " --next-hop me", "--next-hop is 'me'; allowed: ")]
    [InlineData(Announce + " --next-hop 2001:db8::1", "--next-hop is '2001:db8::1'; allowed: an address of the family of a PREFIX")]
    [InlineData(Announce + " --next-hop 198.51.100.9", "--next-hop is '198.51.100.9'; allowed: any other address")]
    [InlineData(Announce + " --frob", "there is no option '--frob'")]
    [InlineData("announce 203.0.113.10/32 --peer 198.51.100.9 --local-as 1", "'--peer-as' is required")]
    [InlineData("announce --peer 198.51.100.9 --local-as 1 --peer-as 2", "Required argument missing")]
    [InlineData("announce 2001:db8::10/128 --peer 2001:db8::9 --local-as 1 --peer-as 2", "--router-id is not given")]
    [InlineData("listen 198.51.100.9 --local-as 1 --peer-as 2", "ADDR:PORT is '198.51.100.9'; allowed: ")]
    [InlineData("listen 2001:db8::9:179 --local-as 1 --peer-as 2", "ADDR:PORT is '2001:db8::9:179'; allowed: ")]
    [InlineData("listen [2001:db8::9]:179 --local-as 1 --peer-as 2", "--router-id is not given")]
    [InlineData("listen 0.0.0.0:179 --local-as 1 --peer-as 2", "--router-id is not given")]
    [InlineData(Listen + " --peer 198.51.100.0/24", "--peer is '198.51.100.0/24'; allowed: ")]
    [InlineData(Listen + " --frob", "'--frob'")]
    [InlineData("bfd", "Required argument missing")]
    [InlineData("bfd 198.51.100", "ADDR is '198.51.100'; allowed: ")]
    [InlineData("bfd fe80::1", "allowed: a link-local address with its scope")]
    [InlineData("bfd 198.51.100.9 --interval 9", "--interval is '9'; allowed: 10 to 60000 milliseconds")]
    [InlineData("bfd 198.51.100.9 --receive-interval 60001", "--receive-interval is '60001'; allowed: ")]
    [InlineData("bfd 198.51.100.9 --multiplier 256", "--multiplier is '256'; allowed: 1 to 255")]
    [InlineData("top --peer 198.51.100.9 --local-as 1", "--peer is '198.51.100.9'; allowed: a unicast address, with a port or not, a comma and an AS number")]
    [InlineData("top --peer 198.51.100.9,65001 --peer 198.51.100.9:1179,65002 --local-as 1", "--peer names 198.51.100.9 twice")]
    [InlineData("check --peer 198.51.100.9,65001 --peer 198.51.100.9:1179,65002 --local-as 1", "--peer names 198.51.100.9 twice")]
    [InlineData("top --peer 2001:db8::9,65001 --local-as 1", "--router-id is not given")]
    [InlineData("top 203.0.113.10 --peer 198.51.100.9,65001 --local-as 1", "PREFIX is '203.0.113.10'; allowed: ")]
    [InlineData("top --local-as 1", "'--peer' is required")]
    [InlineData("withdraw", "'withdraw'")]
    [InlineData("", "Required command was not provided")]
    public async Task Wrong_usage_is_exit_code_2_and_a_line_that_names_it(string arguments, string expected)
    {
        var (exitCode, output, errors) = await RunAsync(arguments);

        exitCode.Should().Be(2);
        output.Should().BeEmpty("standard output is for results");
        errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().OnlyContain(line => line.StartsWith("bgpsharp: ", StringComparison.Ordinal))
            .And.Contain(line => line.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("198.51.100.11", "198.51.100.11", null)]
    [InlineData("2001:db8::11", null, "2001:db8::11")]
    public void The_next_hop_is_that_of_its_family_and_the_other_one_is_left_to_the_session(string? nextHop, string? ipv4, string? ipv6)
    {
        IpPrefix[] prefixes = [IpPrefix.Parse("203.0.113.10/32"), IpPrefix.Parse("2001:db8::10/128")];

        var routes = AnnounceCommand.MakeRoutes(prefixes, nextHop is null ? null : IPAddress.Parse(nextHop), IPAddress.Parse("198.51.100.9"));

        routes.Select(route => (route.Prefix, route.Attributes.NextHop?.ToString())).Should().Equal((prefixes[0], ipv4), (prefixes[1], ipv6));
    }

    [Fact]
    public async Task Every_mistake_has_its_line()
    {
        var (_, _, errors) = await RunAsync("announce 203.0.113.10/32 --peer x --local-as y --peer-as z");

        errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(3);
    }

    [Theory]
    [InlineData("--help", "announce <PREFIX>")]
    [InlineData("announce --help", "--peer <ADDR[:PORT]> (REQUIRED)")]
    [InlineData("listen --help", "--json")]
    public async Task Help_is_no_error(string arguments, string expected)
    {
        var (exitCode, output, errors) = await RunAsync(arguments);

        exitCode.Should().Be(0);
        output.Should().Contain(expected).And.Contain("  bgpsharp ", "the usage names the executable");
        errors.Should().BeEmpty();
    }

    [Fact]
    public async Task A_port_that_is_taken_is_exit_code_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var (exitCode, output, errors) = await RunAsync($"listen {taken.LocalEndpoint} --local-as 65001 --peer-as 65000");

        exitCode.Should().Be(1);
        output.Should().BeEmpty();
        errors.Should().StartWith($"bgpsharp: cannot listen on {taken.LocalEndpoint}: ");
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = await CommandLine.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), output, errors);
        return (exitCode, output.ToString(), errors.ToString());
    }
}
