namespace BgpSharp.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    public const int Fine = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    /// <summary>As a shell reports a program that SIGINT ended.</summary>
    public const int Interrupted = 130;
}
