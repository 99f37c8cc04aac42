namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The columns and lines of a terminal.</summary>
internal readonly record struct TerminalSize(int Columns, int Lines)
{
    /// <summary>Of the terminal at standard output; null: there is none, or none that can move its cursor.</summary>
    public static TerminalSize? OfOutput() => Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb"
        ? null
        : new TerminalSize(Console.WindowWidth, Console.WindowHeight);
}
