namespace BgpSharp.Wire;

/// <summary>The rule an UPDATE broke.</summary>
public enum UpdateRule
{
    /// <summary>No rule was broken.</summary>
    None,

    /// <summary>The lengths of withdrawn routes and attributes exceed the message (RFC 4271 §6.3).</summary>
    FieldLengths,

    /// <summary>Withdrawn routes or NLRI are not whole prefixes of a possible length (RFC 7606 §5.3).</summary>
    NetworkField,

    /// <summary>The last attribute does not fit into the attributes' total length (RFC 7606 §4).</summary>
    AttributeOverrun,

    /// <summary>The Optional or Transitive bit is not what the type demands (RFC 7606 §3 c).</summary>
    AttributeFlags,

    /// <summary>The value's length is impossible for the type (RFC 7606 §7 and the attribute's own RFC).</summary>
    AttributeLength,

    /// <summary>ORIGIN is none of the three values (RFC 7606 §7.1).</summary>
    OriginValue,

    /// <summary>The AS path cannot be read (RFC 7606 §7.2, RFC 6793 §6).</summary>
    AsPathMalformed,

    /// <summary>AS 0 stands where a real AS must (RFC 7607).</summary>
    AsZero,

    /// <summary>The AS path has an AS_SET or AS_CONFED_SET, and the session refuses them (RFC 9774 §3).</summary>
    AsSet,

    /// <summary>The AS path has a confederation's segment, and the session refuses them (RFC 5065 §5).</summary>
    ConfederationSegment,

    /// <summary>The next hop is no host's address (RFC 4271 §6.3).</summary>
    NextHopValue,

    /// <summary>The metric in AIGP is the largest number there is, which stands for none (RFC 7311 §3.2).</summary>
    AigpValue,

    /// <summary>A well-known attribute that must be there is not (RFC 7606 §3 d).</summary>
    MissingWellKnown,

    /// <summary>A well-known attribute nobody knows (RFC 4271 §6.3).</summary>
    UnrecognizedWellKnown,

    /// <summary>MP_REACH_NLRI or MP_UNREACH_NLRI is there twice (RFC 7606 §3 g).</summary>
    MultiprotocolTwice,

    /// <summary>MP_REACH_NLRI or MP_UNREACH_NLRI cannot be read (RFC 4760 §7, RFC 7606 §5.3 and §7.11).</summary>
    MultiprotocolMalformed,

    /// <summary>The attribute has no business on a session between two ASes (RFC 7606 §7.5, §7.9, §7.10, RFC 7311 §3.3).</summary>
    InternalOnly,

    /// <summary>AS4_PATH or AS4_AGGREGATOR from a four-octet speaker (RFC 6793 §4.1).</summary>
    TwoOctetOnly,
}
