using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Diagnostics;

/// <summary>A logger whose failures end no session: a full disk under a log must not take the routes down.</summary>
internal sealed class GuardedLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
        catch (Exception failure)
        {
            Report(failure);
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception failure)
        {
            Report(failure);
        }
    }

    // There is no better place to say that the place to say things is broken.
    private static void Report(Exception failure) => Trace.TraceError(failure.ToString());
}
