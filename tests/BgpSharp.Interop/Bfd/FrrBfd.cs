using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Bfd;

/// <summary>FRR's bfdd beside the zebra of a router of the lab.</summary>
internal sealed class FrrBfd(Lab lab, FrrRouter router)
{
    public LabProcess Daemon { get; private set; } = null!;

    /// <summary>Starts bfdd with lines under <c>bfd</c>; it answers when this returns.</summary>
    public static async Task<FrrBfd> StartAsync(Lab lab, FrrRouter router, params IReadOnlyList<string> lines)
    {
        var bfd = new FrrBfd(lab, router);
        bfd.Daemon = await router.StartBfddAsync(lines.Count == 0 ? "" : "bfd\n" + string.Join('\n', lines) + '\n');
        return bfd;
    }

    /// <summary>Changes lines of a peer.</summary>
    public Task ConfigurePeerAsync(string peer, params IReadOnlyList<string> lines) => router.ConfigureAsync(["bfd", $"peer {peer}", .. lines]);

    /// <summary>Waits until bfdd has sent so many packets more.</summary>
    public Task WaitForSentAsync(int count) => WaitForMoreAsync("control-packet-output", count);

    /// <summary>Waits until bfdd has received so many packets more.</summary>
    public Task WaitForReceivedAsync(int count) => WaitForMoreAsync("control-packet-input", count);

    public Task<long> CountReceivedAsync() => CountAsync("control-packet-input");

    /// <summary>How often bfdd found the session down.</summary>
    public Task<long> DownsAsync() => CountAsync("session-down");

    private async Task WaitForMoreAsync(string counter, int count)
    {
        var begin = await CountAsync(counter);
        await Poll.UntilAsync(() => CountAsync(counter), now => now >= begin + count, $"{counter} of bfdd grows by {count}");
    }

    private async Task<long> CountAsync(string counter)
    {
        using var json = await router.VtyshJsonAsync("show bfd peers counters json");
        return json.RootElement.EnumerateArray().Select(peer => peer.GetProperty(counter).GetInt64()).FirstOrDefault();
    }

    /// <summary>What bfdd knows of its only peer, once it is as wanted.</summary>
    public Task<JsonElement> WaitAsync(string what, Func<JsonElement, bool> wanted) => Poll.UntilAsync(
        async () =>
        {
            using var json = await router.VtyshJsonAsync("show bfd peers json");
            return json.RootElement.EnumerateArray().Select(peer => peer.Clone()).FirstOrDefault();
        },
        peer => peer.ValueKind == JsonValueKind.Object && wanted(peer),
        what,
        () => $"{Daemon.Describe()} in {lab.Name}");
}
