using System.Net.Sockets;
using System.Text;

namespace BgpSharp.VipAdvertiser.Systemd;

/// <summary>Tells the service manager about the host (sd_notify(3)): datagrams to the socket that it names.</summary>
internal sealed class ServiceNotifier : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    private readonly UnixDomainSocketEndPoint _manager;

    private ServiceNotifier(string path) => _manager = new UnixDomainSocketEndPoint(path.StartsWith('@') ? "\0" + path[1..] : path);

    /// <summary>Null: nobody wants to be told.</summary>
    public static ServiceNotifier? Create() => Create(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"));

    internal static ServiceNotifier? Create(string? path) => path is ['/' or '@', _, ..] ? new ServiceNotifier(path) : null;

    /// <returns>Whether the manager has it; one that does not listen is none of the host's troubles.</returns>
    public bool TryNotify(params IEnumerable<string> lines)
    {
        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(string.Join('\n', lines)), _manager);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();
}
