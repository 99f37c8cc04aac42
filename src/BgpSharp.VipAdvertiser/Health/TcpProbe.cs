using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Http;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>Succeeds when a TCP connection is made in time; closes it at once.</summary>
internal sealed class TcpProbe(HostPort target, TimeSpan timeout, TimeProvider timeProvider) : IHealthProbe
{
    private readonly string _name = $"TCP connect to {target}";
    private readonly HostTarget _target = new();

    public IPEndPoint? Answered => _target.Answered;

    public async Task<ProbeResult> ProbeAsync(bool fresh, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var socket = await _target.ConnectAsync(new DnsEndPoint(target.Host, target.Port), either.Token);
            return new ProbeResult(ProbeOutcome.Success, null, _name);
        }
        catch (SocketException e)
        {
            return new ProbeResult(e.SocketErrorCode == SocketError.ConnectionRefused ? ProbeOutcome.Refused : ProbeOutcome.Failed, $"{_name}: {e.Message}", _name);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = string.Create(CultureInfo.InvariantCulture, $"{_name}: no answer within {timeout.TotalSeconds} s");
            return new ProbeResult(ProbeOutcome.Failed, failure, _name);
        }
    }

    public void Dispose()
    {
    }
}
