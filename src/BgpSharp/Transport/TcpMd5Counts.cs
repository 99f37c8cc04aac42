using System.Globalization;

namespace BgpSharp.Transport;

/// <summary>
/// Segments that the kernel dropped for their TCP-MD5 signature (RFC 2385), those of everybody in this network namespace.
/// </summary>
/// <param name="NotFound">They had none, and one was expected.</param>
/// <param name="Unexpected">They had one, and none was expected.</param>
/// <param name="Failed">They had one that was made with another password.</param>
internal readonly record struct TcpMd5Counts(long NotFound, long Unexpected, long Failed)
{
    // The thread's, as its sockets are; /proc/net is that of the process' first thread.
    private const string Source = "/proc/thread-self/net/netstat";
    private const string Group = "TcpExt:";

    public static TcpMd5Counts operator -(TcpMd5Counts left, TcpMd5Counts right) =>
        new(left.NotFound - right.NotFound, left.Unexpected - right.Unexpected, left.Failed - right.Failed);

    /// <summary>The present counts; null: this system does not count them.</summary>
    public static TcpMd5Counts? Read()
    {
        try
        {
            return OperatingSystem.IsLinux() ? Parse(File.ReadAllLines(Source)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads a line of names and the line of values that follows it.</summary>
    internal static TcpMd5Counts? Parse(string[] lines)
    {
        for (var i = 0; i + 1 < lines.Length; i++)
        {
            if (lines[i].StartsWith(Group, StringComparison.Ordinal))
            {
                var (names, values) = (lines[i].Split(' '), lines[i + 1].Split(' '));
                return Find("TCPMD5NotFound") is { } notFound && Find("TCPMD5Unexpected") is { } unexpected && Find("TCPMD5Failure") is { } failed
                    ? new TcpMd5Counts(notFound, unexpected, failed)
                    : null;

                long? Find(string name) =>
                    Array.IndexOf(names, name) is var at and > 0 && at < values.Length
                        && long.TryParse(values[at], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
            }
        }

        return null;
    }
}
