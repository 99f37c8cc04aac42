using Microsoft.Extensions.Logging;

namespace BgpSharp.Bfd;

/// <summary>
/// Tells others what the loop found, on a thread of its own: the loop waits for nobody. What is in between is a ring of one writer
/// and one reader.
/// </summary>
internal sealed partial class BfdNotifier(ILogger logger) : IDisposable
{
    private const int Capacity = 256;
    private const int StackLength = 256 * 1024;

    private readonly ILogger _logger = logger;
    private readonly Entry[] _ring = new Entry[Capacity];
    private readonly WakeUp _wakeUp = new(blocking: true);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _written;
    private long _read;
    private volatile bool _isStopping;

    private enum Kind
    {
        Changed,
        Closed,
        Priority,
        Alone,
        Fault,
    }

    public void Start() => new Thread(Run, StackLength) { IsBackground = true, Name = "BFD events" }.Start();

    public Task StopAsync()
    {
        _isStopping = true;
        _wakeUp.Signal();
        return _ended.Task;
    }

    public void Dispose() => _wakeUp.Dispose();

    /// <summary>The loop's: false when there is no room, and it has to come again.</summary>
    public bool TryReportChange(BfdSlot slot) => TryAdd(new Entry(Kind.Changed, slot, slot.Machine, 0, null));

    /// <summary>The loop's: it has let go of the slot.</summary>
    public bool TryReportClosed(BfdSlot slot) => TryAdd(new Entry(Kind.Closed, slot, slot.Machine, 0, null));

    /// <summary>The loop's: 0, or the error that keeps it from real-time priority.</summary>
    public void ReportPriority(int error) => TryAdd(new Entry(Kind.Priority, null, default, error, null));

    /// <summary>The loop's: the kernel does not send for the slot any more, for this error.</summary>
    public bool TryReportAlone(BfdSlot slot, int error) => TryAdd(new Entry(Kind.Alone, slot, slot.Machine, error, null));

    /// <summary>The loop's last words.</summary>
    public void ReportFault(Exception exception) => TryAdd(new Entry(Kind.Fault, null, default, 0, exception));

    /// <summary>Anybody's: there is no io_uring for us.</summary>
    public void TellNotAhead(int error)
    {
        var cause = System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error);
        LogNotAhead(cause);
    }

    private bool TryAdd(in Entry entry)
    {
        var written = _written;
        if (written - Volatile.Read(ref _read) == Capacity)
        {
            return false;
        }

        _ring[written % Capacity] = entry;
        Volatile.Write(ref _written, written + 1);
        _wakeUp.Signal();
        return true;
    }

    private void Run()
    {
        while (true)
        {
            while (_read < Volatile.Read(ref _written))
            {
                var entry = _ring[_read % Capacity];
                Volatile.Write(ref _read, _read + 1);
                try
                {
                    Tell(entry);
                }
                catch (Exception exception)
                {
                    LogCallbackFaulted(exception, entry.Slot?.Session.ToString() ?? "-");
                }
            }

            if (_isStopping)
            {
                _ended.SetResult();
                return;
            }

            _wakeUp.Take();
        }
    }

    private void Tell(in Entry entry)
    {
        switch (entry.Kind)
        {
            case Kind.Changed:
                var session = entry.Slot!.Session;
                var status = new BfdSessionStatus(entry.State);
                if (session.Lines.IsDue(out _, out var leftOut))
                {
                    if (leftOut > 0)
                    {
                        LogLeftOut(session.Address, leftOut);
                    }

                    LogChanged(session.Address, status);
                }

                var isSlowed = status is { IsSlowed: true, State: BfdState.Up };
                if (isSlowed && !session.IsToldSlowed)
                {
                    LogSlowed(session.Address, status);
                }

                session.IsToldSlowed = isSlowed;
                session.Report(status);
                break;
            case Kind.Closed:
                entry.Slot!.CompleteClosing();
                break;
            case Kind.Priority when entry.Error != 0:
                LogNoPriority(System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(entry.Error));
                break;
            case Kind.Alone:
                LogAlone(entry.Slot!.Session.Address, System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(entry.Error));
                break;
            case Kind.Fault:
                LogFault(entry.Exception!);
                break;
        }
    }

    private readonly record struct Entry(Kind Kind, BfdSlot? Slot, BfdMachineState State, int Error, Exception? Exception);
}
