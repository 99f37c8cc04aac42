using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Where values come from, later wins: the file, the environment, the command line.</summary>
internal sealed class ConfigurationSources
{
    public const string EnvironmentPrefix = "BGPSHARP_";

    /// <summary>Read when it exists and no other file is named.</summary>
    public const string DefaultFile = "/etc/bgpsharp-vip.json";

    private readonly string? _file;

    private ConfigurationSources(IConfigurationRoot root, string? file)
    {
        Root = root;
        _file = file;
    }

    public IConfigurationRoot Root { get; }

    /// <summary>The file that is read; null: none.</summary>
    public static string? FileOf(CommandLine commandLine) => commandLine.ConfigFile ?? (File.Exists(DefaultFile) ? DefaultFile : null);

    /// <summary>Reads the sources; a file that cannot be read is a problem, and its values are missing then.</summary>
    public static ConfigurationSources Read(CommandLine commandLine, List<string> problems)
    {
        var file = FileOf(commandLine);
        var builder = new ConfigurationBuilder();
        if (file is not null && TryReadFile(file, problems) is { } json)
        {
            builder.AddJsonStream(json);
        }

        // Not AddCommandLine, which drops what it does not understand without a word.
        builder.AddEnvironmentVariables(EnvironmentPrefix).AddInMemoryCollection(commandLine.Settings);
        return new ConfigurationSources(builder.Build(), file);
    }

    /// <summary>The source that a key's value was taken from, in an operator's words.</summary>
    public string Describe(string key) =>
        Root.Providers.LastOrDefault(p => p.TryGet(key, out _)) switch
        {
            JsonStreamConfigurationProvider => _file!,
            EnvironmentVariablesConfigurationProvider => EnvironmentPrefix + key.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant(),
            _ => "the command line",
        };

    /// <summary>The file's bytes, once they are known to make a configuration.</summary>
    private static MemoryStream? TryReadFile(string file, List<string> problems)
    {
        try
        {
            var content = File.ReadAllBytes(file);
            new ConfigurationBuilder().AddJsonStream(new MemoryStream(content)).Build();
            return new MemoryStream(content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            problems.Add($"{file} cannot be used: {e.Message.ReplaceLineEndings(" ")}");
            return null;
        }
    }
}
