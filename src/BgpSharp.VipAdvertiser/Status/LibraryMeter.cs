using System.Diagnostics.Metrics;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>
/// The counters of the library's meter, summed since the start of the process. It has to exist before the sessions do: what
/// happened before is not told again.
/// </summary>
internal sealed class LibraryMeter : IDisposable
{
    /// <summary>Peers choose some of the reasons, so their number has a limit: what is beyond it counts as <see cref="Other"/>.</summary>
    public const int MaximumSeries = 1000;

    public const string Other = "other";

    private const string Transitions = "bgp.session.transitions", Downs = "bgp.session.downs", Messages = "bgp.messages";

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Peer, string State), long> _transitions = [];
    private readonly Dictionary<(string Peer, string Reason), long> _downs = [];
    private readonly List<MessageCount> _messages = [];
    private readonly MeterListener _listener;

    public LibraryMeter(string meter)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == meter && instrument.Name is Transitions or Downs or Messages)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>(Measured);
        _listener.Start();
    }

    public LibraryCounts Read()
    {
        lock (_gate)
        {
            _messages.Clear();
            _listener.RecordObservableInstruments();
            return new LibraryCounts(
                [.. _transitions.Select(pair => (pair.Key.Peer, pair.Key.State, pair.Value))],
                [.. _downs.Select(pair => (pair.Key.Peer, pair.Key.Reason, pair.Value))],
                [.. _messages]);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Measured(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var peer = Find(tags, "network.peer.address");
        lock (_gate)
        {
            switch (instrument.Name)
            {
                case Transitions:
                    Add(_transitions, (peer, Find(tags, "bgp.session.state")), (peer, Other), value);
                    break;
                case Downs:
                    Add(_downs, (peer, Find(tags, "error.type")), (peer, Other), value);
                    break;
                default:
                    _messages.Add(new MessageCount(peer, Find(tags, "bgp.message.type"), Find(tags, "network.io.direction"), value));
                    break;
            }
        }
    }

    private static void Add(Dictionary<(string, string), long> counts, (string, string) key, (string, string) other, long value)
    {
        if (counts.Count >= MaximumSeries && !counts.ContainsKey(key))
        {
            key = other;
        }

        counts[key] = counts.GetValueOrDefault(key) + value;
    }

    private static string Find(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == name)
            {
                return tag.Value?.ToString() ?? "";
            }
        }

        return "";
    }
}
