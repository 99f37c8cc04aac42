using System.Net;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser.Configuration.KubeVip;

/// <summary>Reads kube-vip's environment as <c>manager</c> does, on a host with lo and eth0 (198.51.100.11).</summary>
internal static class KubeVipReading
{
    /// <summary>The least that kube-vip runs by.</summary>
    public static Dictionary<string, string> Least => new()
    {
        ["bgp_enable"] = "true",
        ["cp_enable"] = "true",
        ["address"] = "203.0.113.10",
        ["bgp_peers"] = "198.51.100.1:65001",
    };

    public static (AdvertiserOptions? Options, IReadOnlyList<string> Problems) Read(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        List<string> problems = [];
        var commandLine = CommandLine.Parse(["manager", .. arguments], problems);
        var host = new HostFacts
        {
            Variables = variables,
            FindInterface = name => name is "lo" or "eth0" ? name.Length : 0,
            FindAddress = name => name == "eth0" ? IPAddress.Parse("198.51.100.11") : null,
        };
        return (AdvertiserOptionsReader.Read(commandLine, host, problems), problems);
    }

    /// <summary>The least, and some variables beside or instead: "name=value".</summary>
    public static (AdvertiserOptions? Options, IReadOnlyList<string> Problems) ReadWith(params string[] more)
    {
        var variables = Least;
        foreach (var pair in more.Where(pair => !pair.StartsWith("--", StringComparison.Ordinal)))
        {
            variables[pair[..pair.IndexOf('=', StringComparison.Ordinal)]] = pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }

        return Read(variables, [.. more.Where(pair => pair.StartsWith("--", StringComparison.Ordinal))]);
    }

    public static AdvertiserOptions Good(params string[] more)
    {
        var (options, problems) = ReadWith(more);
        problems.Should().BeEmpty();
        return options!;
    }

    public static IReadOnlyList<string> Bad(params string[] more)
    {
        var (options, problems) = ReadWith(more);
        options.Should().BeNull("a configuration with a problem is not used");
        return problems;
    }
}
