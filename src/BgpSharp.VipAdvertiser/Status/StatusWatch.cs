using System.Text.Json;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>
/// <c>status --watch</c>: the status each second, on a terminal in place, else line after line. A host that goes away is waited
/// for, but one that is not there at the start is an error.
/// </summary>
internal sealed class StatusWatch(
    Func<CancellationToken, Task<HostStatus>> ask, bool json, TextWriter output, TextWriter error, Func<TerminalSize?> terminal, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private DateTimeOffset? _goneSince;
    private string _last = "";

    /// <summary>Runs until it is cancelled, which is its ordinary end.</summary>
    /// <exception cref="ControlException">There is no host at the start.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ShowAsync(await ask(cancellationToken));
            using var timer = new PeriodicTimer(Interval, time);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await LookAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Enough seen.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            var status = await ask(cancellationToken);
            if (_goneSince is { } since)
            {
                _goneSince = null;
                await SayAsync($"{Clock(now)} the host is back, after {StatusText.Age(now - since)}");
            }

            await ShowAsync(status);
        }
        catch (ControlException e)
        {
            if (_goneSince is null)
            {
                _goneSince = now;
                await SayAsync($"{Clock(now)} the host is gone: {e.Message}");
            }

            if (terminal() is { } size && !json)
            {
                await DrawAsync($"THE HOST IS GONE since {Clock(_goneSince.Value)}: {e.Message}.\nWhat follows is from then.\n\n{_last}", size);
            }
        }
    }

    private Task ShowAsync(HostStatus status)
    {
        if (json)
        {
            return output.WriteAsync(JsonSerializer.Serialize(status, HostJson.Default.HostStatus) + "\n");
        }

        _last = StatusText.Make(status);
        return terminal() is { } size ? DrawAsync(_last, size) : output.WriteAsync(_last + "\n");
    }

    /// <summary>On a terminal the picture says it.</summary>
    private Task SayAsync(string line) => json
        ? error.WriteAsync($"bgpsharp-vip: {line}\n")
        : terminal() is null ? output.WriteAsync(line + "\n\n") : Task.CompletedTask;

    private Task DrawAsync(string text, TerminalSize size) => output.WriteAsync(TerminalFrame.Make(text, size));

    private static string Clock(DateTimeOffset now) => $"{now.UtcDateTime:HH:mm:ss'Z'}";
}
