using System.Net;
using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Messages;

/// <summary>A route of a table that was dumped.</summary>
internal readonly ref struct TableRoute
{
    /// <summary>When the table was written.</summary>
    public required DateTimeOffset Time { get; init; }

    public required BgpFamily Family { get; init; }

    /// <summary>The prefix; the NLRI in hex for families whose NLRI is none.</summary>
    public required string Prefix { get; init; }

    public required uint Sequence { get; init; }

    /// <summary>Null when the table of peers does not have it.</summary>
    public required IPAddress? Peer { get; init; }

    public required Asn? PeerAs { get; init; }

    /// <summary>The peer's place in the table of peers; null where there is no such table.</summary>
    public required ushort? PeerIndex { get; init; }

    /// <summary>When the route was received or last changed.</summary>
    public required DateTimeOffset Originated { get; init; }

    /// <summary>The path identifier; null where there is none.</summary>
    public required uint? PathId { get; init; }

    public required PathAttributeBlock Attributes { get; init; }

    public required bool FourOctetAsn { get; init; }
}
