namespace BgpSharp.Simulation;

/// <summary>Virtual time: what is to happen, in order; at one moment in the order it was asked for.</summary>
internal sealed class SimClock
{
    private readonly PriorityQueue<Action, (TimeSpan At, long Number)> _events = new();
    private long _number;

    public TimeSpan Now { get; private set; }

    public int Pending => _events.Count;

    public void At(TimeSpan at, Action action) => _events.Enqueue(action, (at > Now ? at : Now, ++_number));

    public void After(TimeSpan delay, Action action) => At(Now + delay, action);

    public void RunUntil(TimeSpan end)
    {
        while (_events.TryPeek(out var action, out var key) && key.At <= end)
        {
            _events.Dequeue();
            Now = key.At;
            action();
        }

        Now = end;
    }
}
