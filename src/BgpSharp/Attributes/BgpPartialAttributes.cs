namespace BgpSharp;

/// <summary>
/// The known optional transitive attributes that carry the Partial bit (RFC 4271 §4.3): some router on the way did not
/// know them.
/// </summary>
[Flags]
public enum BgpPartialAttributes : byte
{
    /// <summary>None: all are complete.</summary>
    None = 0,

    /// <summary>AGGREGATOR.</summary>
    Aggregator = 1,

    /// <summary>COMMUNITIES.</summary>
    Communities = 2,

    /// <summary>EXTENDED COMMUNITIES.</summary>
    ExtendedCommunities = 4,

    /// <summary>IPv6 Address Specific Extended Community.</summary>
    Ipv6ExtendedCommunities = 8,

    /// <summary>LARGE_COMMUNITY.</summary>
    LargeCommunities = 16,

    /// <summary>ONLY_TO_CUSTOMER.</summary>
    OnlyToCustomer = 32,
}
