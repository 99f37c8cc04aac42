using System.Threading.Channels;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>When to look again.</summary>
internal sealed partial class VipAddresses
{
    /// <summary>How soon something that is missing is tried again though no event says that it could succeed.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _ending = new();
    private readonly ITimer _retry;
    private Task? _watching;
    private bool _renewsFailed;

    public async Task WaitForChangeAsync(CancellationToken cancellationToken) => await _changes.Reader.ReadAsync(cancellationToken);

    public void Dispose()
    {
        _ending.Cancel();
        _retry.Dispose();
    }

    private void StartWatching()
    {
        // What was to be looked at is looked at now.
        _changes.Reader.TryRead(out _);
        if (_watching is null)
        {
            _events.Watch(AddressInterest.None);
            _watching = Task.Run(WatchAsync);
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await _events.WaitAsync(_ending.Token);
                if (DiffersFromWanted())
                {
                    _changes.Writer.TryWrite(true);
                }
            }
        }
        catch (Exception e)
        {
            // Whoever waits has to know; after the end nobody does.
            _changes.Writer.TryComplete(e);
        }
    }

    /// <summary>Most events are echoes of what this program did itself, and leave nothing to do.</summary>
    private bool DiffersFromWanted()
    {
        lock (_gate)
        {
            try
            {
                var survey = Survey();
                return AddressPlan.Make(survey.Wanted, survey.Unknown, survey.Present, _mark, _takesOver, renewsFailed: false).Any(step => step.IsChange)
                    || !survey.InPlace(_inPlace).SequenceEqual(_inPlace)
                    || _said.Any(said => survey.WhyMissing(said.Key) is { } reason && reason != said.Value);
            }
            catch (NetlinkException)
            {
                return true; // The next Set runs into it too, and says so.
            }
        }
    }

    private void Retry()
    {
        lock (_gate)
        {
            _renewsFailed = true;
        }

        _changes.Writer.TryWrite(true);
    }

    private void RetryUnless(bool complete) => _retry.Change(complete ? Timeout.InfiniteTimeSpan : RetryInterval, Timeout.InfiniteTimeSpan);
}
