using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>
/// Has the configuration read again when its file has changed. The content is compared, so that it makes no difference whether
/// the file is written in place, replaced, or reached by symbolic links of which one is swapped, as Kubernetes does it; a
/// change counts once it has come to rest. It is read beside the thread that timers share: a disk may not answer.
/// </summary>
internal sealed partial class ConfigurationWatcher(
    string file, IHostControl host, TimeProvider time, ILogger<ConfigurationWatcher> logger, Func<string, byte[]?>? read = null) : BackgroundService
{
    /// <summary>More is no configuration.</summary>
    public const int MaximumLength = 1024 * 1024;

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    private readonly Func<string, byte[]?> _read = read ?? TryRead;
    private volatile byte[] _known = (read ?? TryRead)(file) ?? [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        host.Reloading += TakeNote;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host is stopping.
        }
        finally
        {
            host.Reloading -= TakeNote;
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        var now = await ReadAsync(stoppingToken);
        if (!IsChanged(now))
        {
            return;
        }

        byte[]? before;
        do
        {
            await Task.Delay(Rest, time, stoppingToken);
            before = now;
            now = await ReadAsync(stoppingToken);
        }
        while (now is null || before is null || !now.AsSpan().SequenceEqual(before));

        if (IsChanged(now))
        {
            _known = now;
            LogChanged(file);
            await host.ReloadAsync(stoppingToken);
        }
    }

    private Task<byte[]?> ReadAsync(CancellationToken stoppingToken) => Task.Run(() => _read(file), stoppingToken).WaitAsync(stoppingToken);

    /// <summary>What somebody else has read again is no news; taken before that reading, so that no later change is missed.</summary>
    private void TakeNote() => _known = _read(file) ?? _known;

    private bool IsChanged(byte[]? content) => content is not null && !content.AsSpan().SequenceEqual(_known);

    /// <summary>
    /// Null: it cannot be read now, which is no change; it may be about to be replaced. A pipe, which can be read once, has no
    /// length and is not opened, since that would wait for its writer.
    /// </summary>
    private static byte[]? TryRead(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: 0 })
            {
                return [];
            }

            using var handle = File.OpenHandle(path);
            var content = new byte[Math.Min(RandomAccess.GetLength(handle), MaximumLength)];
            var length = RandomAccess.Read(handle, content, 0);
            return content[..length];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }
}
