namespace BgpSharp.VipAdvertiser;

/// <summary>Tasks that run beside the loop: each has an owner that hears of its failure and waits for its end.</summary>
internal sealed class OwnedTasks(Action<Exception> onFailure)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];

    public void Run(Func<Task> work)
    {
        lock (_gate)
        {
            // On the pool, so that the lock is not held while it begins.
            var task = Task.Run(() => GuardAsync(work));
            _running.Add(task);
            task.ContinueWith(Remove, TaskScheduler.Default);
        }
    }

    /// <summary>Waits until every task has ended.</summary>
    public Task EndAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_running);
        }
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // It was told to end.
        }
        catch (Exception e)
        {
            onFailure(e);
        }
    }

    private void Remove(Task task)
    {
        lock (_gate)
        {
            _running.Remove(task);
        }
    }
}
