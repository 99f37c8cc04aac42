using BgpSharp.Cli.Decode.Messages;

namespace BgpSharp.Cli.Decode;

/// <summary>What was asked for.</summary>
internal sealed class DecodeOptions
{
    /// <summary>A path, or <c>-</c> for standard input.</summary>
    public required string File { get; init; }

    public required OutputForm Form { get; init; }

    /// <summary>How messages are written where the input does not tell.</summary>
    public required ContextHints Hints { get; init; }

    /// <summary>TCP ports that carry BGP, besides connections that show it.</summary>
    public required IReadOnlySet<ushort> Ports { get; init; }
}
