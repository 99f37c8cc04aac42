namespace BgpSharp.Interop.Harness;

/// <summary>Takes down what a lab has put up. Every step is tried; what failed is thrown at the end.</summary>
internal static class LabTeardown
{
    private const string FrrLeftovers = "/var/tmp/frr";
    private static readonly TimeSpan StragglerLimit = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(string runDirectory, IReadOnlyList<string> namespaces,
        IReadOnlyList<IDisposable> resources, IReadOnlyList<LabProcess> processes)
    {
        var errors = new List<Exception>();
        foreach (var resource in resources.Reverse())
        {
            await TryAsync(() => { resource.Dispose(); return Task.CompletedTask; });
        }
        foreach (var process in processes)
        {
            await TryAsync(process.KillAsync);
            await TryAsync(() => { RemoveFrrLeftovers(process.Id); return Task.CompletedTask; });
            process.Dispose();
        }
        foreach (var ns in namespaces.Where(n => File.Exists($"/run/netns/{n}")))
        {
            await TryAsync(() => KillStragglersAsync(ns));
            await TryAsync(() => Command.RunAsync("ip", "netns", "delete", ns));
        }
        await TryAsync(() =>
        {
            if (Directory.Exists(runDirectory))
            {
                Directory.Delete(runDirectory, recursive: true);
            }
            return Task.CompletedTask;
        });
        if (errors.Count > 0)
        {
            throw new AggregateException($"the lab in {runDirectory} was not taken down completely", errors);
        }

        async Task TryAsync(Func<Task> step)
        {
            try
            {
                await step();
            }
            catch (Exception e)
            {
                errors.Add(e);
            }
        }
    }

    /// <summary>Children of the lab's programs that outlived them. The namespace is the lab's own, so is all that runs in it.</summary>
    private static async Task KillStragglersAsync(string ns)
    {
        using var limit = new CancellationTokenSource(StragglerLimit);
        while (true)
        {
            var pids = await Command.RunAsync("ip", "netns", "pids", ns);
            if (pids.Length == 0)
            {
                return;
            }
            foreach (var pid in pids.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                // Fails when it is gone already, which is as good.
                _ = Native.Kill(int.Parse(pid), (int)Signal.Kill);
            }
            await Task.Delay(10, limit.Token);
        }
    }

    /// <summary>FRR's daemons make a directory DAEMON.PID for crash logs and leave it behind.</summary>
    private static void RemoveFrrLeftovers(int pid)
    {
        if (!Directory.Exists(FrrLeftovers))
        {
            return;
        }
        foreach (var directory in Directory.GetDirectories(FrrLeftovers, $"*.{pid}"))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
