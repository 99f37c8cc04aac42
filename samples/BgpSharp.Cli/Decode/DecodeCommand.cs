using System.CommandLine;
using System.Globalization;
using BgpSharp.Cli.Decode.Messages;

namespace BgpSharp.Cli.Decode;

/// <summary><c>bgpsharp decode</c>: prints the messages in hex text, MRT files and packet captures.</summary>
internal static class DecodeCommand
{
    private const string AllowedFamilies = "ipv4-unicast, ipv6-unicast, or both with a comma";

    public static Command Create(Func<StandardStreams> streams)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "Hex text (a message a line), MRT, pcap or pcapng, the last three compressed with gzip or bzip2 or not; - for standard input. What it is, its content says.",
            DefaultValueFactory = _ => "-",
        };
        file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
            {
                result.AddError("FILE is ''; allowed: a path, or - for standard input");
            }
        });
        var json = new Option<bool>("--json") { Description = "Print one JSON object a line." };
        var bgpdump = new Option<bool>("--bgpdump") { Description = "Print MRT as bgpdump -m does." };
        var twoOctetAs = new Option<bool>("--as2") { Description = "AS numbers have two octets where the input does not tell. Without it: four, or two where four make no sense." };
        var addPath = new Option<BgpFamily[]?>("--add-path")
        {
            Description = "The families whose prefixes have path identifiers where the input does not tell.",
            HelpName = "FAMILIES",
            CustomParser = Parsers.For<BgpFamily[]?>("--add-path", TryParseFamilies, AllowedFamilies),
        };
        var internalSession = new Option<bool>("--ibgp") { Description = "Judge hex text as from a peer in the same AS." };
        var port = new Option<ushort[]>("--port")
        {
            Description = "A TCP port that carries BGP in a capture, besides 179 and connections that begin with a BGP message. May be given again.",
            HelpName = "N",
            AllowMultipleArgumentsPerToken = false,
            CustomParser = result => [.. result.Tokens.Select(token =>
            {
                if (!ushort.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
                {
                    result.AddError($"--port is '{token.Value}'; allowed: 1 to 65535");
                }

                return number;
            })],
        };

        var command = new Command("decode", "Prints the BGP messages in hex text, MRT files and packet captures.")
        {
            file, json, bgpdump, twoOctetAs, addPath, internalSession, port,
        };
        command.SetAction(async (parsed, stopping) =>
        {
            if (parsed.GetValue(json) && parsed.GetValue(bgpdump))
            {
                throw new UsageException("--json and --bgpdump are both given; allowed: one of them");
            }

            // The parser takes a mistyped option for the file.
            if (parsed.GetRequiredValue(file) is ['-', _, ..] mistyped && !File.Exists(mistyped))
            {
                throw new UsageException($"{mistyped} is neither an option of decode nor a file; decode --help lists the options");
            }

            var families = parsed.GetValue(addPath);
            var options = new DecodeOptions
            {
                File = parsed.GetRequiredValue(file),
                Form = parsed.GetValue(json) ? OutputForm.Json : parsed.GetValue(bgpdump) ? OutputForm.Bgpdump : OutputForm.Text,
                Hints = new ContextHints(
                    parsed.GetValue(twoOctetAs) ? false : null,
                    Listed(families, BgpFamily.Ipv4Unicast),
                    Listed(families, BgpFamily.Ipv6Unicast),
                    parsed.GetValue(internalSession) ? true : null),
                Ports = parsed.GetValue(port) is { Length: > 0 } given ? new HashSet<ushort>([179, .. given]) : new HashSet<ushort>([179]),
            };
            var run = new DecodeRun(options, streams(), parsed.InvocationConfiguration.Error);

            // Reading may wait for a pipe that says nothing; Ctrl+C must not wait with it.
            return await Task.Run(() => run.Run(stopping), CancellationToken.None).WaitAsync(stopping);
        });
        return command;
    }

    private static bool? Listed(BgpFamily[]? families, BgpFamily family) => families is { Length: > 0 } ? families.Contains(family) : null;

    private static bool TryParseFamilies(string text, out BgpFamily[]? families)
    {
        families = [.. text.Split(',').Select(name => name switch
        {
            "ipv4-unicast" => BgpFamily.Ipv4Unicast,
            "ipv6-unicast" => BgpFamily.Ipv6Unicast,
            _ => default,
        })];
        return !families.Contains(default);
    }
}
