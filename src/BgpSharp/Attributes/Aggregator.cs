namespace BgpSharp;

/// <summary>AGGREGATOR (RFC 4271 §5.1.7): the speaker that formed an aggregate route.</summary>
/// <param name="Asn">The AS of the speaker.</param>
/// <param name="Identifier">Its BGP identifier.</param>
public readonly record struct Aggregator(Asn Asn, BgpIdentifier Identifier)
{
    /// <summary>The usual form.</summary>
    /// <returns>For example <c>65000 198.51.100.1</c>.</returns>
    public override string ToString() => $"{Asn} {Identifier}";
}
