using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BgpSharp.Interop.Harness;

/// <summary>Connections from a namespace to a <see cref="TcpResponder"/>.</summary>
internal static class TcpClients
{
    /// <summary>Opens the connections at once and reads each answer.</summary>
    /// <returns>How many connections each name answered.</returns>
    /// <exception cref="SocketException">A connection failed.</exception>
    /// <exception cref="TimeoutException">Not all were answered in time.</exception>
    public static async Task<IReadOnlyDictionary<string, int>> AskAsync(
        string ns, IPEndPoint endPoint, int connections, TimeSpan? deadline = null)
    {
        using var limit = new Deadline(deadline);
        try
        {
            var names = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => AskOneAsync(ns, endPoint, limit.Token)));
            return names.CountBy(name => name).ToDictionary();
        }
        catch (OperationCanceledException) when (limit.Passed)
        {
            throw new TimeoutException($"{endPoint} did not answer {connections} connections within {limit.Limit.TotalSeconds} s");
        }
    }

    private static async Task<string> AskOneAsync(string ns, IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        using var socket = NetNs.OpenTcp(ns, endPoint.AddressFamily);
        await socket.ConnectAsync(endPoint, cancellationToken);
        using var reader = new StreamReader(new NetworkStream(socket), Encoding.ASCII);
        return await reader.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException($"{endPoint} closed a connection without its name");
    }
}
