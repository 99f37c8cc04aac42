using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace BgpSharp.Bfd;

/// <summary>How long a thread has waited for a processor (schedstat). Opened by the thread itself; it allocates nothing after that.</summary>
internal sealed class ThreadWaits : IDisposable
{
    private const string Path = "/proc/thread-self/schedstat";

    private readonly SafeFileHandle? _file;

    public ThreadWaits()
    {
        try
        {
            _file = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not every kernel has it, nor every sandbox shows it; that the waits are unknown is an answer.
        }
    }

    /// <summary>Since the thread began; null: the kernel does not count it.</summary>
    public TimeSpan? Total
    {
        get
        {
            Span<byte> text = stackalloc byte[80];
            return _file is null ? null : Parse(text[..RandomAccess.Read(_file, text, 0)]);
        }
    }

    /// <summary>Nanoseconds on a processor, nanoseconds waiting for one, times it had one.</summary>
    public static TimeSpan? Parse(ReadOnlySpan<byte> text)
    {
        var second = text[(text.IndexOf((byte)' ') + 1)..];
        return Utf8Parser.TryParse(second, out long nanoseconds, out _) ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick) : null;
    }

    public void Dispose() => _file?.Dispose();
}
