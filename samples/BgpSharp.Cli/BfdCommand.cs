using System.CommandLine;
using System.Globalization;
using System.Net;
using BgpSharp.Bfd;

namespace BgpSharp.Cli;

/// <summary><c>bgpsharp bfd</c>: holds a BFD session with one peer and prints what becomes of it.</summary>
internal static class BfdCommand
{
    private const int DefaultInterval = 300;
    private const int DefaultMultiplier = 3;

    public static Command Create()
    {
        var address = new Argument<IPAddress>("ADDR")
        {
            Description = "The peer. A link-local address has its interface: fe80::1%eth0.",
            CustomParser = Parsers.For<IPAddress?>("ADDR", Parsers.TryParseUnicast, "a unicast address as in 198.51.100.9 or fe80::1%eth0")!,
        };
        var interval = Milliseconds("--interval", $"The interval to send at once Up, in milliseconds: 10 to 60000. Without it: {DefaultInterval}.");
        var receive = Milliseconds("--receive-interval", "The shortest interval that the peer may send at, likewise. Without it: as --interval.");
        var multiplier = CommonOptions.Number(
            "--multiplier", $"How many packets in a row the peer has to miss before it takes us for gone: 1 to 255. Without it: {DefaultMultiplier}.", 1, 255);
        var multihop = new Option<bool>("--multihop") { Description = "The peer may be more than one hop away (RFC 5883)." };
        var source = CommonOptions.Address("--local-address", "The source address. Without it: the system chooses.", "an address of this host as in 198.51.100.11");
        var verbose = CommonOptions.Verbose();

        var command = new Command("bfd", "Holds a BFD session with a peer and prints its states, until Ctrl+C or SIGTERM; then the peer is told (AdminDown).")
        {
            address, interval, receive, multiplier, multihop, source, verbose,
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var send = parsed.GetValue(interval) ?? TimeSpan.FromMilliseconds(DefaultInterval);
            var options = new BfdSessionOptions
            {
                Address = parsed.GetRequiredValue(address),
                LocalAddress = parsed.GetValue(source),
                Bfd = new BfdOptions
                {
                    TransmitInterval = send,
                    ReceiveInterval = parsed.GetValue(receive) ?? send,
                    DetectMultiplier = parsed.GetValue(multiplier) ?? DefaultMultiplier,
                    Multihop = parsed.GetValue(multihop),
                },
                Changed = (session, status) => output.WriteLine($"{DateTimeOffset.Now:HH:mm:ss.fff} {session.Options.Address} {status}"),
            };
            if (options.FindProblems() is { Count: > 0 } problems)
            {
                throw new UsageException(string.Join(' ', problems));
            }

            using var loggers = Logs.Create(parsed.GetValue(verbose));
            await using var engine = new BfdEngine(loggers);
            var session = engine.AddSession(options);
            await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await session.DisposeAsync();
            var counts = session.GetStatistics();
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{counts.PacketsSent} packets sent, {counts.PacketsReceived} received, {counts.PacketsDiscarded + counts.PacketsFromAfar} discarded; up {counts.TimesUp} times, down {counts.TimesDown} times; at most {engine.LongestDelay.TotalMilliseconds:0.0} ms late"));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Option<TimeSpan?> Milliseconds(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "MS",
        CustomParser = Parsers.For<TimeSpan?>(name, TryParseInterval, "10 to 60000 milliseconds"),
    };

    private static bool TryParseInterval(string text, out TimeSpan? interval)
    {
        var parsed = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds);
        interval = TimeSpan.FromMilliseconds(milliseconds);
        return parsed && milliseconds is >= 10 and <= 60_000;
    }
}
