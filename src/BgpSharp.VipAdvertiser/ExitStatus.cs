using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser;

/// <summary>What the process will exit with.</summary>
internal sealed class ExitStatus
{
    public const int Stopped = 0, Failed = 1, ConfigurationWrong = 2;

    /// <summary>In a static pod: long enough for the line to be read before the next, shorter than the back-off that would hide it.</summary>
    private static readonly TimeSpan KubeletPatience = TimeSpan.FromSeconds(5);

    public int Code { get; set; } = Stopped;

    /// <summary>How much longer a process lives that will be started again with the same result.</summary>
    public static TimeSpan Patience(HostCommand command, int code) =>
        (command, code) == (HostCommand.Manager, ConfigurationWrong) ? KubeletPatience : TimeSpan.Zero;
}
