namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>
/// The arguments: a command, <c>--help</c>, <c>--version</c>, <c>--config FILE</c>, and <c>--key value</c> or
/// <c>--key=value</c> for every setting. In kube-vip's place its flags are taken too, and what nobody knows is left out.
/// </summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string?> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _kubeVipFlags = new(StringComparer.Ordinal);
    private readonly List<string> _unknown = [];

    private CommandLine()
    {
    }

    public HostCommand Command { get; private set; }

    /// <summary>What kind of manifest is wanted.</summary>
    public string? Manifest { get; private set; }

    /// <summary>kube-vip's environment and flags are the configuration.</summary>
    public bool IsKubeVip { get; private set; }

    public bool Help { get; private set; }
    public bool Version { get; private set; }
    public string? ConfigFile { get; private set; }
    public IReadOnlyDictionary<string, string?> Settings => _settings;

    /// <summary>kube-vip's flags, without the hyphens.</summary>
    public IReadOnlyDictionary<string, string> KubeVipFlags => _kubeVipFlags;

    /// <summary>The names of flags and words that nobody knows, in kube-vip's place.</summary>
    public IReadOnlyList<string> Unknown => _unknown;

    public static CommandLine Parse(ReadOnlySpan<string> arguments, List<string> problems)
    {
        var result = new CommandLine();
        arguments = result.TakeCommand(arguments, problems);
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
            else if ((argument is "--manager" && result.IsKubeVip) || (result.IsKubeVip && result.TakeKubeVip(argument, ref arguments)))
            {
                continue;
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

    private ReadOnlySpan<string> TakeCommand(ReadOnlySpan<string> arguments, List<string> problems)
    {
        if (arguments.IsEmpty || arguments[0].StartsWith('-'))
        {
            return arguments;
        }

        HostCommand? command = arguments[0] switch
        {
            "run" => HostCommand.Run,
            "manager" => HostCommand.Manager,
            "check" => HostCommand.Check,
            "manifest" => HostCommand.Manifest,
            _ => null,
        };
        if (command is null)
        {
            problems.Add($"command '{arguments[0]}' is not understood: it has to be run, manager, check or manifest; --help describes them");
        }

        Command = command ?? HostCommand.Run;
        IsKubeVip = Command == HostCommand.Manager || (Command is HostCommand.Check or HostCommand.Manifest && arguments.Contains("--manager"));
        arguments = arguments[1..];
        if (Command != HostCommand.Manifest)
        {
            return arguments;
        }

        Manifest = arguments.IsEmpty ? null : arguments[0];
        if (Manifest is not ("pod" or "daemonset" or "systemd") && !arguments.Contains("--help"))
        {
            problems.Add($"manifest is '{Manifest}' on the command line: it has to be pod, daemonset or systemd");
        }

        return Manifest is null || Manifest.StartsWith('-') ? arguments : arguments[1..];
    }

    /// <summary>Takes a flag of kube-vip's with its value, or what is neither kube-vip's nor ours; false for ours.</summary>
    private bool TakeKubeVip(string argument, ref ReadOnlySpan<string> arguments)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = (equals < 0 ? argument : argument[..equals]).TrimStart('-');
        var known = KubeVipFlag.Find(name);
        if (known is null && argument.StartsWith("--", StringComparison.Ordinal) && (name == "config" || Configuration.Settings.Find(name) is not null))
        {
            return false;
        }

        var value = "true";
        if (equals >= 0)
        {
            value = argument[(equals + 1)..];
        }
        else if (!arguments.IsEmpty && (known is null ? argument.StartsWith('-') && !arguments[0].StartsWith('-') : !known.IsBoolean))
        {
            value = arguments[0];
            arguments = arguments[1..];
        }

        if (known is null)
        {
            _unknown.Add(argument.StartsWith('-') ? argument[..(equals < 0 ? argument.Length : equals)] : "a word that is no flag");
        }
        else
        {
            _kubeVipFlags[known.Name] = value;
        }

        return true;
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
