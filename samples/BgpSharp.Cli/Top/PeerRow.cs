using System.Globalization;

namespace BgpSharp.Cli.Top;

/// <summary>One peer at one moment.</summary>
internal sealed record PeerRow
{
    public required string Peer { get; init; }
    public required Asn Asn { get; init; }
    public required string State { get; init; }

    /// <summary>Null: not Established.</summary>
    public required TimeSpan? Up { get; init; }

    /// <summary>Null: not Established.</summary>
    public required TimeSpan? HoldTime { get; init; }

    public required double ReceivedPerSecond { get; init; }
    public required double SentPerSecond { get; init; }
    public required long PrefixesReceived { get; init; }
    public required long PrefixesAdvertised { get; init; }
    public required string? LastError { get; init; }

    public bool IsEstablished => Up is not null;

    public string UpText => Up switch
    {
        null => "-",
        { TotalDays: >= 1 } up => string.Create(CultureInfo.InvariantCulture, $"{up.Days}d{up:hh\\:mm\\:ss}"),
        { } up => up.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture),
    };

    public string HoldText => HoldTime is { } hold ? string.Create(CultureInfo.InvariantCulture, $"{hold.TotalSeconds:0}s") : "-";

    public string ReceivedText => Rate(ReceivedPerSecond);

    public string SentText => Rate(SentPerSecond);

    public string ErrorText => LastError ?? "-";

    private static string Rate(double messages) => messages.ToString("0.0", CultureInfo.InvariantCulture);
}
