using System.Net;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser.Configuration;

/// <summary>Reads a configuration as the program does, with a file of its own and interfaces lo and eth0.</summary>
[Collection("BGPSHARP_ environment")]
public abstract class ConfigurationReading : IDisposable
{
    internal const string Least = """
        { "vip": "203.0.113.10", "localAs": 65000, "routerId": "198.51.100.11",
          "peers": [ { "address": "198.51.100.1", "as": 65001 } ] }
        """;

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"bgpsharp-{Guid.NewGuid():N}.json");
    private readonly string _yaml = Path.Combine(Path.GetTempPath(), $"bgpsharp-{Guid.NewGuid():N}.yaml");
    private readonly List<string> _variables = [];

    public void Dispose()
    {
        File.Delete(_file);
        File.Delete(_yaml);
        _variables.ForEach(v => Environment.SetEnvironmentVariable(v, null));
        GC.SuppressFinalize(this);
    }

    private protected string FilePath => _file;

    private protected string YamlPath => _yaml;

    private protected static HostFacts Host => new()
    {
        Variables = HostFacts.Take().Variables,
        FindInterface = name => name is "lo" or "eth0" ? name.Length : 0,
        FindAddress = name => name == "eth0" ? IPAddress.Parse("198.51.100.11") : null,
    };

    private protected void SetVariable(string name, string value)
    {
        _variables.Add(name);
        Environment.SetEnvironmentVariable(name, value);
    }

    private protected (AdvertiserOptions? Options, IReadOnlyList<string> Problems) Read(string json, params string[] arguments) =>
        ReadFile(_file, json, arguments);

    private protected (AdvertiserOptions? Options, IReadOnlyList<string> Problems) ReadYaml(string yaml, params string[] arguments) =>
        ReadFile(_yaml, yaml, arguments);

    private protected AdvertiserOptions ReadGood(string json, params string[] arguments)
    {
        var (options, problems) = Read(json, arguments);
        problems.Should().BeEmpty();
        return options!;
    }

    private protected IReadOnlyList<string> ReadBad(string json, params string[] arguments)
    {
        var (options, problems) = Read(json, arguments);
        options.Should().BeNull("a configuration with a problem is not used");
        return problems;
    }

    private static (AdvertiserOptions? Options, IReadOnlyList<string> Problems) ReadFile(string file, string text, string[] arguments)
    {
        File.WriteAllText(file, text);
        List<string> problems = [];
        var commandLine = CommandLine.Parse(["--config", file, .. arguments], problems);
        return (AdvertiserOptionsReader.Read(commandLine, Host, problems), problems);
    }
}
