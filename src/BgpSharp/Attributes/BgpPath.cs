using System.Globalization;

namespace BgpSharp;

/// <summary>A prefix and, where Add-Path was agreed, which of several paths to it is meant (RFC 7911 §3).</summary>
public readonly struct BgpPath : IEquatable<BgpPath>
{
    // The fields of the prefix, not the prefix: what pads it out has room for the path identifier.
    private readonly AddressBits _bits;
    private readonly uint _pathId;
    private readonly byte _length;
    private readonly byte _family;
    private readonly bool _hasPathId;

    /// <summary>Makes a path.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="pathId">The path identifier; null where Add-Path was not agreed.</param>
    public BgpPath(IpPrefix prefix, uint? pathId = null)
    {
        _bits = prefix.Bits;
        _length = (byte)prefix.Length;
        _family = prefix.FamilyCode;
        _pathId = pathId.GetValueOrDefault();
        _hasPathId = pathId.HasValue;
    }

    /// <summary>The prefix.</summary>
    public IpPrefix Prefix => new(_family, _length, _bits);

    /// <summary>The path identifier; null where Add-Path was not agreed.</summary>
    public uint? PathId => _hasPathId ? _pathId : null;

    /// <summary>A prefix without a path identifier.</summary>
    /// <param name="prefix">The prefix.</param>
    public static implicit operator BgpPath(IpPrefix prefix) => new(prefix);

    /// <summary>Takes the path apart.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="pathId">The path identifier.</param>
    public void Deconstruct(out IpPrefix prefix, out uint? pathId) => (prefix, pathId) = (Prefix, PathId);

    /// <inheritdoc/>
    public bool Equals(BgpPath other) => Prefix == other.Prefix && PathId == other.PathId;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BgpPath other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Prefix, PathId);

    /// <summary>The prefix, and the path identifier when there is one.</summary>
    /// <returns>For example <c>203.0.113.0/24</c> or <c>203.0.113.0/24 path 7</c>.</returns>
    public override string ToString() => PathId is { } id
        ? string.Create(CultureInfo.InvariantCulture, $"{Prefix} path {id}")
        : Prefix.ToString();

    /// <summary>Whether both are the same path.</summary>
    /// <param name="left">One path.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(BgpPath left, BgpPath right) => left.Equals(right);

    /// <summary>Whether the paths differ.</summary>
    /// <param name="left">One path.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(BgpPath left, BgpPath right) => !left.Equals(right);
}
