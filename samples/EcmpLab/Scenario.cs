using System.Diagnostics;
using System.Net;

namespace EcmpLab;

/// <summary>The story: all masters announce the VIP, one fails, it comes back.</summary>
internal sealed class Scenario
{
    private const int Victim = 2;
    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(30);
    private readonly ILab _lab;
    private readonly TextWriter _output;
    private readonly SortedSet<int> _running = [];
    private readonly List<(int Wanted, int Seen, TimeSpan Took)> _steps = [];
    private bool _failed;

    private Scenario(ILab lab, TextWriter output)
    {
        _lab = lab;
        _output = output;
    }

    /// <summary>Builds a lab, plays the story in it and takes it down.</summary>
    /// <returns>The exit code: 0, or 1 when the next hops were not what they should have been.</returns>
    public static async Task<int> RunAsync(Func<Task<ILab>> create, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            Scenario scenario;
            await using (var lab = await create())
            {
                scenario = new Scenario(lab, output);
                await scenario.PlayAsync(cancellationToken);
                await output.WriteLineAsync("\n== The lab is taken down");
            }

            return scenario.Conclude();
        }
        catch (LabException exception)
        {
            await errors.WriteLineAsync($"EcmpLab: {exception.Message}");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync("EcmpLab: interrupted");
        }

        return 1;
    }

    private async Task PlayAsync(CancellationToken cancellationToken)
    {
        _output.WriteLine(_lab.Description);

        await StepAsync("All masters start and announce the VIP", async () =>
        {
            for (var master = 1; master <= Plan.Masters; master++)
            {
                await _lab.StartMasterAsync(master);
                _running.Add(master);
            }
        }, cancellationToken);

        await StepAsync($"Master {Victim} fails", async () =>
        {
            _running.Remove(Victim);
            await _lab.FailMasterAsync(Victim);
        }, cancellationToken);

        await StepAsync($"Master {Victim} comes back", async () =>
        {
            await _lab.StartMasterAsync(Victim);
            _running.Add(Victim);
        }, cancellationToken);
    }

    private int Conclude()
    {
        _output.WriteLine($"""

            == Summary
            next hops seen    {string.Join(", ", _steps.Select(step => step.Seen))}   (wanted: {string.Join(", ", _steps.Select(step => step.Wanted))})
            seen after        {string.Join(", ", _steps.Select(step => $"{step.Took.TotalMilliseconds:0} ms"))}
            {(_failed ? "FAILED" : "ok")}
            """);
        return _failed ? 1 : 0;
    }

    private async Task StepAsync(string title, Func<Task> act, CancellationToken cancellationToken)
    {
        _output.WriteLine($"\n== {title}");
        var watch = Stopwatch.StartNew();
        await act();
        IPAddress[] wanted = [.. _running.Select(_lab.AddressOf)];
        var seen = await _lab.WaitForNextHopsAsync(wanted, StepLimit, cancellationToken);
        _steps.Add((wanted.Length, seen.Count, watch.Elapsed));
        _output.WriteLine(await _lab.ShowAsync());
        if (!wanted.ToHashSet().SetEquals(seen))
        {
            _failed = true;
            _output.WriteLine($"wanted next hops {string.Join(", ", wanted.AsEnumerable())}, but seen {(seen.Count == 0 ? "none" : string.Join(", ", seen))}");
        }
    }
}
