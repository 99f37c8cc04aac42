using System.Net;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>One virtual address, or one name that stands for some.</summary>
internal sealed class VipOptions
{
    /// <summary>As configured: an address or a DNS name.</summary>
    public required string Name { get; init; }

    /// <summary>Null: <see cref="Name"/> is a DNS name, to be resolved and followed.</summary>
    public required IPAddress? Address { get; init; }

    /// <summary>Which of a name's addresses are taken.</summary>
    public required DnsMode DnsMode { get; init; }

    /// <summary>Null: the interface of the default route.</summary>
    public required string? Interface { get; init; }

    /// <summary>Global scope also on lo, where host scope is usual.</summary>
    public required bool GlobalScope { get; init; }

    /// <summary>An IPv6 address is used without duplicate address detection.</summary>
    public required bool SkipDad { get; init; }

    public required RouteOptions Route { get; init; }
}
