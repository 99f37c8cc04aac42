using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser;

/// <summary>The least level that is logged, which a reload may change. The framework's own lines begin at Warning.</summary>
internal sealed class LogThreshold
{
    private volatile LogLevel _level;

    public LogLevel Level
    {
        get => _level;
        set => _level = value;
    }

    public bool Allows(string? category, LogLevel level) =>
        level >= Level && (level >= LogLevel.Warning || category?.StartsWith("Microsoft.", StringComparison.Ordinal) != true);
}
