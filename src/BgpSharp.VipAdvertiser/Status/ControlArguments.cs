namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The arguments of <c>status</c>, <c>drain</c>, <c>reload</c> and <c>dump</c>.</summary>
internal sealed record ControlArguments(string Verb)
{
    public const string Usage = """
        Usage: bgpsharp-vip status [--json] [--watch] [--control NAME]
               bgpsharp-vip drain [--message TEXT] [--undo] [--control NAME]
               bgpsharp-vip reload [--control NAME]
               bgpsharp-vip dump [--output FILE] [--control NAME]

        """;

    public const string Status = "status", Drain = "drain", Reload = "reload", Dump = "dump";

    public string Control { get; private init; } = ControlAddress.DefaultName;
    public bool Json { get; private init; }
    public bool Watch { get; private init; }
    public bool Undo { get; private init; }
    public bool Help { get; private init; }
    public string? Message { get; private init; }

    /// <summary>The file that <c>dump</c> writes; null: standard output.</summary>
    public string? Output { get; private init; }

    public static bool IsVerb(string argument) => argument is Status or Drain or Reload or Dump;

    /// <summary>Null: something is wrong, and the problem says what.</summary>
    public static ControlArguments? Parse(ReadOnlySpan<string> arguments, string control, out string? problem)
    {
        var result = new ControlArguments(arguments[0]) { Control = control };
        var rest = arguments[1..];
        problem = null;
        while (!rest.IsEmpty)
        {
            var argument = rest[0];
            var (name, value) = Split(argument);
            rest = rest[1..];
            if (name is "--message" or "--control" or "--output" && value is null)
            {
                if (rest.IsEmpty)
                {
                    problem = $"{name} needs a value";
                    return null;
                }

                value = rest[0];
                rest = rest[1..];
            }

            if (result.With(name, value) is not { } next)
            {
                problem = $"'{argument}' is not understood by {result.Verb}";
                return null;
            }

            result = next;
        }

        problem = result switch
        {
            { Undo: true, Message: not null } => "--message goes with a drain, not with --undo",
            { Control: var name } when !ControlAddress.IsValid(name) => $"--control is '{name}'; allowed: {ControlAddress.Allowed}",
            _ => null,
        };
        return problem is null ? result : null;
    }

    private ControlArguments? With(string name, string? value) => (Verb, name, value) switch
    {
        (_, "--help" or "-h", null) => this with { Help = true },
        (_, "--control", not null) => this with { Control = value },
        (Status, "--json", null) => this with { Json = true },
        (Status, "--watch", null) => this with { Watch = true },
        (Drain, "--message", not null) => this with { Message = value },
        (Dump, "--output", not null) => this with { Output = value },
        (Drain, "--undo", null) => this with { Undo = true },
        _ => null,
    };

    private static (string Name, string? Value) Split(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.IndexOf('=', StringComparison.Ordinal) is var equals and > 0
            ? (argument[..equals], argument[(equals + 1)..])
            : (argument, null);
}
