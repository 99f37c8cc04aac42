namespace BgpSharp.VipAdvertiser;

/// <summary>What the process will exit with.</summary>
internal sealed class ExitStatus
{
    public const int Stopped = 0, Failed = 1, ConfigurationWrong = 2;

    public int Code { get; set; } = Stopped;
}
