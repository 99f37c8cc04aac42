using System.Net;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>One router to announce to.</summary>
internal sealed class PeerOptions
{
    public required IPAddress Address { get; init; }
    public required int Port { get; init; }
    public required Asn RemoteAsn { get; init; }
    public required TimeSpan HoldTime { get; init; }
    public required IPAddress? LocalAddress { get; init; }
    public required int? TimeToLive { get; init; }
}
