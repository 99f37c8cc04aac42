namespace BgpSharp.VipAdvertiser.Health;

/// <summary>When the next check is due: the interval, longer or shorter by chance, so that many nodes do not ask in step.</summary>
/// <param name="interval">Between the starts of two checks, on average.</param>
/// <param name="jitter">The part of the interval by which it differs at most.</param>
/// <param name="chance">0 to 1.</param>
internal sealed class ProbeSchedule(TimeSpan interval, double jitter, Func<double> chance)
{
    public TimeSpan Next() => interval * (1 + (jitter * ((2 * chance()) - 1)));
}
