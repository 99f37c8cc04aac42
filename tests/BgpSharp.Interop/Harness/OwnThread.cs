using System.Runtime.ExceptionServices;

namespace BgpSharp.Interop.Harness;

/// <summary>
/// A thread for a short synchronous action that changes what the thread may do or where it is, and ends with it. Nothing asynchronous
/// may start in it: a pool thread made there would keep the change.
/// </summary>
internal static class OwnThread
{
    public static T Run<T>(string name, Func<T> action)
    {
        T result = default!;
        ExceptionDispatchInfo? error = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = action();
            }
            catch (Exception e)
            {
                error = ExceptionDispatchInfo.Capture(e);
            }
        })
        { IsBackground = true, Name = name };
        thread.Start();
        thread.Join();
        error?.Throw();
        return result;
    }
}
