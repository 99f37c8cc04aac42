using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Otlp;

/// <summary>Metrics or logs: whether the collector takes them, and how long to leave it alone when it does not.</summary>
/// <param name="name">For messages.</param>
/// <param name="uri">Where they go.</param>
/// <param name="chance">From 0 to 1, so that the hosts of a cluster do not come back all at once.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">For changes, each said once.</param>
internal sealed partial class OtlpSignal(string name, Uri uri, Func<double> chance, TimeProvider time, ILogger logger)
{
    /// <summary>A collector that asks for more would never be asked again.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromMinutes(1);

    private const double Jitter = 0.2;

    /// <summary>Kinds of trouble that are said before it is over.</summary>
    private const int MostSaid = 16;

    private readonly HashSet<string> _said = [];
    private TimeSpan _wait;

    public Uri Uri => uri;

    /// <summary>The last request is to be sent again.</summary>
    public bool IsFailing { get; private set; }

    /// <summary>When it may be tried again, as <see cref="TimeProvider.GetElapsedTime(long)"/> of 0 has it.</summary>
    public TimeSpan NotBefore { get; private set; }

    public void Note(OtlpOutcome outcome)
    {
        IsFailing = outcome.Verdict == OtlpVerdict.Later;
        _wait = !IsFailing ? TimeSpan.Zero : _wait == TimeSpan.Zero ? FirstWait : _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
        NotBefore = !IsFailing ? TimeSpan.Zero : time.GetElapsedTime(0) + Wait(outcome.RetryAfter);
        if (outcome.Kind is null)
        {
            if (_said.Count > 0)
            {
                LogAgain(name, uri);
                _said.Clear();
            }
        }
        else if (_said.Count < MostSaid && _said.Add(outcome.Kind))
        {
            if (IsFailing)
            {
                LogNotTaken(name, uri, outcome.Problem);
            }
            else if (outcome.Verdict == OtlpVerdict.Accepted)
            {
                LogTaken(name, uri, outcome.Problem);
            }
            else
            {
                LogRefused(name, uri, outcome.Problem);
            }
        }
    }

    private TimeSpan Wait(TimeSpan? asked) => asked is { } wanted
        ? (wanted < LongestAsked ? wanted : LongestAsked)
        : _wait * (1 - Jitter + (2 * Jitter * chance()));
}
