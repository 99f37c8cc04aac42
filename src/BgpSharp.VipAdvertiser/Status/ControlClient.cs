using System.Net.Sockets;
using System.Text.Json;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>Asks the host that runs in this network namespace.</summary>
internal static class ControlClient
{
    private const string NoAnswer = "the host closed the connection without an answer: only root may ask, and not while it ends";
    private const int MaximumReply = 4 * 1024 * 1024;

    /// <exception cref="ControlException">There is no host, or no answer.</exception>
    public static async Task<ControlReply> AskAsync(string name, ControlRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = await ControlAddress.ConnectAsync(name, cancellationToken);
            if (!PeerCredentials.IsTrusted(socket, out var user))
            {
                throw new ControlException($"the control socket @{name} is held by user {user}, who is neither root nor you: it is not believed");
            }

            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(request, HostJson.Default.ControlRequest), (byte)'\n'];
            await BoundedRead.SendAllAsync(socket, line, cancellationToken);
            var reply = await BoundedRead.UntilAsync(socket, "\n"u8.ToArray(), MaximumReply, cancellationToken);
            return reply is { } json && JsonSerializer.Deserialize(json.Span, HostJson.Default.ControlReply) is { } answer
                ? answer
                : throw new ControlException(NoAnswer);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.Shutdown or SocketError.ConnectionReset)
        {
            throw new ControlException(NoAnswer);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.AddressNotAvailable)
        {
            throw new ControlException($"no bgpsharp-vip runs in this network namespace (nothing listens at the control socket @{name})");
        }
        catch (Exception e) when (e is SocketException or JsonException)
        {
            throw new ControlException($"no answer from the control socket @{name}: {e.Message}");
        }
    }
}
