using System.Collections;
using BgpSharp.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BgpSharp.Tests.Hosting;

/// <summary>Reads a section named Bgp the way a host does.</summary>
internal static class SectionReading
{
    /// <summary>The least that makes a speaker with a peer, a limit and a route.</summary>
    public static readonly IReadOnlyDictionary<string, string?> Least = new Dictionary<string, string?>
    {
        ["LocalAsn"] = "65000",
        ["RouterId"] = "198.51.100.11",
        ["Peers:0:Address"] = "198.51.100.1",
        ["Peers:0:RemoteAsn"] = "65001",
        ["Peers:0:PrefixLimits:0:Family"] = "ipv4-unicast",
        ["Peers:0:PrefixLimits:0:Maximum"] = "1000",
        ["Routes:0:Prefix"] = "203.0.113.10/32",
    };

    public static IConfigurationSection Section(IEnumerable<KeyValuePair<string, string?>> settings, params (string Key, string? Value)[] more)
    {
        var all = settings.ToDictionary(setting => $"Bgp:{setting.Key}", setting => setting.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in more)
        {
            all[$"Bgp:{key}"] = value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(all).Build().GetSection("Bgp");
    }

    public static BgpHostedSpeakerOptions ReadGood(params (string Key, string? Value)[] more) => Read(Section(Least, more));

    public static IReadOnlyList<string> ReadBad(params (string Key, string? Value)[] more) => ReadBad(Section(Least, more));

    public static IReadOnlyList<string> ReadBad(IConfiguration section)
    {
        var read = () => Read(section);
        return [.. read.Should().Throw<OptionsValidationException>().Which.Failures];
    }

    public static BgpHostedSpeakerOptions Read(IConfiguration section)
    {
        var services = new ServiceCollection();
        services.AddBgpSpeaker(section);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<BgpHostedSpeakerOptions>>().Get(Options.DefaultName);
    }

    /// <summary>The option that a key is about, as text.</summary>
    public static string Show(BgpHostedSpeakerOptions options, string key)
    {
        object? value = options;
        foreach (var part in key.Replace("PasswordFile", "Password").Replace("PasswordVariable", "Password").Split(':'))
        {
            value = value switch
            {
                null => null,
                IDictionary<string, BgpPeerOptions> peers => peers[part],
                IList list => list[int.Parse(part)],
                BgpRoute route when part != nameof(BgpRoute.Prefix) => Property(route.Attributes, part),
                _ => Property(value, part),
            };
        }

        return value is IEnumerable many and not string ? string.Join(' ', many.Cast<object>()) : $"{value}";
    }

    private static object? Property(object of, string name) =>
        (of.GetType().GetProperty(name) ?? throw new ArgumentException($"{of.GetType().Name} has no {name}.")).GetValue(of);
}
