namespace BgpSharp;

/// <summary>The type of an AS_PATH segment (RFC 4271 §4.3, RFC 5065 §3).</summary>
public enum AsPathSegmentType : byte
{
    /// <summary>AS_SET: an unordered set.</summary>
    Set = 1,

    /// <summary>AS_SEQUENCE: an ordered sequence.</summary>
    Sequence = 2,

    /// <summary>AS_CONFED_SEQUENCE: an ordered sequence of member ASes of a confederation.</summary>
    ConfedSequence = 3,

    /// <summary>AS_CONFED_SET: an unordered set of member ASes of a confederation.</summary>
    ConfedSet = 4,
}
