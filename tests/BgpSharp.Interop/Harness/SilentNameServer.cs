using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Interop.Harness;

/// <summary>A name server on a master that hears questions and never answers, and a resolver that waits for it for minutes.</summary>
internal sealed class SilentNameServer : IDisposable
{
    private readonly Socket _socket;
    private readonly string _servers;

    private SilentNameServer(Socket socket, string servers) => (_socket, _servers) = (socket, servers);

    public static async Task<SilentNameServer> StartAsync(Lab lab, int master)
    {
        var servers = $"{lab.RunDirectory}/resolv.conf";
        await File.WriteAllTextAsync(servers, "nameserver 127.0.0.1\noptions timeout:30 attempts:5\n", TestContext.Current.CancellationToken);
        var socket = NetNs.Run(lab.MasterNs(master), () => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 53));
        return new(socket, servers);
    }

    /// <summary>A command whose names are asked of it: "ip netns exec" has given the program mounts of its own already.</summary>
    public IReadOnlyList<string> AskedBy(params IEnumerable<string> command) =>
        ["sh", "-c", """mount --bind "$0" /etc/resolv.conf && exec "$@" """, _servers, .. command];

    public async Task WaitForQuestionAsync()
    {
        using var limit = new Deadline();
        await _socket.ReceiveAsync(new byte[512], limit.Token);
    }

    public void Dispose() => _socket.Dispose();
}
