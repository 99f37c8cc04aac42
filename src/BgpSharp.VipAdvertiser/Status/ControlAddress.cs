using System.Net;
using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The name of the control socket: an abstract one, so that there is no file to leave behind and one host a network namespace.</summary>
internal static class ControlAddress
{
    public const string DefaultName = "bgpsharp-vip";

    /// <summary>What a name may be, for error messages.</summary>
    public const string Allowed = "1 to 100 letters, digits, '.', '_' or '-'";

    private const int Attempts = 100;

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(50);

    public static bool IsValid(string name) =>
        name.Length is >= 1 and <= 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    public static EndPoint Of(string name) => new UnixDomainSocketEndPoint("\0" + name);

    /// <summary>Connects; a full backlog, which is an error with Unix sockets, is waited for.</summary>
    public static async Task<Socket> ConnectAsync(string name, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var socket = Open();
            try
            {
                await socket.ConnectAsync(Of(name), cancellationToken);
                return socket;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock && attempt < Attempts)
            {
                socket.Dispose();
                await Task.Delay(BetweenAttempts, TimeProvider.System, cancellationToken);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    public static Socket Open() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
