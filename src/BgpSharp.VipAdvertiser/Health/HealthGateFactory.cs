using System.Net;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser.Health;

/// <inheritdoc/>
internal sealed class HealthGateFactory(TimeProvider timeProvider) : IHealthGateFactory
{
    public IHealthGate Create(GateOptions options, Func<IReadOnlyCollection<IPAddress>> vips) =>
        options.Probe is GateProbe.Tcp tcp
            ? new HealthMonitor(new TcpProbe(tcp.Target, options.Timeout, timeProvider), options, timeProvider)
            : throw new NotSupportedException($"no probe for {options.Probe}");
}
