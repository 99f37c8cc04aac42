namespace BgpSharp.Yardstick.Sessions;

/// <summary>Collects when an announcement came to each of the peers.</summary>
internal sealed class Rounds
{
    private readonly Lock _lock = new();
    private List<long> _arrivals = [];
    private TaskCompletionSource<long[]> _round = New();

    /// <summary>How many there are.</summary>
    public int Peers { get; set; }

    public void Arrived(long at)
    {
        lock (_lock)
        {
            _arrivals.Add(at);
            if (_arrivals.Count == Peers)
            {
                _round.SetResult([.. _arrivals]);
                _arrivals = [];
            }
        }
    }

    /// <summary>Waits until all have it.</summary>
    public async Task<long[]> NextAsync()
    {
        var arrivals = await _round.Task.WaitAsync(Setting.Patience);
        lock (_lock)
        {
            _round = New();
        }

        return arrivals;
    }

    private static TaskCompletionSource<long[]> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
