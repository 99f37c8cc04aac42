using System.CommandLine;
using System.Net;

namespace BgpSharp.Cli;

/// <summary><c>bgpsharp announce</c>: keeps announcing prefixes to one peer, and withdraws them at the end.</summary>
internal static class AnnounceCommand
{
    public static Command Create()
    {
        var prefixes = CommonOptions.Prefixes("announce", "The prefixes to announce, IPv4 or IPv6, as in 203.0.113.10/32.", ArgumentArity.OneOrMore);
        var peer = new Option<IPEndPoint>("--peer")
        {
            Description = "The router to announce to. Default port: 179. An IPv6 address with a port is in brackets: [2001:db8::1]:1179.",
            HelpName = "ADDR[:PORT]",
            Required = true,
            CustomParser = Parsers.For<IPEndPoint?>("--peer", Parsers.TryParsePeer, "a unicast address, with a port or not, as in 198.51.100.9:179 or [2001:db8::9]:179")!,
        };
        var localAs = CommonOptions.LocalAs();
        var peerAs = CommonOptions.PeerAs();
        var routerId = CommonOptions.RouterId("the IPv4 address from which this host reaches the peer");
        var nextHop = CommonOptions.Address(
            "--next-hop",
            "The next hop of the prefixes of its family. Without it, and for the other family: the session's own address, or where that is of another family a global one of its interface.",
            "a unicast address as in 198.51.100.11");
        var holdTime = CommonOptions.HoldTime();
        var verbose = CommonOptions.Verbose();

        var command = new Command("announce", "Announces prefixes until Ctrl+C or SIGTERM, then withdraws them and ends.")
        {
            prefixes, peer, localAs, peerAs, routerId, nextHop, holdTime, verbose,
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var endPoint = parsed.GetRequiredValue(peer);
            var announced = parsed.GetRequiredValue(prefixes);
            var routes = MakeRoutes(announced, parsed.GetValue(nextHop), endPoint.Address);
            using var loggers = Logs.Create(parsed.GetValue(verbose));
            await using var speaker = new BgpSpeaker(new BgpSpeakerOptions
            {
                LocalAsn = parsed.GetValue(localAs),
                RouterId = parsed.GetValue(routerId) ?? RouterIds.Towards(endPoint),
                LoggerFactory = loggers,
            });
            var session = speaker.AddPeer(new BgpPeerOptions
            {
                Address = endPoint.Address,
                Port = endPoint.Port,
                RemoteAsn = parsed.GetValue(peerAs),
                HoldTime = parsed.GetValue(holdTime) ?? CommonOptions.DefaultHoldTime,
                Families = [.. announced.Select(prefix => prefix.Family).Distinct()],
            });
            speaker.Routes.Replace(routes);
            return await AnnounceAsync(speaker, session, parsed.InvocationConfiguration.Output, stopping);
        });
        return command;
    }

    private static async Task<int> AnnounceAsync(BgpSpeaker speaker, BgpPeer peer, TextWriter output, CancellationToken stopping)
    {
        await speaker.StartAsync(stopping);
        try
        {
            BgpSession? known = null;
            await foreach (var status in peer.WatchAsync(stopping))
            {
                if (known is not null && status.Session?.Id != known.Id)
                {
                    await output.WriteLineAsync($"{peer.Options.Address} down: {status.LastDown}");
                }

                if (status.Session is { } session && session.Id != known?.Id)
                {
                    await output.WriteLineAsync($"{peer.Options.Address} established: AS {session.RemoteAsn}, router id {session.RemoteIdentifier}, hold time {session.HoldTime.TotalSeconds:0} s");
                    await peer.FlushAsync(stopping);
                    var statistics = peer.GetStatistics();
                    var withheld = statistics.PrefixesWithheld > 0 ? $"; {statistics.PrefixesWithheld} cannot be sent for want of a next hop" : "";
                    await output.WriteLineAsync($"{peer.Options.Address} has {statistics.PrefixesAdvertised} of {speaker.Routes.Count} prefixes{withheld}");
                }

                known = status.Session;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to stop; what follows is the reason why this command waited.
        }

        var hadSession = peer.Session is not null;
        await speaker.StopAsync(cancellationToken: CancellationToken.None);
        await output.WriteLineAsync(hadSession ? $"{peer.Options.Address} withdrawn and closed" : "stopped; there was no session");
        return ExitCode.Fine;
    }

    /// <summary>The routes of the prefixes; the next hop is that of its own family, and the library finds that of the other.</summary>
    internal static IEnumerable<BgpRoute> MakeRoutes(IpPrefix[] prefixes, IPAddress? nextHop, IPAddress peer)
    {
        if (nextHop is not null && prefixes.All(prefix => prefix.Address.AddressFamily != nextHop.AddressFamily))
        {
            throw new UsageException($"--next-hop is '{nextHop}'; allowed: an address of the family of a PREFIX");
        }

        if (peer.Equals(nextHop))
        {
            throw new UsageException($"--next-hop is '{nextHop}'; allowed: any other address than that of --peer, which is never its own next hop");
        }

        // One attributes object a family: its prefixes travel in one UPDATE.
        var explicitNextHop = new BgpRouteAttributes { NextHop = nextHop };
        return prefixes.Select(prefix => new BgpRoute(
            prefix,
            prefix.Address.AddressFamily == nextHop?.AddressFamily ? explicitNextHop : BgpRouteAttributes.Default));
    }
}
