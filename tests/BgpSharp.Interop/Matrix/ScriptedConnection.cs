using System.Buffers;
using System.Net;
using System.Net.Sockets;
using BgpSharp.Interop.Harness;
using BgpSharp.Wire;

namespace BgpSharp.Interop.Matrix;

/// <summary>A connection that sends an OPEN and looks what comes of it.</summary>
internal static class ScriptedConnection
{
    /// <summary>Connects from a namespace, sends the OPEN and reads to the end.</summary>
    /// <returns>The NOTIFICATION it was answered with, as "Cease/7", or "closed" when there was none.</returns>
    public static async Task<string> TryAsync(string ns, IPEndPoint to, OpenMessage open)
    {
        using var limit = new Deadline();
        using var socket = NetNs.OpenTcp(ns, to.AddressFamily);
        try
        {
            await socket.ConnectAsync(to, limit.Token);
            var octets = new ArrayBufferWriter<byte>();
            OpenCodec.Encode(open, octets);
            await socket.SendAsync(octets.WrittenMemory, limit.Token);
            return Answer(await ReadToEndAsync(socket, limit.Token));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            // The end of a connection with octets that were not read.
            return "closed";
        }
    }

    private static async Task<byte[]> ReadToEndAsync(Socket socket, CancellationToken cancellationToken)
    {
        var all = new List<byte>();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, cancellationToken) is > 0 and var count)
            {
                all.AddRange(buffer.AsSpan(0, count));
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // The same; what came before it counts.
        }
        return [.. all];
    }

    private static string Answer(ReadOnlySpan<byte> octets)
    {
        while (FrameReader.Read(octets, WireLimits.MaximumMessageLength, out var frame, out _) == FrameStatus.Frame)
        {
            if (frame.Type == MessageType.Notification)
            {
                var notification = NotificationCodec.Decode(frame.Body);
                return $"{notification.Code}/{notification.Subcode}";
            }
            octets = octets[frame.Length..];
        }
        return "closed";
    }
}
