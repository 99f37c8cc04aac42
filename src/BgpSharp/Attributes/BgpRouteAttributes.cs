using System.Net;

namespace BgpSharp;

/// <summary>
/// The path attributes of a route. Immutable and meant to be shared: prefixes announced with one object travel in one
/// UPDATE. The default is what ECMP needs equal on all announcers: ORIGIN IGP, empty AS_PATH, nothing else.
/// </summary>
public sealed class BgpRouteAttributes : IEquatable<BgpRouteAttributes>
{
    /// <summary>ORIGIN IGP, empty AS_PATH, the session's own address as next hop, nothing else.</summary>
    public static readonly BgpRouteAttributes Default = new();

    private readonly Community[] _communities = [];
    private readonly RawPathAttribute[] _others = [];
    private int _hash;

    /// <summary>ORIGIN. Default: IGP.</summary>
    public BgpOrigin Origin { get; init; }

    /// <summary>AS_PATH without the local AS, which is added towards external peers. Default: empty.</summary>
    public AsPath AsPath { get; init; } = AsPath.Empty;

    /// <summary>The next hop; null means the local address of the session the route is sent on.</summary>
    public IPAddress? NextHop { get; init; }

    /// <summary>MULTI_EXIT_DISC; null: not sent.</summary>
    public uint? Med { get; init; }

    /// <summary>LOCAL_PREF, sent to internal peers only, where null means 100.</summary>
    public uint? LocalPref { get; init; }

    /// <summary>COMMUNITIES (RFC 1997), copied. Default: none.</summary>
    public IReadOnlyList<Community> Communities
    {
        get => _communities;
        init => _communities = [.. value];
    }

    /// <summary>Attributes the library does not interpret, kept byte for byte, in order of their types. Default: none.</summary>
    /// <exception cref="ArgumentException">A type is there twice, or has a property of its own (ORIGIN, COMMUNITIES ...).</exception>
    public IReadOnlyList<RawPathAttribute> Others
    {
        get => _others;
        init
        {
            _others = [.. value.OrderBy(other => other.Type)];
            for (var i = 0; i < _others.Length; i++)
            {
                if (AttributeType.IsInterpreted(_others[i].Type) || (i > 0 && _others[i].Type == _others[i - 1].Type))
                {
                    throw new ArgumentException(
                        $"Attribute type {_others[i].Type} is given twice or has a property of its own.", nameof(value));
                }
            }
        }
    }

    /// <inheritdoc/>
    public bool Equals(BgpRouteAttributes? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Origin == other.Origin
            && Med == other.Med
            && LocalPref == other.LocalPref
            && Equals(NextHop, other.NextHop)
            && AsPath.Equals(other.AsPath)
            && _communities.AsSpan().SequenceEqual(other._communities)
            && _others.AsSpan().SequenceEqual(other._others));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BgpRouteAttributes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // Computed once: the object is immutable and serves as a dictionary key. Racing writers write the same value.
        if (_hash == 0)
        {
            var hash = new HashCode();
            hash.Add(Origin);
            hash.Add(Med);
            hash.Add(LocalPref);
            hash.Add(NextHop);
            hash.Add(AsPath);
            foreach (var community in _communities)
            {
                hash.Add(community);
            }

            foreach (var other in _others)
            {
                hash.Add(other);
            }

            _hash = hash.ToHashCode() | 1;
        }

        return _hash;
    }

    /// <summary>The attributes in the words an operator knows.</summary>
    /// <returns>For example <c>origin igp, path 65000, next hop 198.51.100.11, communities no-export</c>.</returns>
    public override string ToString()
    {
        List<string> parts = [$"origin {Origin.ToString().ToLowerInvariant()}"];
        parts.Add(AsPath.IsEmpty ? "empty path" : $"path {AsPath}");
        parts.Add(NextHop is null ? "next hop self" : $"next hop {NextHop}");
        if (Med is { } med)
        {
            parts.Add($"med {med}");
        }

        if (LocalPref is { } localPref)
        {
            parts.Add($"local-pref {localPref}");
        }

        if (_communities.Length > 0)
        {
            parts.Add($"communities {string.Join(' ', _communities)}");
        }

        parts.AddRange(_others.Select(other => other.ToString()));
        return string.Join(", ", parts);
    }
}
