using System.Net;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Sessions;

/// <summary>
/// The TCP-MD5 keys of the listeners. A key that cannot be had (an unreadable file, a kernel that refuses) is tried again
/// every second, and until then nothing is accepted from its peer: never unsigned by accident.
/// </summary>
internal sealed partial class ListenerKeys(SpeakerServices services, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly List<BgpListener> _listeners = [];
    private readonly Dictionary<IPAddress, BgpSecret> _passwords = [];
    private readonly Dictionary<IPAddress, string> _missing = [];
    private Task _retrying = Task.CompletedTask;

    public void Add(BgpListener listener)
    {
        lock (_lock)
        {
            _listeners.Add(listener);
            foreach (var peer in _passwords.Keys)
            {
                Apply(peer);
            }
        }
    }

    public void Remove(BgpListener listener)
    {
        lock (_lock)
        {
            _listeners.Remove(listener);
        }
    }

    /// <summary>Sets the password of a peer; null removes it.</summary>
    public void Set(IPAddress peer, BgpSecret? password)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_passwords.GetValueOrDefault(peer), password))
            {
                return;
            }

            if (password is null)
            {
                _passwords.Remove(peer);
            }
            else
            {
                _passwords[peer] = password;
            }

            Apply(peer);
        }
    }

    /// <summary>Whether the peer has a password that some listener does not hold.</summary>
    public bool IsMissing(IPAddress peer)
    {
        lock (_lock)
        {
            return _missing.ContainsKey(peer);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task retrying;
        lock (_lock)
        {
            _stopping.Cancel();
            retrying = _retrying;
        }

        await retrying.ConfigureAwait(false);
    }

    private void Apply(IPAddress peer)
    {
        try
        {
            foreach (var listener in _listeners)
            {
                listener.SetPassword(peer, _passwords.GetValueOrDefault(peer));
            }

            _missing.Remove(peer);
        }
        catch (Exception exception)
        {
            if (_missing.GetValueOrDefault(peer) != exception.Message)
            {
                LogKeyMissing(peer, exception.Message);
            }

            _missing[peer] = exception.Message;
            if (_retrying.IsCompleted && !_stopping.IsCancellationRequested)
            {
                _retrying = RetryAsync();
            }
        }
    }

    private async Task RetryAsync()
    {
        var left = true;
        while (left)
        {
            await Task.Delay(RetryInterval, services.Time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (_lock)
            {
                foreach (var peer in _missing.Keys.ToArray())
                {
                    Apply(peer);
                }

                left = _missing.Count > 0 && !_stopping.IsCancellationRequested;
            }
        }
    }

    [LoggerMessage(EventId = 1107, Level = LogLevel.Warning, Message = "Accepting nothing from {Peer} until its TCP-MD5 key can be set: {Cause}")]
    private partial void LogKeyMissing(IPAddress peer, string cause);
}
