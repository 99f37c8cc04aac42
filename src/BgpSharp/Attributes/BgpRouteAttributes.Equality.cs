namespace BgpSharp;

public sealed partial class BgpRouteAttributes
{
    /// <inheritdoc/>
    public bool Equals(BgpRouteAttributes? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && (_present & ~Presence.Received) == (other._present & ~Presence.Received)
            && _origin == other._origin
            && _partial == other._partial
            && _med == other._med
            && _localPref == other._localPref
            && _nextHop == other._nextHop
            && AsPath == other.AsPath
            && _communities.AsSpan().SequenceEqual(other._communities)
            && RareOrNone.Equals(other.RareOrNone));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BgpRouteAttributes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // Computed once: the object is immutable and serves as a dictionary key. Racing writers write the same value.
        if (_hash == 0)
        {
            var hash = new HashCode();
            hash.Add(_present & ~Presence.Received);
            hash.Add(_origin);
            hash.Add(_partial);
            hash.Add(_med);
            hash.Add(_localPref);
            hash.Add(_nextHop);
            hash.Add(AsPath);
            foreach (var community in _communities)
            {
                hash.Add(community);
            }

            hash.Add(RareOrNone);
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
        AddIfThere("link-local next hop", LinkLocalNextHop);
        AddIfThere("med", Med);
        AddIfThere("local-pref", LocalPref);
        if (AtomicAggregate)
        {
            parts.Add("atomic-aggregate");
        }

        AddIfThere("aggregator", Aggregator);
        AddList("communities", Communities);
        AddIfThere("originator", OriginatorId);
        AddList("cluster-list", ClusterList);
        AddList("extended communities", ExtendedCommunities);
        AddList("IPv6 extended communities", Ipv6ExtendedCommunities);
        AddIfThere("aigp", Aigp);
        AddIfThere("aigp tlvs", AigpTlvs.IsEmpty ? null : Convert.ToHexString(AigpTlvs.Span));
        AddList("large communities", LargeCommunities);
        AddIfThere("only-to-customer", OnlyToCustomer);
        parts.AddRange(Others.Select(other => other.ToString()));
        return string.Join(", ", parts);

        void AddIfThere<T>(string name, T value)
        {
            if (value is not null)
            {
                parts.Add($"{name} {value}");
            }
        }

        void AddList<T>(string name, IReadOnlyList<T> values)
        {
            if (values.Count > 0)
            {
                parts.Add($"{name} {string.Join(' ', values)}");
            }
        }
    }
}
