namespace BgpSharp.Interop.Harness;

/// <summary>Waits for an effect in a program that has only a command to ask with, no event to wait for.</summary>
internal static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until the answer is as wanted.</summary>
    /// <returns>That answer.</returns>
    /// <exception cref="TimeoutException">With the last answer, and what the describing function adds.</exception>
    public static async Task<T> UntilAsync<T>(
        Func<Task<T>> ask, Func<T, bool> wanted, string what, Func<string>? describe = null, TimeSpan? deadline = null)
    {
        using var limit = new Deadline(deadline);
        while (true)
        {
            var answer = await ask();
            if (wanted(answer))
            {
                return answer;
            }
            try
            {
                await Task.Delay(Interval, limit.Token);
            }
            catch (OperationCanceledException) when (limit.Passed)
            {
                throw new TimeoutException($"not within {limit.Limit.TotalSeconds} s: {what}; it was\n{answer}\n{describe?.Invoke()}");
            }
        }
    }
}
