using System.Net;

namespace BgpSharp.Cli.Decode.Messages;

/// <summary>What is known about a message besides its octets. Null: not known.</summary>
internal readonly struct MessageHead
{
    public DateTimeOffset? Time { get; init; }

    /// <summary>Who sent it; port 0 when only the address is known.</summary>
    public IPEndPoint? From { get; init; }

    public Asn? FromAs { get; init; }

    public IPEndPoint? To { get; init; }

    public Asn? ToAs { get; init; }

    /// <summary>The octets of the message, header included.</summary>
    public int Length { get; init; }
}
