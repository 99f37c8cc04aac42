using System.Net;
using System.Net.Sockets;
using BgpSharp.VipAdvertiser.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>
/// HTTP/1.1 for scrapers and kubelets: one request a connection, GET and HEAD, everything bounded. A port that is taken is
/// tried again until it is free, as it is in a swap with kube-vip. Which option says where it listens is a parameter: kube-vip
/// has a port of its own for /healthz.
/// </summary>
internal sealed partial class HttpServer(
    Func<AdvertiserOptions, IPEndPoint?> where, AdvertiserOptions options, IHostControl host, StatusPages pages, TimeProvider time, ILogger<HttpServer> logger) : IHostedService, IDisposable
{
    public const int MaximumHead = 8 * 1024;
    public const int MaximumClients = 32;

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    private readonly Lock _gate = new();
    private TaskCompletionSource<IPEndPoint> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _ending = new();
    private IPEndPoint? _endPoint;
    private Task _serving = Task.CompletedTask;
    private volatile ClientPool? _clients;
    private bool _stopped;

    /// <summary>Where it listens, as soon as it does.</summary>
    public Task<IPEndPoint> Listening => _listening.Task;

    public int Clients => _clients?.Count ?? 0;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        host.Reconfigured += Reconfigure;
        Reconfigure(options);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        host.Reconfigured -= Reconfigure;
        Task serving;
        lock (_gate)
        {
            _stopped = true;
            _ending.Cancel();
            serving = _serving;
        }

        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _ending.Dispose();

    private void Reconfigure(AdvertiserOptions next)
    {
        lock (_gate)
        {
            if (_stopped || Equals(where(next), _endPoint))
            {
                return;
            }

            _ending.Cancel();
            _ending = new CancellationTokenSource();
            _listening = new TaskCompletionSource<IPEndPoint>(TaskCreationOptions.RunContinuationsAsynchronously);
            _endPoint = where(next);
            var (before, listening, ended) = (_serving, _listening, _ending.Token);
            _serving = _endPoint is { } endPoint ? Task.Run(() => RunAsync(before, endPoint, listening, ended), CancellationToken.None) : before;
        }
    }

    private async Task RunAsync(Task before, IPEndPoint endPoint, TaskCompletionSource<IPEndPoint> listening, CancellationToken ended)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var listener = await ListenAsync(endPoint, ended);
        var local = (IPEndPoint)listener.LocalEndPoint!;
        LogListening(local);
        listening.SetResult(local);
        var clients = new ClientPool(MaximumClients, Patience, time, LogDefect);
        _clients = clients;
        await clients.ServeAsync(listener, ServeAsync, ended);
    }

    private async Task<Socket> ListenAsync(IPEndPoint endPoint, CancellationToken ended)
    {
        string? said = null;
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                return Open(endPoint);
            }
            catch (SocketException e)
            {
                if (said != e.Message)
                {
                    LogNotListening(endPoint, e.Message);
                    said = e.Message;
                }
            }

            await Task.Delay(wait, time, ended);
        }
    }

    /// <summary>The IPv6 wildcard takes IPv4 clients too, and where the kernel has no IPv6 it is the IPv4 one.</summary>
    private static Socket Open(IPEndPoint endPoint)
    {
        if (endPoint.Address.Equals(IPAddress.IPv6Any) && !Socket.OSSupportsIPv6)
        {
            endPoint = new IPEndPoint(IPAddress.Any, endPoint.Port);
        }

        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = endPoint.Address.Equals(IPAddress.IPv6Any);
            }

            socket.Bind(endPoint);
            socket.Listen(MaximumClients);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task ServeAsync(ServedClient client)
    {
        var head = await BoundedRead.UntilAsync(client.Socket, HeadEnd, MaximumHead, client.Ended);
        client.Asked();
        var request = head is { } octets ? HttpRequest.Parse(octets.Span) : null;
        var reply = request is null
            ? HttpReply.Text(400, $"not an HTTP/1.1 request with a head of at most {MaximumHead} octets\n")
            : await pages.AnswerAsync(request, AddressOf(client.Socket), client.Ended);
        client.Answering();
        await BoundedRead.SendAllAsync(client.Socket, reply.ToOctets(withBody: request?.Method != "HEAD"), client.Ended);
        await BoundedRead.DrainAsync(client.Socket, MaximumHead, client.Ended);
    }

    private static IPAddress AddressOf(Socket socket) =>
        ((IPEndPoint)socket.RemoteEndPoint!).Address is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : ((IPEndPoint)socket.RemoteEndPoint!).Address;
}
