namespace BgpSharp.VipAdvertiser.Systemd;

/// <summary>Whether standard output is systemd-journald's, as <c>JOURNAL_STREAM</c> says (systemd.exec(5)).</summary>
internal static class JournalStream
{
    public static bool IsStandardOutput() => Matches(Environment.GetEnvironmentVariable("JOURNAL_STREAM"), "/proc/self/fd/1");

    /// <summary>A program that was started with its output redirected still has the variable: the socket's inode tells.</summary>
    internal static bool Matches(string? variable, string descriptor)
    {
        if (variable?.Split(':') is not [_, var inode])
        {
            return false;
        }

        try
        {
            return new FileInfo(descriptor).LinkTarget == $"socket:[{inode}]";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
