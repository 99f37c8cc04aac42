using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>
/// The control socket: one request a connection, a line of JSON each way, for root only. It is there before the sessions and
/// until after them, so that a drain can be asked for, and watched, at any time.
/// </summary>
internal sealed partial class ControlServer : IHostedService, IDisposable
{
    public const int MaximumRequest = 4096;
    private const int MaximumClients = 16, Backlog = 128;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    private readonly string _name;
    private readonly IHostControl _host;
    private readonly TimeProvider _time;
    private readonly ILogger<ControlServer> _logger;
    private readonly Func<Socket, (bool Trusted, uint User)> _identify;
    private readonly ClientPool _clients;
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private Socket? _listener;
    private Task _serving = Task.CompletedTask;
    private long? _lastRefusal;

    public ControlServer(
        string name, IHostControl host, TimeProvider time, ILogger<ControlServer> logger, Func<Socket, (bool Trusted, uint User)>? identify = null)
    {
        (_name, _host, _time, _logger) = (name, host, time, logger);
        _identify = identify ?? (static socket => (PeerCredentials.IsTrusted(socket, out var user), user));
        _clients = new ClientPool(MaximumClients, Patience, time, LogDefect);
    }

    public int Clients => _clients.Count;

    /// <summary>Takes the name.</summary>
    /// <returns>False: another host runs here, which the log says.</returns>
    public async Task<bool> TryListenAsync()
    {
        var listener = ControlAddress.Open();
        try
        {
            listener.Bind(ControlAddress.Of(_name));
            listener.Listen(Backlog);
            _listener = listener;
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            listener.Dispose();
            if (await FindStrangerAsync() is { } stranger)
            {
                // Anybody can take an abstract name; that must not keep the VIP from being announced.
                LogNameTaken(_name, stranger);
                return true;
            }

            LogAlreadyRunning(_name);
            return false;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_listener is { } listener)
        {
            _serving = Task.Run(() => _clients.ServeAsync(listener, ServeAsync, _ending.Token), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener?.Dispose();
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _ending.Dispose();
    }

    /// <summary>Who holds the name, when that is neither root nor our own user.</summary>
    private async Task<uint?> FindStrangerAsync()
    {
        using var limit = new CancellationTokenSource(Patience, _time);
        try
        {
            using var socket = await ControlAddress.ConnectAsync(_name, limit.Token);
            return _identify(socket) is (false, var user) ? user : null;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task ServeAsync(ServedClient client)
    {
        if (_identify(client.Socket) is (false, var user))
        {
            Refuse(user);
            return;
        }

        var line = await BoundedRead.UntilAsync(client.Socket, LineEnd, MaximumRequest, client.Ended);
        client.Asked();
        var reply = line is { } request
            ? await AnswerAsync(request, client.Ended)
            : ControlReply.Refuse($"a request is one line of at most {MaximumRequest} octets");
        client.Answering();
        await BoundedRead.SendAllAsync(client.Socket, JsonSerializer.SerializeToUtf8Bytes(reply, HostJson.Default.ControlReply), client.Ended);
        await BoundedRead.SendAllAsync(client.Socket, LineEnd, client.Ended);
        await BoundedRead.DrainAsync(client.Socket, MaximumRequest, client.Ended);
    }

    private async Task<ControlReply> AnswerAsync(ReadOnlyMemory<byte> line, CancellationToken ended)
    {
        try
        {
            var request = JsonSerializer.Deserialize(line.Span, HostJson.Default.ControlRequest);
            IReadOnlyList<string> problems = [];
            switch (request?.Command)
            {
                case ControlRequest.Status:
                    break;
                case ControlRequest.Drain:
                    LogDrainAsked(request.Message ?? "without a message of its own");
                    await _host.DrainAsync(request.Message, ended);
                    break;
                case ControlRequest.Undrain:
                    await _host.UndoDrainAsync(ended);
                    break;
                case ControlRequest.Reload:
                    problems = await _host.ReloadAsync(ended);
                    break;
                case ControlRequest.Dump:
                    return _host.RecordingOf(request.Peer ?? string.Empty) is { } recording
                        ? new ControlReply(null, [], null) { Recording = recording }
                        : ControlReply.Refuse($"peer is '{request.Peer}'; allowed: the address of a peer");
                default:
                    return ControlReply.Refuse(
                        $"command is '{request?.Command}'; allowed: {ControlRequest.Status}, {ControlRequest.Drain}, {ControlRequest.Undrain}, {ControlRequest.Reload}, {ControlRequest.Dump}");
            }

            return new ControlReply(problems.Count > 0 ? "the configuration is refused, the old one goes on" : null, problems, _host.Status);
        }
        catch (JsonException e)
        {
            return ControlReply.Refuse($"the request is not understood: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            return ControlReply.Refuse("the host is stopping");
        }
    }

    private void Refuse(uint user)
    {
        lock (_gate)
        {
            if (_lastRefusal is { } last && _time.GetElapsedTime(last) < BetweenLines)
            {
                return;
            }

            _lastRefusal = _time.GetTimestamp();
        }

        LogRefused(user);
    }
}
