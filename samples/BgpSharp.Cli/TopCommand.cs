using System.CommandLine;
using BgpSharp.Cli.Top;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace BgpSharp.Cli;

/// <summary><c>bgpsharp top</c>: holds sessions with peers and shows what goes on in them.</summary>
internal static class TopCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // No limit: with one the session counts what it holds.
    private static readonly IReadOnlyList<BgpPrefixLimit> Counting =
    [
        new() { Family = BgpFamily.Ipv4Unicast, Maximum = int.MaxValue, WarningPercent = 100, Action = BgpPrefixLimitAction.Warn },
        new() { Family = BgpFamily.Ipv6Unicast, Maximum = int.MaxValue, WarningPercent = 100, Action = BgpPrefixLimitAction.Warn },
    ];

    public static Command Create()
    {
        var prefixes = CommonOptions.Prefixes("top", "Prefixes to announce meanwhile, as in 203.0.113.10/32. Without them nothing is announced.", ArgumentArity.ZeroOrMore);
        var peers = CommonOptions.Peers();
        var localAs = CommonOptions.LocalAs();
        var routerId = CommonOptions.RouterId("the IPv4 address from which this host reaches the first peer");
        var holdTime = CommonOptions.HoldTime();
        var verbose = CommonOptions.Verbose();

        var command = new Command("top", "Shows peers, message rates and prefixes each second, until Ctrl+C or SIGTERM. Not on a terminal it prints lines.")
        {
            prefixes, peers, localAs, routerId, holdTime, verbose,
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var watched = parsed.GetRequiredValue(peers);
            var console = ReferenceEquals(output, Console.Out) && AnsiConsole.Profile is { Out.IsTerminal: true, Capabilities.Ansi: true } ? AnsiConsole.Console : null;
            // Lines of a log would tear the table that is on the same terminal.
            using var loggers = console is not null && !Console.IsErrorRedirected ? NullLoggerFactory.Instance : Logs.Create(parsed.GetValue(verbose));
            await using var speaker = new BgpSpeaker(new BgpSpeakerOptions
            {
                LocalAsn = parsed.GetValue(localAs),
                RouterId = parsed.GetValue(routerId) ?? RouterIds.Towards(watched[0].EndPoint),
                LoggerFactory = loggers,
            });
            var holding = watched.Select(peer => speaker.AddPeer(Options(peer, parsed.GetValue(holdTime) ?? CommonOptions.DefaultHoldTime))).ToList();
            speaker.Routes.Replace((parsed.GetValue(prefixes) ?? []).Select(prefix => new BgpRoute(prefix)));
            await WatchAsync(speaker, holding, console, output, stopping);
            return ExitCode.Fine;
        });
        return command;
    }

    private static BgpPeerOptions Options(NamedPeer peer, TimeSpan holdTime) => new()
    {
        Address = peer.EndPoint.Address,
        Port = peer.EndPoint.Port,
        RemoteAsn = peer.Asn,
        HoldTime = holdTime,
        Families = [BgpFamily.Ipv4Unicast, BgpFamily.Ipv6Unicast],
        PrefixLimits = Counting,
    };

    private static async Task WatchAsync(BgpSpeaker speaker, List<BgpPeer> peers, IAnsiConsole? console, TextWriter output, CancellationToken stopping)
    {
        var samplers = peers.ConvertAll(peer => (Peer: peer, Sampler: new PeerSampler(TimeProvider.System)));
        List<PeerRow> Take() => samplers.ConvertAll(each => each.Sampler.Take(each.Peer));

        await speaker.StartAsync(stopping);
        try
        {
            await (console is null ? PrintAsync(Take, output, stopping) : DrawAsync(Take, console, stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to stop.
        }

        await speaker.StopAsync(cancellationToken: CancellationToken.None);
    }

    private static async Task PrintAsync(Func<List<PeerRow>> take, TextWriter output, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            foreach (var row in take())
            {
                await output.WriteLineAsync(TopView.Line(row, DateTimeOffset.Now));
            }
        }
    }

    private static async Task DrawAsync(Func<List<PeerRow>> take, IAnsiConsole console, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            // A window that is too small shows the table from its top.
            await console.Live(TopView.Table(take(), DateTimeOffset.Now)).Cropping(VerticalOverflowCropping.Bottom).StartAsync(async live =>
            {
                while (await timer.WaitForNextTickAsync(stopping))
                {
                    live.UpdateTarget(TopView.Table(take(), DateTimeOffset.Now));
                }
            });
        }
        finally
        {
            // The shell goes on below the table.
            console.WriteLine();
        }
    }
}
