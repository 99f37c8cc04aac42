using System.CommandLine;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Cli;

/// <summary><c>bgpsharp check</c>: tries a session with each router, announces nothing in it, and says why one is not Established.</summary>
internal static class CheckCommand
{
    private const int DefaultPatience = 10;

    public static Command Create()
    {
        var peers = CommonOptions.Peers();
        var localAs = CommonOptions.LocalAs();
        var routerId = CommonOptions.RouterId("the IPv4 address from which this host reaches the first router");
        var source = CommonOptions.Address("--local-address", "The source address. Without it: the system chooses.", "an address of this host as in 198.51.100.11");
        var passwordFile = new Option<string?>("--password-file") { Description = "The file with the TCP-MD5 password.", HelpName = "FILE" };
        var ttl = CommonOptions.Number("--ttl", "The TTL to send with: how many hops away a router may be, 1 to 255. Without it: 1 to an external peer.", 1, 255);
        var hops = CommonOptions.Number("--ttl-security-hops", "TTL security (RFC 5082): how many hops away a router may be, 1 to 254. It has to send with a TTL of 255.", 1, 254);
        var family = new Option<BgpFamily[]?>("--family")
        {
            Description = "What to offer: ipv4, ipv6 or both with a comma between. Without it: the family of the router's address.",
            HelpName = "F",
            CustomParser = Parsers.For<BgpFamily[]?>("--family", TryParseFamilies, "ipv4, ipv6, or ipv4,ipv6"),
        };
        var wait = CommonOptions.Number("--wait", $"How long a router may take, in seconds: 1 to 600. Without it: {DefaultPatience}.", 1, 600);
        var verbose = CommonOptions.Verbose();

        var command = new Command(
            "check",
            "Tries a session with each router, announces nothing, and says why one is not Established. Not for a host that has a session with graceful restart with it: the router would drop that one.")
        {
            peers, localAs, routerId, source, passwordFile, ttl, hops, family, wait, verbose,
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var wanted = parsed.GetRequiredValue(peers);
            var options = wanted.Select(peer => new BgpPeerOptions
            {
                Address = peer.EndPoint.Address,
                Port = peer.EndPoint.Port,
                RemoteAsn = peer.Asn,
                LocalAddress = parsed.GetValue(source),
                Password = parsed.GetValue(passwordFile) is { } file ? BgpSecret.FromFile(file) : null,
                TimeToLive = parsed.GetValue(ttl),
                TtlSecurityHops = parsed.GetValue(hops),
                Families = parsed.GetValue(family) is { Length: > 0 } families ? families : [peer.EndPoint.AddressFamily == AddressFamily.InterNetwork ? BgpFamily.Ipv4Unicast : BgpFamily.Ipv6Unicast],
            });
            using var loggers = Logs.Create(parsed.GetValue(verbose));
            var identifier = parsed.GetValue(routerId) ?? RouterIds.Towards(wanted[0].EndPoint);
            BgpSpeakerOptions Speaker(IReadOnlyList<IPEndPoint> listen) => new()
            {
                LocalAsn = parsed.GetValue(localAs),
                RouterId = identifier,
                LoggerFactory = parsed.GetValue(verbose) ? loggers : null,
                ListenEndPoints = listen,
            };
            return await RunAsync(Speaker, [.. options], TimeSpan.FromSeconds(parsed.GetValue(wait) ?? DefaultPatience), parsed.InvocationConfiguration.Output, stopping);
        });
        return command;
    }

    private static async Task<int> RunAsync(Func<IReadOnlyList<IPEndPoint>, BgpSpeakerOptions> options, BgpPeerOptions[] peers, TimeSpan patience, TextWriter output, CancellationToken stopping)
    {
        var alone = options([]);
        var problems = peers.SelectMany(peer => peer.FindProblems(alone).Append(peer.Password?.FindProblem()).OfType<string>());
        if (string.Join(' ', problems) is { Length: > 0 } wrong)
        {
            throw new UsageException(wrong);
        }

        await using var speaker = await StartAsync(options, peers, output, stopping);
        var answers = await Task.WhenAll(speaker.Peers.Select(peer => ExplainAsync(peer, patience, stopping)));
        foreach (var (peer, explanation) in speaker.Peers.Zip(answers))
        {
            await output.WriteLineAsync($"{peer.Options.Address} AS {peer.Options.RemoteAsn}: {explanation.Cause}\n  {explanation.Problem}\n  {explanation.Advice}");
            await WriteAsync(output, "received", explanation.NotificationReceived);
            await WriteAsync(output, "sent", explanation.NotificationSent);
        }

        await speaker.StopAsync(new BgpStopOptions { Message = "bgpsharp check" }, CancellationToken.None);
        return answers.All(answer => answer.Cause == BgpPeerCause.Established) ? ExitCode.Fine : ExitCode.Failed;
    }

    /// <summary>Listens too where it can: only then does this host's kernel see what a router that dials signs, and count it.</summary>
    private static async Task<BgpSpeaker> StartAsync(Func<IReadOnlyList<IPEndPoint>, BgpSpeakerOptions> options, BgpPeerOptions[] peers, TextWriter output, CancellationToken stopping)
    {
        try
        {
            return await StartAsync([.. peers.Select(peer => peer.Address.AddressFamily).Distinct().Select(Any)]);
        }
        catch (SocketException exception)
        {
            await output.WriteLineAsync($"Port {Parsers.DefaultPort} cannot be listened on ({exception.Message}): the routers are dialled alone, and what they dial is not seen.");
            return await StartAsync([]);
        }

        async Task<BgpSpeaker> StartAsync(IReadOnlyList<IPEndPoint> listen)
        {
            var speaker = new BgpSpeaker(options(listen));
            Array.ForEach(peers, peer => speaker.AddPeer(peer));
            try
            {
                await speaker.StartAsync(stopping);
                return speaker;
            }
            catch
            {
                await speaker.DisposeAsync();
                throw;
            }
        }
    }

    private static IPEndPoint Any(AddressFamily family) => new(family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, Parsers.DefaultPort);

    /// <summary>Waits for the session, for a failure that has a reason, or for the time to pass.</summary>
    private static async Task<BgpPeerExplanation> ExplainAsync(BgpPeer peer, TimeSpan patience, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(patience);
        try
        {
            await foreach (var status in peer.WatchAsync(limit.Token))
            {
                // Silence may yet be explained by the kernel's counters; a connection that was closed may be one of two.
                if (status.Session is not null
                    || (status.LastDown is not null && peer.Explain().Cause is not (BgpPeerCause.NoAnswer or BgpPeerCause.Connecting or BgpPeerCause.Collision or BgpPeerCause.ClosedByPeer)))
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // What is known by now has to do.
        }

        return peer.Explain();
    }

    private static async Task WriteAsync(TextWriter output, string which, BgpNotification? notification)
    {
        if (notification is not null)
        {
            await output.WriteLineAsync($"  Last NOTIFICATION {which}: {notification}");
        }
    }

    private static bool TryParseFamilies(string text, out BgpFamily[]? families)
    {
        families = [.. text.Split(',').Select(name => name switch { "ipv4" => BgpFamily.Ipv4Unicast, "ipv6" => BgpFamily.Ipv6Unicast, _ => default })];
        return !families.Contains(default);
    }
}
