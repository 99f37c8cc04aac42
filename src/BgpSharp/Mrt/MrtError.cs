namespace BgpSharp.Mrt;

/// <summary>What is wrong with a record, and where.</summary>
/// <param name="Problem">What is wrong.</param>
/// <param name="Offset">The octet of the record's body at which the field in question begins.</param>
public readonly record struct MrtError(MrtProblem Problem, int Offset)
{
    /// <summary>The problem in words.</summary>
    /// <returns>For example <c>the record is truncated at octet 12 of its body</c>.</returns>
    public override string ToString() => Problem switch
    {
        MrtProblem.None => "no error",
        MrtProblem.WrongKind => "the record is of another kind",
        MrtProblem.Truncated => $"the record is truncated at octet {Offset} of its body",
        MrtProblem.AddressFamily => $"the address family at octet {Offset} of the body is neither IPv4 nor IPv6",
        MrtProblem.PrefixLength => $"the prefix length at octet {Offset} of the body is more than an address has",
        MrtProblem.MessageLength => $"the BGP message at octet {Offset} of the body has a wrong length",
        _ => $"prefixes of the family at octet {Offset} of the body have an unknown form",
    };
}
