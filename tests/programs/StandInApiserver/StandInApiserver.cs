using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace BgpSharp.Tests.StandIn;

/// <summary>
/// Stands for a kube-apiserver: HTTPS with a certificate of its own CA, and the ways in which one goes wrong, changed
/// while it runs. Every path is answered alike.
/// </summary>
public sealed class StandInApiserver : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Socket> _connections = [];
    private Socket? _listener;
    private StandInMode _mode;
    private int _accepted, _answered;

    /// <summary>Listens at once, unless the mode is <see cref="StandInMode.Closed"/>.</summary>
    /// <param name="address">The only one it listens on; IPv6 any is both families.</param>
    /// <param name="certificate">Null: plain HTTP.</param>
    /// <param name="port">0: one that is free.</param>
    /// <param name="mode">How it behaves.</param>
    public StandInApiserver(IPAddress address, X509Certificate2? certificate, int port = 0, StandInMode mode = StandInMode.Ok)
    {
        Certificate = certificate;
        EndPoint = new IPEndPoint(address, port);
        Mode = mode;
    }

    public IPEndPoint EndPoint { get; private set; }

    /// <summary>The connections made from now on have it.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Whoever has no certificate of this CA is turned away.</summary>
    public StandInAuthority? ClientAuthority { get; set; }

    /// <summary>The Authorization header of the last request.</summary>
    public string? Authorization { get; private set; }

    /// <summary>The path and query of the last request.</summary>
    public string? Asked { get; private set; }

    /// <summary>Connections so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Answers so far.</summary>
    public int Answered => Volatile.Read(ref _answered);

    public StandInMode Mode
    {
        get => _mode;
        set
        {
            _mode = value;
            if (value == StandInMode.Closed)
            {
                Interlocked.Exchange(ref _listener, null)?.Dispose();
            }
            else if (_listener is null)
            {
                Listen();
            }
        }
    }

    /// <summary>Ends the connections that are open, as the end of the process does.</summary>
    public void Disconnect()
    {
        lock (_gate)
        {
            foreach (var connection in _connections)
            {
                connection.Close(0);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        Mode = StandInMode.Closed;
        Disconnect();
        _ending.Dispose();
    }

    private void Listen()
    {
        var listener = new Socket(EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (EndPoint.AddressFamily == AddressFamily.InterNetworkV6)
        {
            listener.DualMode = EndPoint.Address.Equals(IPAddress.IPv6Any);
        }

        listener.Bind(EndPoint);
        listener.Listen();
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
        _listener = listener;
        _ = AcceptAsync(listener, _ending.Token);
    }

    private async Task AcceptAsync(Socket listener, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                var connection = await listener.AcceptAsync(ended);
                Interlocked.Increment(ref _accepted);
                lock (_gate)
                {
                    _connections.Add(connection);
                }

                _ = ServeAsync(connection, ended);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The listener was closed.
        }
    }

    private async Task ServeAsync(Socket connection, CancellationToken ended)
    {
        try
        {
            await using var stream = await SecureAsync(new NetworkStream(connection, ownsSocket: true), ended);
            while (await ReadRequestAsync(stream, ended) && await AnswerAsync(stream, ended))
            {
                Interlocked.Increment(ref _answered);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The other end went away, or was turned away.
        }
        finally
        {
            connection.Dispose();
            lock (_gate)
            {
                _connections.Remove(connection);
            }
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream plain, CancellationToken ended)
    {
        await WhileHangingAsync(ended);
        if (Certificate is not { } certificate)
        {
            return plain;
        }

        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
                ClientCertificateRequired = ClientAuthority is not null,
                RemoteCertificateValidationCallback = (_, client, _, _) => ClientAuthority is not { } authority || IsOf(authority, client),
            },
            ended);
        return secure;
    }

    private static bool IsOf(StandInAuthority authority, X509Certificate? client)
    {
        if (client is null)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority.Certificate);
        return chain.Build((X509Certificate2)client);
    }

    /// <summary>One request without a body; false at the end of the connection.</summary>
    private async Task<bool> ReadRequestAsync(Stream stream, CancellationToken ended)
    {
        var head = new List<byte>();
        var buffer = new byte[1];
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (head.Count > 16 * 1024 || await stream.ReadAsync(buffer, ended) == 0)
            {
                return false;
            }

            head.Add(buffer[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n");
        Asked = lines[0].Split(' ')[1];
        Authorization = lines.FirstOrDefault(line => line.StartsWith("Authorization: ", StringComparison.OrdinalIgnoreCase))?["Authorization: ".Length..];
        return true;
    }

    /// <summary>False when the connection is to be closed.</summary>
    private async Task<bool> AnswerAsync(Stream stream, CancellationToken ended)
    {
        await WhileHangingAsync(ended);
        var (status, body) = (Mode, Asked) switch
        {
            (StandInMode.Unready, _) => ("500 Internal Server Error", "[+]ping ok\n[-]poststarthook/rbac/bootstrap-roles failed: reason withheld\nreadyz check failed\n"),
            (StandInMode.EtcdFails, { } asked) when !asked.Contains("exclude=etcd", StringComparison.Ordinal) =>
                ("500 Internal Server Error", "[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed\n"),
            (StandInMode.Unauthorized, _) => ("401 Unauthorized", "Unauthorized"),
            (StandInMode.Forbidden, _) => ("403 Forbidden", "Forbidden"),
            (StandInMode.Redirect, not "/elsewhere") => ("302 Found\r\nLocation: /elsewhere", string.Empty),
            _ => ("200 OK", "ok"),
        };
        if (Mode == StandInMode.CloseUnanswered)
        {
            return false;
        }

        var cut = Mode == StandInMode.HangInBody;
        var length = cut ? body.Length + 1 : body.Length;
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{body}"), ended);
        if (cut)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, ended);
        }

        return true;
    }

    /// <summary>Who came while it hangs is never answered.</summary>
    private Task WhileHangingAsync(CancellationToken ended) =>
        Mode == StandInMode.Hang ? Task.Delay(Timeout.InfiniteTimeSpan, ended) : Task.CompletedTask;
}
