namespace BgpSharp.Wire;

/// <summary>
/// What both sides agreed on that changes how bytes are read and written. An argument of every codec: codecs have no
/// modes of their own.
/// </summary>
internal readonly record struct WireContext
{
    /// <summary>AS numbers in AS_PATH and AGGREGATOR have four octets (RFC 6793).</summary>
    public bool FourOctetAsn { get; init; }

    /// <summary>The peer is in our AS, which decides what attributes may be there (RFC 7606 §7).</summary>
    public bool IsInternal { get; init; }
}
