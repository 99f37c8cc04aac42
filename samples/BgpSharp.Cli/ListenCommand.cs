using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using BgpSharp.Cli.Events;

namespace BgpSharp.Cli;

/// <summary><c>bgpsharp listen</c>: accepts one peer and prints what it sends.</summary>
internal static class ListenCommand
{
    public static Command Create()
    {
        var local = new Argument<IPEndPoint>("ADDR:PORT")
        {
            Description = "Where to accept the peer. An IPv6 address is in brackets: [2001:db8::1]:179. Port 0 takes a free one.",
            CustomParser = Parsers.For<IPEndPoint?>("ADDR:PORT", Parsers.TryParseLocal, "an address of this host and a port, as in 198.51.100.9:179 or [2001:db8::9]:179")!,
        };
        var localAs = CommonOptions.LocalAs();
        var peerAs = CommonOptions.PeerAs();
        var peer = CommonOptions.Address("--peer", "The only address to accept. Without it: whoever connects first.", "a unicast address as in 198.51.100.11");
        var routerId = CommonOptions.RouterId("ADDR, when it is one IPv4 address");
        var holdTime = CommonOptions.HoldTime();
        var json = new Option<bool>("--json") { Description = "Print one JSON object a line: events established, announce, withdraw, end-of-rib and down." };
        var verbose = CommonOptions.Verbose();

        var command = new Command("listen", "Accepts a peer and prints the routes it announces and withdraws, until Ctrl+C or SIGTERM.")
        {
            local, localAs, peerAs, peer, routerId, holdTime, json, verbose,
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var endPoint = parsed.GetRequiredValue(local);
            var output = parsed.InvocationConfiguration.Output;
            Func<PeerEvent, string> format = parsed.GetValue(json) ? JsonLines.Format : static happened => $"{happened}";
            var printer = new PrintingHandler(happened => output.WriteLine(format(happened)));
            var slot = new PeerSlot(parsed.GetValue(peer), address => new BgpPeerOptions
            {
                Address = address,
                RemoteAsn = parsed.GetValue(peerAs),
                HoldTime = parsed.GetValue(holdTime) ?? CommonOptions.DefaultHoldTime,
                ConnectMode = BgpConnectMode.Passive,
                Families = [BgpFamily.Ipv4Unicast, BgpFamily.Ipv6Unicast],
                Handler = printer,
            });

            using var loggers = Logs.Create(parsed.GetValue(verbose));
            await using var speaker = new BgpSpeaker(new BgpSpeakerOptions
            {
                LocalAsn = parsed.GetValue(localAs),
                RouterId = parsed.GetValue(routerId) ?? RouterIds.Of(endPoint),
                ListenEndPoints = [endPoint],
                AcceptPeer = slot.Accept,
                LoggerFactory = loggers,
            });
            try
            {
                await speaker.StartAsync(stopping);
            }
            catch (SocketException exception)
            {
                throw new IOException($"cannot listen on {endPoint}: {exception.Message}", exception);
            }

            foreach (var listening in speaker.ListenEndPoints)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"listening on {listening}");
            }

            await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCode.Fine;
        });
        return command;
    }
}
