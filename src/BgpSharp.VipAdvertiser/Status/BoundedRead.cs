using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>Reads what a client may send, and no more.</summary>
internal static class BoundedRead
{
    /// <summary>Reads until the end mark; what may follow it is left unread or dropped.</summary>
    /// <returns>What came before the end mark; null: the client closed, or sent too much.</returns>
    public static async Task<ReadOnlyMemory<byte>?> UntilAsync(Socket socket, ReadOnlyMemory<byte> end, int maximum, CancellationToken cancellationToken)
    {
        // Most requests are small, and so is what each of many silent clients costs.
        var buffer = new byte[Math.Min(512, maximum)];
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (received == 0)
            {
                return null;
            }

            var searched = Math.Max(0, length - end.Length + 1);
            length += received;
            if (buffer.AsSpan(searched..length).IndexOf(end.Span) is var found and >= 0)
            {
                return buffer.AsMemory(0, searched + found);
            }

            if (length == maximum)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, maximum));
            }
        }
    }

    /// <summary>Reads and drops a bounded rest, so that closing does not take the answer back.</summary>
    public static async Task DrainAsync(Socket socket, int maximum, CancellationToken cancellationToken)
    {
        socket.Shutdown(SocketShutdown.Send);
        var scrap = new byte[1024];
        while (maximum > 0 && await socket.ReceiveAsync(scrap, cancellationToken) is var received and > 0)
        {
            maximum -= received;
        }
    }

    public static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
        }
    }
}
