using System.Globalization;
using System.Net.Sockets;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>Succeeds when a TCP connection is made in time; closes it at once.</summary>
internal sealed class TcpProbe(HostPort target, TimeSpan timeout, TimeProvider timeProvider) : IHealthProbe
{
    public async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(target.Host, target.Port, either.Token);

            // Without a listener, a connect to a port of the ephemeral range can meet itself.
            return Equals(socket.LocalEndPoint, socket.RemoteEndPoint) ? $"TCP connect to {target}: nobody listens" : null;
        }
        catch (SocketException e)
        {
            return $"TCP connect to {target}: {e.Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"TCP connect to {target}: no answer within {timeout.TotalSeconds} s");
        }
    }
}
