using System.Net;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>A validated configuration.</summary>
internal sealed class VipOptions
{
    public required IPAddress Vip { get; init; }
    public required string InterfaceName { get; init; }
    public required int InterfaceIndex { get; init; }
    public required Asn LocalAsn { get; init; }
    public required BgpIdentifier RouterId { get; init; }
    public required LogLevel LogLevel { get; init; }
    public required IReadOnlyList<BgpPeerOptions> Peers { get; init; }

    /// <summary>How a stop while the VIP is announced goes.</summary>
    public required BgpStopOptions Stop { get; init; }

    /// <summary>Null: no check, always healthy.</summary>
    public required HealthOptions? Health { get; init; }
}
