using System.Globalization;

namespace BgpSharp;

/// <summary>A prefix and, where Add-Path was agreed, which of several paths to it is meant (RFC 7911 §3).</summary>
/// <param name="Prefix">The prefix.</param>
/// <param name="PathId">The path identifier; null where Add-Path was not agreed.</param>
public readonly record struct BgpPath(IpPrefix Prefix, uint? PathId = null)
{
    /// <summary>A prefix without a path identifier.</summary>
    /// <param name="prefix">The prefix.</param>
    public static implicit operator BgpPath(IpPrefix prefix) => new(prefix);

    /// <summary>The prefix, and the path identifier when there is one.</summary>
    /// <returns>For example <c>203.0.113.0/24</c> or <c>203.0.113.0/24 path 7</c>.</returns>
    public override string ToString() => PathId is { } id
        ? string.Create(CultureInfo.InvariantCulture, $"{Prefix} path {id}")
        : Prefix.ToString();
}
