namespace BgpSharp.Bfd;

/// <summary>Wakes a thread without a lock (eventfd).</summary>
internal sealed class WakeUp : IDisposable
{
    private readonly int _handle;
    private readonly ReaderWriterGate _gate = new();

    /// <param name="blocking">Whether <see cref="Take"/> waits.</param>
    public WakeUp(bool blocking)
    {
        _handle = LibC.EventHandle(0, LibC.CloseOnExec | (blocking ? 0 : LibC.NonBlocking));
        if (_handle < 0)
        {
            throw BfdSocketOptions.Error("BFD: no eventfd");
        }
    }

    public int Handle => _handle;

    public void Signal()
    {
        if (_gate.TryEnter())
        {
            _ = LibC.Write(_handle, 1UL, sizeof(ulong));
            _gate.Leave();
        }
    }

    /// <summary>Takes all signals so far.</summary>
    public void Take() => _ = LibC.Read(_handle, out _, sizeof(ulong));

    public void Dispose()
    {
        if (_gate.Close())
        {
            _ = LibC.Close(_handle);
        }
    }

    /// <summary>Keeps the handle open for whoever is writing to it, since its number would be another file's next.</summary>
    private sealed class ReaderWriterGate
    {
        private const int Closed = int.MinValue;
        private int _users;

        public bool TryEnter()
        {
            if (Interlocked.Increment(ref _users) > 0)
            {
                return true;
            }

            Interlocked.Decrement(ref _users);
            return false;
        }

        public void Leave() => Interlocked.Decrement(ref _users);

        public bool Close()
        {
            var spin = new SpinWait();
            while (true)
            {
                var users = Volatile.Read(ref _users);
                if (users < 0)
                {
                    return false;
                }

                if (users == 0 && Interlocked.CompareExchange(ref _users, Closed, 0) == 0)
                {
                    return true;
                }

                spin.SpinOnce();
            }
        }
    }
}
