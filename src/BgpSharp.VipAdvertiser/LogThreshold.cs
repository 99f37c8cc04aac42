using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser;

/// <summary>The least level that is logged, which a reload may change.</summary>
internal sealed class LogThreshold
{
    private volatile LogLevel _level;

    public LogLevel Level
    {
        get => _level;
        set => _level = value;
    }

    public bool Allows(LogLevel level) => level >= Level && level != LogLevel.None;
}
