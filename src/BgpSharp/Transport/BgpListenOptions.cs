using System.Net;

namespace BgpSharp;

/// <summary>Where and how to listen.</summary>
public sealed class BgpListenOptions
{
    /// <summary>The endpoint; port 0 takes any free one.</summary>
    public required IPEndPoint LocalEndPoint { get; init; }
}
