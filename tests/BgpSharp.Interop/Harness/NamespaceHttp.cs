using System.Net.Sockets;

namespace BgpSharp.Interop.Harness;

/// <summary>HTTP from inside a namespace.</summary>
internal static class NamespaceHttp
{
    public static HttpClient Open(string ns) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = NetNs.OpenTcp(ns);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });
}
