namespace BgpSharp;

/// <summary>A prefix and the attributes it is announced with.</summary>
public readonly struct BgpRoute : IEquatable<BgpRoute>
{
    private readonly BgpPath _path;
    private readonly BgpRouteAttributes _attributes;

    /// <summary>Makes a route.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="attributes">The attributes; null means <see cref="BgpRouteAttributes.Default"/>.</param>
    /// <param name="pathId">The path identifier (RFC 7911), where Add-Path was agreed.</param>
    /// <exception cref="ArgumentException">The prefix is none.</exception>
    public BgpRoute(IpPrefix prefix, BgpRouteAttributes? attributes = null, uint? pathId = null)
    {
        if (prefix.IsNone)
        {
            throw new ArgumentException("A route needs a prefix.", nameof(prefix));
        }

        _path = new BgpPath(prefix, pathId);
        _attributes = attributes ?? BgpRouteAttributes.Default;
    }

    internal BgpRoute(in BgpPath path, BgpRouteAttributes attributes) => (_path, _attributes) = (path, attributes);

    /// <summary>The prefix.</summary>
    public IpPrefix Prefix => _path.Prefix;

    /// <summary>
    /// Which of several paths to the prefix this is (RFC 7911 §3); null where Add-Path was not agreed, as on every session
    /// of the speaker.
    /// </summary>
    public uint? PathId => _path.PathId;

    /// <summary>Prefix and path identifier: what a withdrawal names.</summary>
    public BgpPath Path => _path;

    /// <summary>The attributes.</summary>
    public BgpRouteAttributes Attributes => _attributes;

    /// <inheritdoc/>
    public bool Equals(BgpRoute other) =>
        _path == other._path && Equals(_attributes, other._attributes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BgpRoute other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, _attributes);

    /// <summary>Prefix and attributes.</summary>
    /// <returns>For example <c>203.0.113.10/32 (origin igp, empty path, next hop self)</c>.</returns>
    public override string ToString() => $"{Path} ({_attributes})";

    /// <summary>Whether both are the same route.</summary>
    /// <param name="left">One route.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(BgpRoute left, BgpRoute right) => left.Equals(right);

    /// <summary>Whether the routes differ.</summary>
    /// <param name="left">One route.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(BgpRoute left, BgpRoute right) => !left.Equals(right);
}
