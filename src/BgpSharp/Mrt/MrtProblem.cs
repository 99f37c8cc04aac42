namespace BgpSharp.Mrt;

/// <summary>What is wrong with a record.</summary>
public enum MrtProblem
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The record is not of the kind that was asked for.</summary>
    WrongKind,

    /// <summary>The record ends inside one of its fields.</summary>
    Truncated,

    /// <summary>The address family is neither IPv4 nor IPv6, so that the length of the addresses is not known.</summary>
    AddressFamily,

    /// <summary>The prefix is longer than an address of its family.</summary>
    PrefixLength,

    /// <summary>The BGP message is longer than the record, or shorter than a message header.</summary>
    MessageLength,

    /// <summary>Prefixes of this family cannot be told apart from what follows them.</summary>
    UnknownFamily,
}
