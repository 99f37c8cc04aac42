using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BgpSharp.Tests.VipAdvertiser.Health;

/// <summary>A server on loopback that answers each request with the text it was told, whatever that is.</summary>
internal sealed class ScriptedHttp : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Task _serving;
    private int _accepted;

    public ScriptedHttp(string answer)
    {
        Answer = _ => answer;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _serving = ServeAsync();
    }

    /// <summary>From the number of the request, from 1 on.</summary>
    public Func<int, string> Answer { get; set; }

    /// <summary>The connection ends after each answer.</summary>
    public bool Closes { get; set; }

    /// <summary>The request with this number is met with the end of the connection.</summary>
    public int Dropped { get; set; }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public string Url => $"http://127.0.0.1:{Port}/healthz";

    public int Accepted => Volatile.Read(ref _accepted);

    public IReadOnlyList<string> Requests => [.. _requests];

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
                clients.Add(ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var stream = new NetworkStream(client, ownsSocket: true);
        try
        {
            while (await ReadRequestAsync(stream) is { } request)
            {
                _requests.Enqueue(request);
                if (Dropped == _requests.Count)
                {
                    break;
                }

                await stream.WriteAsync(Encoding.Latin1.GetBytes(Answer(_requests.Count)), _ending.Token);
                if (Closes)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The check has enough, or the test is over.
        }
    }

    private async Task<string?> ReadRequestAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        var octet = new byte[1];
        while (request.Length < 4096 && await stream.ReadAsync(octet, _ending.Token) > 0)
        {
            request.Append((char)octet[0]);
            if (request.Length >= 4 && request.ToString(request.Length - 4, 4) == "\r\n\r\n")
            {
                return request.ToString();
            }
        }

        return null;
    }
}
