using System.Net;

namespace BgpSharp.Interop.Harness;

/// <summary>One BGP message or TCP flag on the wire.</summary>
internal sealed record CapturedEvent
{
    /// <summary>Number of the frame in the capture; messages of one segment share it and keep their order.</summary>
    public required int Frame { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required IPAddress Source { get; init; }

    public required IPAddress Destination { get; init; }

    /// <summary>Number of the TCP connection in the capture.</summary>
    public required int Connection { get; init; }

    public required CapturedKind Kind { get; init; }

    /// <summary>The prefixes an UPDATE withdraws.</summary>
    public IReadOnlyList<string> Withdrawn { get; init; } = [];

    /// <summary>The prefixes an UPDATE announces.</summary>
    public IReadOnlyList<string> Announced { get; init; } = [];

    /// <summary>Error code and subcode of a NOTIFICATION.</summary>
    public (int Code, int Subcode)? Error { get; init; }

    /// <summary>For example "UPDATE withdraw 203.0.113.10/32", "UPDATE End-of-RIB", "NOTIFICATION 6/2", "FIN".</summary>
    public override string ToString() => Kind switch
    {
        CapturedKind.Update when Withdrawn.Count + Announced.Count == 0 => "UPDATE End-of-RIB",
        CapturedKind.Update => "UPDATE" + List(" withdraw ", Withdrawn) + List(" announce ", Announced),
        CapturedKind.Notification => $"NOTIFICATION {Error?.Code}/{Error?.Subcode}",
        CapturedKind.RouteRefresh => "ROUTE-REFRESH",
        CapturedKind.Reset => "RST",
        _ => Kind.ToString().ToUpperInvariant(),
    };

    private static string List(string verb, IReadOnlyList<string> prefixes) =>
        prefixes.Count == 0 ? "" : verb + string.Join(' ', prefixes);
}
