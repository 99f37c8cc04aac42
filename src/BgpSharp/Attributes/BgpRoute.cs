namespace BgpSharp;

/// <summary>A prefix and the attributes it is announced with.</summary>
public readonly struct BgpRoute : IEquatable<BgpRoute>
{
    /// <summary>Makes a route.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="attributes">The attributes; null means <see cref="BgpRouteAttributes.Default"/>.</param>
    /// <exception cref="ArgumentException">The prefix is none.</exception>
    public BgpRoute(IpPrefix prefix, BgpRouteAttributes? attributes = null)
    {
        if (prefix.IsNone)
        {
            throw new ArgumentException("A route needs a prefix.", nameof(prefix));
        }

        Prefix = prefix;
        Attributes = attributes ?? BgpRouteAttributes.Default;
    }

    /// <summary>The prefix.</summary>
    public IpPrefix Prefix { get; }

    /// <summary>The attributes.</summary>
    public BgpRouteAttributes Attributes { get; }

    /// <inheritdoc/>
    public bool Equals(BgpRoute other) => Prefix == other.Prefix && Equals(Attributes, other.Attributes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BgpRoute other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Prefix, Attributes);

    /// <summary>Prefix and attributes.</summary>
    /// <returns>For example <c>203.0.113.10/32 (origin igp, empty path, next hop self)</c>.</returns>
    public override string ToString() => $"{Prefix} ({Attributes})";

    /// <summary>Whether both are the same route.</summary>
    /// <param name="left">One route.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(BgpRoute left, BgpRoute right) => left.Equals(right);

    /// <summary>Whether the routes differ.</summary>
    /// <param name="left">One route.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(BgpRoute left, BgpRoute right) => !left.Equals(right);
}
