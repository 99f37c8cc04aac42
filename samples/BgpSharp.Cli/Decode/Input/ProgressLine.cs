using System.Globalization;
using System.Text;

namespace BgpSharp.Cli.Decode.Input;

/// <summary>How much of a long file has been read, on one line of a terminal that is written over and over.</summary>
internal sealed class ProgressLine(TextWriter errors, long total, TimeProvider time)
{
    /// <summary>What is read in a blink needs no progress.</summary>
    public const long LongInput = 4 * 1024 * 1024;

    private const int Width = 40;
    private const string EraseLine = "\r\u001b[K";

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private long _last = time.GetTimestamp();
    private bool _shown;

    public void Report(long read)
    {
        if (time.GetElapsedTime(_last) < s_interval)
        {
            return;
        }

        _last = time.GetTimestamp();
        var share = Math.Clamp((double)read / total, 0, 1);
        var filled = (int)(share * Width);
        var line = new StringBuilder("\r[")
            .Append('#', filled).Append(' ', Width - filled)
            .Append(CultureInfo.InvariantCulture, $"] {share * 100:0} % of {total / 1048576.0:0.0} MiB");
        errors.Write(line);
        errors.Flush();
        _shown = true;
    }

    /// <summary>Leaves the line empty for what comes next.</summary>
    public void Clear()
    {
        if (_shown)
        {
            errors.Write(EraseLine);
            _shown = false;
        }
    }
}
