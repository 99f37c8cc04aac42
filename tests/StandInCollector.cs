using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace BgpSharp.TestRun;

/// <summary>A server in the place of an OTLP collector: it keeps what is posted to it, and answers as it is told.</summary>
internal sealed class StandInCollector : IAsyncDisposable
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

    private readonly Socket _listener;
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _ending = new();
    private readonly List<CollectorRequest> _requests = [];
    private readonly Task _serving;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _accepted;

    /// <param name="listener">Listens already; null: one on loopback.</param>
    /// <param name="certificate">For https; null: http.</param>
    public StandInCollector(Socket? listener = null, X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener = listener ?? Listen(0);
        _serving = ServeAsync();
    }

    /// <summary>Whole answers; null: none, and the connection stays open; empty: it is closed.</summary>
    public Func<CollectorRequest, string?> Answer { get; set; } = _ => Ok;

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public string Url => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}";

    public int Accepted => Volatile.Read(ref _accepted);

    public IReadOnlyList<CollectorRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public static Socket Listen(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        socket.Listen();
        return socket;
    }

    public static string Status(int code, string headers = "", string body = "") =>
        $"HTTP/1.1 {code} Told so\r\nContent-Type: application/json\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    /// <summary>Waits for the request with this number, from 1 on, among those that fit.</summary>
    public async Task<CollectorRequest> WaitAsync(Func<CollectorRequest, bool> fits, int number = 1)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            Task changed;
            lock (_requests)
            {
                changed = _changed.Task;
            }

            if (Requests.Where(fits).Skip(number - 1).FirstOrDefault() is { } found)
            {
                return found;
            }

            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"no such request came to the collector; it has {string.Join(", ", Requests.Select(request => request.Path))}");
            }
        }
    }

    public Task<CollectorRequest> WaitAsync(string path, int number = 1) => WaitAsync(request => request.Path == path, number);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _serving;
        _ending.Dispose();
    }

    private async Task ServeAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync(_ending.Token);
                Interlocked.Increment(ref _accepted);
                clients.Add(Task.Run(() => ServeAsync(client)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var network = new NetworkStream(client, ownsSocket: true);
        try
        {
            await using var stream = await SecureAsync(network);
            while (await ReadAsync(stream) is { } request)
            {
                var answer = Answer(request);
                lock (_requests)
                {
                    _requests.Add(request);
                    (_changed, var changed) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), _changed);
                    changed.SetResult();
                }

                if (answer is null)
                {
                    await Task.Delay(Timeout.Infinite, _ending.Token);
                }
                else if (answer.Length == 0)
                {
                    return;
                }

                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer!), _ending.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The exporter has enough, or the test is over.
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream network)
    {
        if (_certificate is null)
        {
            return network;
        }

        var secure = new SslStream(network);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _ending.Token);
        return secure;
    }

    private async Task<CollectorRequest?> ReadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var octet = new byte[1];
        while (!(head.Length >= 4 && head.ToString(head.Length - 4, 4) == "\r\n\r\n"))
        {
            if (head.Length > 8192 || await stream.ReadAsync(octet, _ending.Token) == 0)
            {
                return null;
            }

            head.Append((char)octet[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers["Content-Length"], System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _ending.Token);
        return new CollectorRequest(lines[0].Split(' ')[0], lines[0].Split(' ')[1], headers, JsonDocument.Parse(body).RootElement);
    }
}
