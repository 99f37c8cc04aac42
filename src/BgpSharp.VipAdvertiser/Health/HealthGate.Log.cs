using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Health;

internal sealed partial class HealthGate
{
    [LoggerMessage(2070, LogLevel.Warning, "Fail-static: the check here fails, the VIPs stay announced for {MaxSeconds} s at most, because every sibling fails its own check: {Evidence}")]
    private partial void LogHoldBegun(double maxSeconds, string evidence);

    [LoggerMessage(2071, LogLevel.Warning, "Fail-static ends: a sibling does not fail its check, there is another path")]
    private partial void LogHoldOtherPath();

    [LoggerMessage(2072, LogLevel.Warning, "Fail-static ends: {MaxSeconds} s are over")]
    private partial void LogHoldTooLong(double maxSeconds);

    [LoggerMessage(2073, LogLevel.Information, "Fail-static ends: the check here succeeds again")]
    private partial void LogHoldRecovered();
}
