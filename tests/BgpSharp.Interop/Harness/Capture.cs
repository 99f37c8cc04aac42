using System.Net;

namespace BgpSharp.Interop.Harness;

/// <summary>A tcpdump in a namespace of the lab; its file is decoded by tshark, which knows nothing of this project's codec.</summary>
internal sealed class Capture
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private static int _last;

    private readonly LabProcess _tcpdump;

    private Capture(LabProcess tcpdump, string path)
    {
        _tcpdump = tcpdump;
        Path = path;
    }

    /// <summary>The pcap file; it goes with the lab.</summary>
    public string Path { get; }

    public static async Task<Capture> StartAsync(Lab lab, string ns, string filter, string device)
    {
        Requires.Tool("tcpdump");
        Requires.Tool("tshark");
        var path = $"{lab.RunDirectory}/{Interlocked.Increment(ref _last)}.pcap";
        // -U and --immediate-mode: a packet is in the file as soon as it is seen.
        var tcpdump = lab.Start(ns, "tcpdump", "-i", device, "-n", "-U", "--immediate-mode", "-Z", "root", "-w", path, filter);
        await tcpdump.WaitForLineAsync(line => line.Contains("listening on", StringComparison.Ordinal));
        return new Capture(tcpdump, path);
    }

    /// <summary>Everything captured so far, in order.</summary>
    public Task<IReadOnlyList<CapturedEvent>> ReadAsync() => Tshark.DecodeAsync(Path);

    /// <summary>Waits until what was captured is as wanted.</summary>
    /// <exception cref="TimeoutException">With everything that was captured.</exception>
    public async Task<IReadOnlyList<CapturedEvent>> WaitAsync(
        Func<IReadOnlyList<CapturedEvent>, bool> wanted, string what, TimeSpan? deadline = null)
    {
        using var limit = new Deadline(deadline);
        IReadOnlyList<CapturedEvent> events = [];
        var decoded = -1L;
        while (true)
        {
            var length = new FileInfo(Path).Length;
            if (length != decoded)
            {
                try
                {
                    events = await ReadAsync();
                    decoded = length;
                }
                catch (InvalidOperationException e) when (e.Message.Contains("cut short", StringComparison.Ordinal))
                {
                    // tcpdump is in the middle of writing a packet.
                }
                if (wanted(events))
                {
                    return events;
                }
            }
            try
            {
                await Task.Delay(PollInterval, limit.Token);
            }
            catch (OperationCanceledException) when (limit.Passed)
            {
                throw new TimeoutException($"not captured within {limit.Limit.TotalSeconds} s: {what}; captured was\n"
                    + string.Join('\n', events.Select(e => $"{e.Time:HH:mm:ss.ffffff} {e.Source} > {e.Destination} [{e.Connection}] {e}")));
            }
        }
    }

    /// <summary>Waits until the last thing this sender has sent is a FIN or RST.</summary>
    /// <returns>All it sent.</returns>
    public async Task<IReadOnlyList<CapturedEvent>> WaitForCloseAsync(IPAddress source, TimeSpan? deadline = null)
    {
        var all = await WaitAsync(
            events => Sent(events).LastOrDefault()?.Kind is CapturedKind.Fin or CapturedKind.Reset,
            $"the end of the connection of {source}",
            deadline);
        return [.. Sent(all)];

        IEnumerable<CapturedEvent> Sent(IEnumerable<CapturedEvent> events) => events.Where(e => e.Source.Equals(source));
    }

    /// <summary>Ends the capture. What is not in the file yet is lost: wait for it before.</summary>
    public Task StopAsync() => _tcpdump.StopAsync(Signal.Interrupt);
}
