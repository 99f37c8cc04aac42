using System.Net;

namespace BgpSharp.Interop.Harness;

/// <summary>
/// What goes over the wire at the moment it does, as tcpdump prints it line by line: to act on a message while it is new.
/// What a whole exchange looked like, <see cref="Capture"/> tells better.
/// </summary>
internal sealed class WireLog
{
    private readonly LabProcess _tcpdump;

    private WireLog(LabProcess tcpdump) => _tcpdump = tcpdump;

    /// <summary>It is listening when this returns.</summary>
    public static async Task<WireLog> StartAsync(Lab lab, string ns, string filter = "tcp port 179")
    {
        Requires.Tool("tcpdump");
        var tcpdump = lab.Start(ns, "tcpdump", "-i", LabTopology.Interface, "-n", "-l", "-v", "--immediate-mode", "-Z", "root", filter);
        await tcpdump.WaitForLineAsync(line => line.Contains("listening on", StringComparison.Ordinal));
        return new WireLog(tcpdump);
    }

    /// <summary>Where what comes from now on begins.</summary>
    public int Mark() => _tcpdump.Lines.Count;

    /// <summary>Waits for texts in the packets of one sender, one after the other, from a mark on.</summary>
    /// <param name="from">The mark.</param>
    /// <param name="texts">Sender and text: "Flags [S]", "Open Message", "Update Message", "Withdrawn routes", "Notification Message".</param>
    public Task WaitAsync(int from, params (IPAddress Sender, string Text)[] texts)
    {
        var found = 0;
        var sender = "";
        return _tcpdump.WaitForLineAsync(
            line =>
            {
                if (line.Contains(": Flags [", StringComparison.Ordinal))
                {
                    sender = line.TrimStart().Split(' ')[0];
                }
                if (sender.StartsWith($"{texts[found].Sender}.", StringComparison.Ordinal) && line.Contains(texts[found].Text, StringComparison.Ordinal))
                {
                    found++;
                }
                return found == texts.Length;
            },
            from: from);
    }
}
