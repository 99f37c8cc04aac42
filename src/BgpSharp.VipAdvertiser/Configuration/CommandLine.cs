namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>The arguments: <c>--help</c>, <c>--version</c>, <c>--config FILE</c>, and <c>--key value</c> or <c>--key=value</c> for every setting.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string?> _settings = new(StringComparer.OrdinalIgnoreCase);

    private CommandLine()
    {
    }

    public bool Help { get; private set; }
    public bool Version { get; private set; }
    public string? ConfigFile { get; private set; }
    public IReadOnlyDictionary<string, string?> Settings => _settings;

    public static CommandLine Parse(ReadOnlySpan<string> arguments, List<string> problems)
    {
        var result = new CommandLine();
        while (!arguments.IsEmpty)
        {
            var argument = arguments[0];
            arguments = arguments[1..];
            if (argument is "--help" or "-h" or "-?")
            {
                result.Help = true;
            }
            else if (argument is "--version")
            {
                result.Version = true;
            }
            else if (!argument.StartsWith("--", StringComparison.Ordinal) || argument.Length == 2)
            {
                problems.Add($"argument '{argument}' is not understood: settings are given as --key value");
            }
            else if (argument.IndexOf('=', StringComparison.Ordinal) is var equals and > 0)
            {
                result.Add(argument[2..equals], argument[(equals + 1)..]);
            }
            else if (arguments.IsEmpty || arguments[0].StartsWith("--", StringComparison.Ordinal))
            {
                problems.Add($"{argument} on the command line needs a value");
            }
            else
            {
                result.Add(argument[2..], arguments[0]);
                arguments = arguments[1..];
            }
        }

        return result;
    }

    private void Add(string key, string value)
    {
        if (key.Equals("config", StringComparison.OrdinalIgnoreCase))
        {
            ConfigFile = value;
        }
        else
        {
            _settings[key] = value;
        }
    }
}
