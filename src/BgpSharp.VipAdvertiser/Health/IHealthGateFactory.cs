using System.Net;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>Makes gates: one at the start, another when a reload changes its options.</summary>
internal interface IHealthGateFactory
{
    /// <param name="options">What to check and how.</param>
    /// <param name="vips">The addresses that are announced now, asked for before each check: they are never the target of one.</param>
    IHealthGate Create(GateOptions options, Func<IReadOnlyCollection<IPAddress>> vips);
}
