using BgpSharp.VipAdvertiser;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Tests.VipAdvertiser;

public sealed class LogThresholdTests
{
    [Theory]
    [InlineData("BgpSharp.Sessions.PeerDriver", LogLevel.Debug, false)]
    [InlineData("BgpSharp.Sessions.PeerDriver", LogLevel.Information, true)]
    [InlineData("Microsoft.Hosting.Lifetime", LogLevel.Information, false)]
    [InlineData("Microsoft.Hosting.Lifetime", LogLevel.Warning, true)]
    public void What_is_logged_depends_on_the_level_and_on_who_says_it(string category, LogLevel level, bool allowed) =>
        new LogThreshold { Level = LogLevel.Information }.Allows(category, level).Should().Be(allowed);

    [Fact]
    public void Another_level_counts_for_loggers_that_are_there_already()
    {
        var threshold = new LogThreshold { Level = LogLevel.Information };
        var lines = new List<string>();
        using var factory = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(LogLevel.Trace).AddFilter(threshold.Allows).AddProvider(new ListProvider(lines)));
        var logger = factory.CreateLogger("BgpSharp");

        Say(logger, "before");
        threshold.Level = LogLevel.Debug;
        Say(logger, "after");

        lines.Should().Equal("after");
    }

    private static void Say(ILogger logger, string text) => logger.Log(LogLevel.Debug, default, text, null, (state, _) => state);

    private sealed class ListProvider(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
