namespace BgpSharp.VipAdvertiser;

/// <summary>Hears of each entry of the log, in the thread that logs: it must not wait for anything.</summary>
internal interface ILogListener
{
    void Add(DateTimeOffset time, in LogEntry entry);
}
