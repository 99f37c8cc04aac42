using System.CommandLine;
using System.Globalization;
using System.Net;

namespace BgpSharp.Cli;

/// <summary>The options that the commands share.</summary>
internal static class CommonOptions
{
    public static readonly TimeSpan DefaultHoldTime = TimeSpan.FromSeconds(90);

    public const string AllowedAsn = "1 to 4294967295, or asdot as in 1.10";

    public static Argument<IpPrefix[]> Prefixes(string command, string description, ArgumentArity arity) => new("PREFIX")
    {
        Description = description,
        Arity = arity,
        CustomParser = result => [.. result.Tokens.Select(token =>
        {
            if (!IpPrefix.TryParse(token.Value, out var prefix))
            {
                // What looks like an option and is none ends up here too.
                result.AddError(token.Value.StartsWith('-')
                    ? $"there is no option '{token.Value}'; see bgpsharp {command} --help"
                    : $"PREFIX is '{token.Value}'; allowed: address/length without host bits, as in 203.0.113.10/32 or 2001:db8::/64");
            }

            return prefix;
        })],
    };

    /// <summary>Peers with their AS numbers, each address once.</summary>
    public static Option<NamedPeer[]> Peers() => new("--peer")
    {
        Description = "A router and its AS; may be given again for others. Default port: 179. An IPv6 address with a port is in brackets: [2001:db8::1]:1179,65001.",
        HelpName = "ADDR[:PORT],AS",
        Required = true,
        CustomParser = result =>
        {
            var peers = new List<NamedPeer>();
            foreach (var token in result.Tokens)
            {
                if (!NamedPeer.TryParse(token.Value, out var peer))
                {
                    result.AddError($"--peer is '{token.Value}'; allowed: {NamedPeer.Allowed}");
                }
                else if (peers.Exists(other => other.EndPoint.Address.Equals(peer.EndPoint.Address)))
                {
                    result.AddError($"--peer names {peer.EndPoint.Address} twice; allowed: each address once");
                }
                else
                {
                    peers.Add(peer);
                }
            }

            return [.. peers];
        },
    };

    public static Option<Asn> LocalAs() => new("--local-as")
    {
        Description = "The AS of this side.",
        HelpName = "N",
        Required = true,
        CustomParser = Parsers.For<Asn>("--local-as", Parsers.TryParseAsn, AllowedAsn),
    };

    public static Option<Asn> PeerAs() => new("--peer-as")
    {
        Description = "The AS of the peer; the session is internal when it equals --local-as.",
        HelpName = "N",
        Required = true,
        CustomParser = Parsers.For<Asn>("--peer-as", Parsers.TryParseAsn, AllowedAsn),
    };

    public static Option<BgpIdentifier?> RouterId(string otherwise) => new("--router-id")
    {
        Description = $"The BGP identifier of this side, written like an IPv4 address. Without it: {otherwise}.",
        HelpName = "A",
        CustomParser = Parsers.For<BgpIdentifier?>("--router-id", Parsers.TryParseIdentifier, "four dotted octets as in 198.51.100.11, not 0.0.0.0"),
    };

    public static Option<TimeSpan?> HoldTime() => new("--hold-time")
    {
        Description = $"The hold time proposed, in seconds: 0 (none) or 3 to 65535; the smaller of both sides' is used. Without it: {DefaultHoldTime.TotalSeconds}.",
        HelpName = "S",
        CustomParser = Parsers.For<TimeSpan?>("--hold-time", Parsers.TryParseHoldTime, "0, or 3 to 65535 seconds"),
    };

    public static Option<IPAddress?> Address(string name, string description, string allowed) => new(name)
    {
        Description = description,
        HelpName = "A",
        CustomParser = Parsers.For<IPAddress?>(name, Parsers.TryParseUnicast, allowed),
    };

    /// <summary>A whole number within limits.</summary>
    public static Option<int?> Number(string name, string description, int least, int most) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = Parsers.For<int?>(
            name,
            (string text, out int? value) =>
            {
                var parsed = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
                value = number;
                return parsed && number >= least && number <= most;
            },
            $"{least} to {most}"),
    };

    public static Option<bool> Verbose() => new("--verbose", "-v") { Description = "Log more than warnings to standard error." };
}
