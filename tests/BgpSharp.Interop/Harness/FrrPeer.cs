using System.Net;
using System.Text.Json;

namespace BgpSharp.Interop.Harness;

/// <summary>One line of FRR's <c>show ip bgp summary</c>.</summary>
/// <param name="Address">The neighbor.</param>
/// <param name="State">FRR's word: Idle, Connect, Active, OpenSent, OpenConfirm, Established.</param>
/// <param name="PrefixesReceived">Prefixes in the Adj-RIB-In; 0 while not Established.</param>
/// <param name="ConnectionsEstablished">Sessions that came up since FRR started.</param>
/// <param name="ConnectionsDropped">Sessions that went down since FRR started.</param>
/// <param name="Uptime">Since the last change of state, as FRR counts it; null when there has been none.</param>
/// <param name="EstablishedAt">When the session came up, to the second; null while not Established.</param>
internal sealed record FrrPeer(IPAddress Address, string State, int PrefixesReceived, int ConnectionsEstablished,
    int ConnectionsDropped, TimeSpan? Uptime, DateTimeOffset? EstablishedAt)
{
    public bool IsEstablished => State == "Established";

    internal static FrrPeer Parse(JsonProperty property)
    {
        var peer = property.Value;
        return new FrrPeer(
            IPAddress.Parse(property.Name),
            peer.GetProperty("state").GetString()!,
            (int)(Number("pfxRcd") ?? 0),
            (int)(Number("connectionsEstablished") ?? 0),
            (int)(Number("connectionsDropped") ?? 0),
            Number("peerUptimeMsec") is { } uptime ? TimeSpan.FromMilliseconds(uptime) : null,
            Number("peerUptimeEstablishedEpoch") is > 0 and { } epoch ? DateTimeOffset.FromUnixTimeSeconds(epoch) : null);

        long? Number(string name) => peer.TryGetProperty(name, out var value) ? value.GetInt64() : null;
    }
}
